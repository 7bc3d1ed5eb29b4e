"""One suite over the registry: every carrier's data is whole and proves itself."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from jpship_gui.carriers import EmptyRegistryError, carriers, number_forms
from jpship_gui.carriers.base import Carrier
from jpship_gui.domain.tracking_no import check_digit_holds

ALL = [pytest.param(carrier, id=carrier.id) for carrier in carriers().values()]


def test_the_three_big_ones_come_first() -> None:
    assert list(carriers())[:3] == ["yamato", "sagawa", "jppost"]


def test_a_build_without_carriers_refuses_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    import jpship_gui.carriers as package

    monkeypatch.setattr(package, "__path__", [])
    with pytest.raises(EmptyRegistryError):
        carriers.__wrapped__()


def test_form_ids_are_unique() -> None:
    assert all(count == 1 for count in Counter(form.id for form in number_forms()).values())


@pytest.mark.parametrize("carrier", ALL)
def test_samples_prove_the_forms(carrier: Carrier) -> None:
    for form in carrier.numbers:
        assert form.carrier == carrier.id
        assert all(check_digit_holds(number, form) for number in form.valid), form.id
        assert not any(check_digit_holds(number, form) for number in form.invalid), form.id


@pytest.mark.parametrize("carrier", ALL)
def test_an_ability_is_whole_or_absent(carrier: Carrier) -> None:
    ids = [service.id for service in carrier.services]
    assert len({tool.id for tool in carrier.tools}) == len(carrier.tools)
    for tool in carrier.tools:
        assert (tool.write_rows is None) == (tool.handover_layout is None), tool.id
        assert (tool.read_result is None) == (tool.result_layout is None), tool.id
        assert tool.write_rows is None or carrier.service("") is not None
        assert set(tool.services) <= set(ids), tool.id
    assert not carrier.tracking_url or carrier.tracking_url.count("{number}") == 1


@pytest.mark.parametrize("carrier", ALL)
def test_services_refer_to_each_other(carrier: Carrier) -> None:
    ids = [service.id for service in carrier.services]
    assert len(ids) == len(set(ids))
    for service in carrier.services:
        assert not (service.code and service.code_setting), service.id
        assert not service.with_cash or carrier.service(service.with_cash) is not None
        assert not service.cash_limit or service.cash_on_delivery


@pytest.mark.parametrize("carrier", ALL)
def test_layout_columns_have_one_field_each(carrier: Carrier) -> None:
    for layout in [part for tool in carrier.tools for part in (tool.handover_layout, tool.result_layout)]:
        if layout is None:
            continue
        fields = [column.field for column in layout.columns]
        assert len(fields) == len(set(fields))
        assert set(layout.signature) <= {column.header for column in layout.columns}
        assert all(re.fullmatch(r"[a-z0-9_]+", field) for field in fields)


@pytest.mark.parametrize("carrier", sorted(carriers()))
def test_services_have_names_people_can_read_in_every_language(carrier: str) -> None:
    """In English what the carrier itself writes in Latin letters, in Chinese no kana; files and labels keep theirs."""
    for service in carriers()[carrier].services:
        assert service.called("ja") == service.name
        assert service.called("en").isascii(), service
        assert not re.search("[ぁ-ゖァ-ヺ]", service.called("zh_Hans")), service
