"""Every edit gives a new draft: a person's choice is no suggestion any more, and what belongs together follows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.flows.upkeep.profile_drafts import (
    CarrierRule,
    CodeRule,
    FilePart,
    OutColumn,
    OutPart,
    Source,
    Step,
    meaning,
    open_sample,
)
from jpship_gui.marketplaces.profile_data import flaws
from jpship_gui.ui.profiles.draft import Draft
from tests.marketplaces.profiles import a_profile
from tests.ui.profiles.unseen import HEADER, a_file


def a_draft(*unsure: str) -> Draft:
    return Draft(a_profile(), frozenset(unsure))


def columns(draft: Draft, target: str) -> list[tuple[str, ...]]:
    return [source.columns for source in draft.sources(target)]


def test_a_draft_is_changed_until_it_is_kept() -> None:
    draft = a_draft()
    assert draft.changed
    kept = replace(draft, kept=draft.profile)
    assert not kept.changed
    assert kept.set_title("別の名前").changed


def test_a_column_is_taken_swapped_joined_and_dropped() -> None:
    draft = a_draft().take("recipient.name", "品名")
    assert columns(draft, "recipient.name") == [("品名",)]
    draft = draft.join("recipient.name", 0, "品番").swap("recipient.name", 0, "品名", "お名前")
    assert columns(draft, "recipient.name") == [("お名前", "品番")]
    draft = draft.add_alternative("recipient.name", "TEL")
    assert columns(draft, "recipient.name") == [("お名前", "品番"), ("TEL",)]
    draft = draft.drop("recipient.name", 0, "お名前").drop("recipient.name", 0, "品番")
    assert columns(draft, "recipient.name") == [("TEL",)]
    assert "recipient.name" not in draft.drop("recipient.name", 0, "TEL").profile.fields


def test_the_order_numbers_column_is_the_key_of_the_rows() -> None:
    draft = a_draft().take("number", "品番")
    assert draft.profile.rows.order_key == ("品番",)
    assert "number" not in draft.profile.fields
    assert draft.used_by("品番") == ["number", "line.sku"]
    stepped = draft.set_steps("number", 0, (Step("strip"),))
    assert stepped.profile.fields["number"] == (Source(("品番",), (Step("strip"),)),)
    assert stepped.take("number", "受注No").profile.rows.order_key == ("受注No",)


def test_what_a_person_chose_is_no_suggestion_any_more() -> None:
    draft = a_draft("recipient.name", "line.name", "number")
    assert draft.take("line.name", "品番").unsure == {"recipient.name", "number"}
    assert draft.confirm("number").unsure == {"recipient.name", "line.name"}
    assert draft.confirm().unsure == frozenset()


def test_columns_a_file_always_has_follow_what_every_order_needs_and_keep_a_persons_own() -> None:
    draft = a_draft().set_required(("受注No", "お名前", "伝票番号"))
    moved = draft.take("recipient.name", "品番")
    assert "お名前" not in moved.profile.detect.required
    assert {"品番", "伝票番号"} <= set(moved.profile.detect.required)


def test_a_words_meaning_goes_before_all_else_that_is_said_of_it() -> None:
    draft = a_draft().set_code("cash_on_delivery", "代引き希望なし", "0")
    assert meaning(draft.profile, "cash_on_delivery", "代引き希望なし") == "0"
    assert meaning(draft.profile, "cash_on_delivery", "代引") == "1"  # the usual words still hold
    back = draft.set_code("cash_on_delivery", "代引き希望なし", None)
    assert meaning(back.profile, "cash_on_delivery", "代引き希望なし") == "1"
    state = a_draft().set_code("state", "新規", "to_ship").profile.codes["state"]
    assert (state.table, state.default) == ((CodeRule("新規", "to_ship"),), "unknown")


def test_a_confirmation_file_makes_it_write_and_none_makes_it_read_only() -> None:
    draft = a_draft().set_out(OutPart((OutColumn("n", "number"), OutColumn("t", "tracking_no"))))
    assert draft.profile.direction == "both"
    assert flaws(draft.profile) == []
    assert draft.set_out(None).profile.direction == "orders"
    template = replace(draft, profile=replace(draft.profile, direction="none"))
    assert template.set_out(draft.profile.out).profile.direction == "shipments"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (CarrierRule("yamato", "01"), "01"),
        (CarrierRule("yamato", "", carrier_name="ヤマト運輸"), "ヤマト運輸"),
        (CarrierRule("yamato", "", method="宅急便"), "宅急便"),
    ],
)
def test_a_carrier_is_said_by_code_name_or_method(said: CarrierRule, kept: str) -> None:
    draft = a_draft().set_carrier(said)
    assert draft.carrier("yamato").code == kept
    assert flaws(draft.profile) == []
    assert draft.set_carrier(CarrierRule("yamato", "")).profile.carriers == ()


def test_services_of_a_carrier_keep_their_own_words() -> None:
    cool = CarrierRule("yamato", "C", service="cool")
    draft = replace(a_draft(), profile=replace(a_profile(), carriers=(cool,)))
    assert draft.set_carrier(CarrierRule("yamato", "01")).profile.carriers == (
        cool,
        CarrierRule("yamato", "01"),
    )


def test_a_file_opened_another_way_is_guessed_anew_and_what_is_sure_stays(tmp_path: Path) -> None:
    sample = open_sample(a_file(tmp_path))
    draft = Draft(replace(a_profile(), file=FilePart())).set_title("市")
    all_unsure = replace(draft, unsure=frozenset(draft.assigned()))
    fresh = all_unsure.suggested(sample)
    assert fresh.profile.rows.order_key == ("ご注文の番号",)
    assert fresh.unsure == frozenset(fresh.assigned())
    assert set(fresh.profile.file.columns) == set(HEADER)
    half = replace(draft, unsure=frozenset({"line.name"})).suggested(sample)
    assert columns(half, "line.name") == [("商品名",)]
    assert columns(half, "recipient.name") == [("お名前",)]  # a person's, though this file has no such column
    assert "recipient.name" not in half.unsure
