"""Check sheets, return slips, hand-over and void lists: whose they are, and that they say what is in the store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.domain.order_key import paper_code
from jpship_gui.flows.pack.inserts import parcel_inserts
from jpship_gui.flows.pack.surroundings import Surroundings
from jpship_gui.flows.paper import wanting
from jpship_gui.flows.paper.kinds import preview, print_paper
from jpship_gui.flows.paper.print_picklist import ORDER, print_picklist
from jpship_gui.flows.paper.print_slips import NothingToPrint, print_slips
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments, shops, voids
from tests.builders import NOW, a_contact, a_line, an_order
from tests.documents.reading import codes, page_texts, picture
from tests.flows.carrier_desk import open_desk
from tests.flows.paper_desk import printable


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    desk = open_desk(
        tmp_path,
        check__sheet="always",
        returns__slip="always",
        inserts__rules="サンクスカード | 2000- | 規約で確認済み\nチラシ | |",
    )
    yield desk
    desk.close()


def needed(ws: Workspace, *keys: str) -> dict[str, tuple[str, ...]]:
    return dict(wanting.wanted(ws, wanting.load(ws, keys)))


def pack(ws: Workspace, key: str, number: str, carrier: str = "yamato", *, handed: bool = False) -> None:
    """A parcel with its number linked, as the desk leaves it."""
    with ws.store.transaction():
        row = shipments.by_keys(ws.store, [key])[0].row_id
        ws.store.execute(
            "UPDATE parcels SET tracking_no = ?, carrier = ?, handed_at = ? WHERE shipment_id = ?",
            (number, carrier, 1 if handed else None, row),
        )
        for fact in ("printed", "checked", "linked", *(("handed_over",) if handed else ())):
            shipments.mark(ws.store, [row], fact, NOW)
        shipments.restage(ws.store, [row])


def numbered(n: int) -> str:
    stem = 40_012_345_600 + n
    return f"{stem}{stem % 7}"


def test_papers_of_a_batch_have_its_slips_order_and_running_numbers(ws: Workspace, tmp_path: Path) -> None:
    printable(ws, *(an_order(n) for n in range(1, 8)))
    slips = print_slips(ws, None, tmp_path / "slips.pdf")
    for document in ("checks", "returns", "label"):
        made = print_paper(ws, document, needed(ws, *slips.printed)[document], tmp_path / f"{document}.pdf")
        assert made.printed == slips.printed, document
    pdf = (tmp_path / "checks.pdf").read_bytes()
    for row, (key, words) in enumerate(zip(slips.printed, page_texts(pdf), strict=True), 1):
        assert key in words
        assert f"{slips.batch}-{row}" in words


def test_a_shop_that_wants_none_gets_none(tmp_path: Path) -> None:
    ws = open_desk(tmp_path)
    (key,) = printable(ws, an_order())
    found = needed(ws, key)
    assert (found["checks"], found["returns"], found["cover"]) == ((), (), (key,))
    ws.close()


def test_a_check_sheet_names_all_that_goes_into_the_box(ws: Workspace, tmp_path: Path) -> None:
    lines = (
        a_line(quantity=3),
        a_line(line_id="2", sku="plate", name="平皿", unit_price=900, extra="しおり"),
    )
    (key,) = printable(
        ws, an_order(lines=lines, gift_message="おめでとう"), noshi="内祝", wrapping=("赤リボン",), buyer_text="早めに", remark_read=True
    )  # fmt: skip
    made = print_paper(ws, "checks", [key], tmp_path / "check.pdf")
    (words,) = page_texts(made.path.read_bytes())
    for part in (
        "納品書",
        "返品票",
        "ラッピング 赤リボン",
        "のし 内祝",
        "メッセージカード",
        "おまけ しおり",
        "早めに",
    ):
        assert part in words, part
    assert "サンクスカード（規約で確認済み）" in words
    assert "チラシ" not in words  # nobody noted that it is allowed


def test_inserts_stand_on_pick_list_and_packing_page_and_want_a_tick(ws: Workspace, tmp_path: Path) -> None:
    dear, cheap = printable(ws, an_order(1), an_order(2, lines=(a_line(unit_price=100),)))
    print_picklist(ws, [dear, cheap], tmp_path / "each.pdf", ORDER)
    assert "".join(page_texts((tmp_path / "each.pdf").read_bytes())).count("同梱 サンクスカード") == 1
    first, second = shipments.by_keys(ws.store, [dear, cheap])
    assert parcel_inserts(ws, first) == ("同梱 サンクスカード（規約で確認済み）",)
    assert parcel_inserts(ws, second) == ()
    views = [Surroundings(ws).shipment(key) for key in (dear, cheap)]
    assert [view.ticks for view in views if view] == [("insert",), ()]


def test_a_return_slip_lists_what_was_bought_and_no_price(ws: Workspace, tmp_path: Path) -> None:
    (key,) = printable(ws, an_order(lines=(a_line(unit_price=98765, quantity=2),)))
    made = print_paper(ws, "returns", [key], tmp_path / "return.pdf")
    pdf = made.path.read_bytes()
    (words,) = page_texts(pdf)
    assert "98,765" not in words
    assert "98765" not in words
    assert "マグカップ 300ml" in words
    assert codes(picture(pdf, 1, 203))["Code 128"] == [paper_code(key)] * 2


def test_the_hand_over_list_holds_what_is_packed_and_not_yet_taken(ws: Workspace, tmp_path: Path) -> None:
    keys = printable(ws, *(an_order(n) for n in range(1, 6)))
    for n, key in enumerate(keys[:4]):
        pack(ws, key, numbered(n), "sagawa" if n == 3 else "yamato", handed=n == 2)
    wanted = needed(ws)["handover"]
    assert wanted == (keys[0], keys[1], keys[3])
    made = print_paper(ws, "handover", wanted, tmp_path / "list.pdf")
    pdf = made.path.read_bytes()
    assert made.pages == 2
    texts = page_texts(pdf)
    assert sorted(text.count("個を受け取りました") for text in texts) == [1, 1]
    read = [codes(picture(pdf, page, 300)).get("Codabar", []) for page in (1, 2)]
    assert sorted(len(found) for found in read) == [1, 2]
    assert {text[1:-1] for found in read for text in found} == {numbered(0), numbered(1), numbered(3)}
    only = preview(ws, "handover", wanted, {"carrier": "sagawa"})
    assert only.pages == ((keys[3],),)
    chosen = print_paper(ws, "handover", [keys[1]], tmp_path / "chosen.pdf")
    assert chosen.printed == (keys[1],)
    assert chosen.again == (keys[1],)
    with pytest.raises(NothingToPrint):
        print_paper(ws, "handover", [keys[4]], tmp_path / "none.pdf")
    assert not (tmp_path / "none.pdf").exists()


def test_the_void_list_stands_until_it_is_ticked_off(ws: Workspace, tmp_path: Path) -> None:
    (key,) = printable(ws, an_order())
    pack(ws, key, numbered(1))
    shipment = shipments.by_keys(ws.store, [key])[0]
    assert needed(ws)["voids"] == ()
    with ws.store.transaction():
        voids.add(ws.store, shipment.row_id, shipment.parcels[0].key, "", "taken_out", NOW, "佐藤")
    assert needed(ws)["voids"] == (key,)
    made = print_paper(ws, "voids", [key], tmp_path / "voids.pdf")
    pdf = made.path.read_bytes()
    assert codes(picture(pdf, 1, 300))["Codabar"] == [f"A{numbered(1)}A"]
    with ws.store.transaction():
        voids.destroy(ws.store, voids.open_ones(ws.store)[0].row_id, NOW, "佐藤")
    assert needed(ws)["voids"] == ()


def test_a_cover_counts_by_carrier_and_service(ws: Workspace, tmp_path: Path) -> None:
    printable(ws, *(an_order(n, lines=(a_line(quantity=n),)) for n in range(1, 5)))
    slips = print_slips(ws, None, tmp_path / "slips.pdf")
    made = print_paper(ws, "cover", slips.printed, tmp_path / "cover.pdf")
    (words,) = page_texts(made.path.read_bytes())
    assert "1 〜 4 番" in words
    assert "10" in words.split()  # pieces


def test_a_character_no_font_holds_is_asked_about_first(ws: Workspace, tmp_path: Path) -> None:
    odd = replace(a_contact(), name="\U0002ffff 太郎")
    good, bad = printable(ws, an_order(1), an_order(2, recipient=odd))
    made = print_paper(ws, "checks", [good, bad], tmp_path / "checks.pdf")
    assert made.printed == (good,)
    assert [problem.code for problem in made.refused[bad]] == ["glyph_missing"]
    both = print_paper(ws, "checks", [good, bad], tmp_path / "both.pdf", {"glyphs_seen": "1"})
    assert both.printed == (good, bad)


def test_the_shop_may_word_its_return_slip(ws: Workspace, tmp_path: Path) -> None:
    from jpship_gui.flows.paper import layouts

    (key,) = printable(ws, an_order())
    made = replace(
        layouts.show(ws, "returns", "standard"),
        name="うちの返品票",
        texts={"payer": "送料は当店が持ちます"},
        fields={"refund": False},
    )
    layouts.assign(ws, "returns", "本店", layouts.save(ws, made))
    (words,) = page_texts(print_paper(ws, "returns", [key], tmp_path / "own.pdf").path.read_bytes())
    assert "送料は当店が持ちます" in words
    assert "金融機関" not in words


def test_shops_settings_are_those_of_the_order(ws: Workspace) -> None:
    """Two shops in one batch: each by its own setting."""
    shops.add(ws.store, "支店", "rakuten", {}, NOW)
    own, other = printable(ws, an_order(1), an_order(2, shop="支店"))
    found = needed(ws, own, other)
    assert found["checks"] == (own,)
    assert found["returns"] == (own,)
