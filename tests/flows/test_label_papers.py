"""Labels and what lies beside the slip, from stored orders to the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.documents.form import VALUES, Form, FormField
from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.order import Money, Wish
from jpship_gui.flows.paper import layouts
from jpship_gui.flows.paper.forms import keep_form
from jpship_gui.flows.paper.kind import Drawn
from jpship_gui.flows.paper.kinds import kind, preview, print_paper
from jpship_gui.flows.paper.layout_preview import SAMPLES
from jpship_gui.flows.paper.layout_preview import preview as layout_preview
from jpship_gui.flows.paper.layouts import Layout
from jpship_gui.flows.paper.marks import set_marks
from jpship_gui.flows.paper.presets import Preset, set_named
from jpship_gui.flows.paper.preview import page_sizes
from jpship_gui.flows.paper.print_slips import NothingToPrint
from jpship_gui.flows.paper.stocks import Measured, add_stocks, export_stock, keep_measured, measured, stocks
from jpship_gui.flows.plan.split import split
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, prints, shipments
from tests.builders import a_contact, a_line, an_order
from tests.documents.reading import codes, page_texts, picture
from tests.flows.carrier_desk import open_desk
from tests.flows.paper_desk import printable


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    desk = open_desk(tmp_path)
    yield desk
    desk.close()


def _texts(drawn: Drawn) -> list[str]:
    return page_texts(drawn.pdf)


def _number(ws: Workspace, key: str, number: str) -> None:
    with ws.store.transaction():
        shipments.set_parcel(ws.store, key, {"file_no": number, "carrier": "yamato"})


def test_copies_come_in_the_order_asked_for_with_carrier_number_and_marks(
    ws: Workspace, tmp_path: Path
) -> None:
    keys = printable(ws, *(an_order(number) for number in range(1, 4)), wish=Wish(slot="am"))
    _number(ws, keys[0], "400123456003")
    set_marks(ws, [keys[0]], "fragile upright")
    made = print_paper(ws, "label", [keys[2], keys[0], keys[1]], tmp_path / "label.pdf")
    pdf = made.path.read_bytes()
    pages = page_texts(pdf)
    assert made.printed == (keys[2], keys[0], keys[1])
    assert [key in page for key, page in zip(made.printed, pages, strict=True)] == [True] * 3
    for words in (
        "ヤマト",
        "宅急便",
        "午前中",
        "4001-2345-6003",
        "ワレ物注意",
        "天地無用",
        "マグカップ 300ml",
        "…00001",
    ):
        assert words in pages[1], words
    assert codes(picture(pdf, 2, 203)) == {"Codabar": ["A400123456003A"], "QR Code": [keys[0]]}
    assert [round(side) for side in page_sizes(pdf)[0]] == [100, 150]
    assert prints.recent(ws.store, 1)[0].document == "label"
    shipment = shipments.by_key(ws.store, keys[0])
    assert shipment is not None
    assert [event.what for event in history.of(ws.store, shipment.row_id)].count("paper_printed") == 1


def test_the_presets_paper_is_the_labels(ws: Workspace) -> None:
    (key,) = printable(ws, an_order(1))
    for media, size in (("A6", [105, 148]), ("A5", [148, 210]), ("A4", [100, 150])):
        set_named(ws, "label", Preset(media=media, dpi=300))
        assert [round(side) for side in page_sizes(preview(ws, "label", [key]).pdf)[0]] == size
    drawn = preview(ws, "label", [key], {"paper": "a6"})
    assert [round(side) for side in page_sizes(drawn.pdf)[0]] == [105, 148]


def test_a_page_a_parcel_and_cash_on_the_first(ws: Workspace) -> None:
    money = Money(goods=4400, total=4400, charged=4400)
    (key,) = printable(ws, an_order(1, money=money), cash_on_delivery=True)
    split(ws, key, 2)
    drawn = preview(ws, "label", [key])
    first, second = _texts(drawn)
    assert drawn.pages == ((key,), (key,))
    assert "1/2" in first
    assert "¥4,400" in first
    assert "2/2" in second
    assert "¥" not in second


def test_no_price_stands_on_a_copy_without_cash(ws: Workspace) -> None:
    money = Money(goods=4400, postage=770, total=5170, charged=5170)
    (key,) = printable(ws, an_order(1, money=money, lines=(a_line(unit_price=4477),)))
    page = _texts(preview(ws, "label", [key]))[0]
    assert not [price for price in ("4,400", "770", "5,170", "4,477", "4477", "¥") if price in page]


def test_an_address_that_does_not_fit_is_refused_and_the_others_are_printed(
    ws: Workspace, tmp_path: Path
) -> None:
    long = a_contact(street="とても長い町の名前" * 40)
    bad, good = printable(ws, an_order(1, recipient=long), an_order(2))
    made = print_paper(ws, "label", [bad, good], tmp_path / "label.pdf")
    assert made.printed == (good,)
    assert [problem.code for problem in made.refused[bad]] == ["paper_too_full"]
    with pytest.raises(NothingToPrint) as fault:
        print_paper(ws, "label", [bad], tmp_path / "none.pdf")
    assert fault.value.refused[bad][0].code == "paper_too_full"
    assert not (tmp_path / "none.pdf").exists()


def test_a_character_no_font_holds_needs_consent(ws: Workspace, tmp_path: Path) -> None:
    (key,) = printable(ws, an_order(1, recipient=a_contact(name="山田 \uf8ff")))
    with pytest.raises(NothingToPrint) as fault:
        print_paper(ws, "label", [key], tmp_path / "label.pdf")
    assert fault.value.refused[key][0].code == "glyph_missing"
    made = print_paper(ws, "label", [key], tmp_path / "label.pdf", {"glyphs_seen": "1"})
    assert made.notices[key][0].code == "glyph_missing"
    assert "山田 〓" in page_texts(made.path.read_bytes())[0]


def test_labels_begin_where_the_last_sheet_ended(ws: Workspace, tmp_path: Path) -> None:
    keys = printable(ws, *(an_order(number) for number in range(1, 6)))
    assert measured(ws, "28362") == Measured()
    print_paper(ws, "address", keys, tmp_path / "a.pdf", {"sheet": "28362", "first": "11"})
    assert measured(ws, "28362").first == 4
    preview(ws, "address", keys, {"first": "9"})
    assert measured(ws, "28362").first == 4  # a preview keeps nothing
    made = print_paper(ws, "address", keys[:1], tmp_path / "b.pdf")
    assert (made.pages, measured(ws, "28362").first) == (1, 5)
    pages = page_texts((tmp_path / "a.pdf").read_bytes())
    assert [page.count("山田 花子") for page in pages] == [2, 3]


def test_a_label_a_parcel_but_a_letter_an_order(ws: Workspace) -> None:
    (key,) = printable(ws, an_order(1))
    split(ws, key, 3)
    assert _texts(preview(ws, "address", [key]))[0].count("山田 花子") == 3
    assert _texts(preview(ws, "letter", [key]))[0].count("山田 花子") == 1
    post = _texts(preview(ws, "post", [key], {"sheet": "elm003"}))[0]
    assert post.count("ご依頼主") == 3
    assert "東京都千代田区千代田9-9-9" in post


def test_a_sheet_of_ones_own_is_shared_as_a_file_and_wins(ws: Workspace, tmp_path: Path) -> None:
    export_stock(ws, "28362", tmp_path / "sheet.toml")
    text = (tmp_path / "sheet.toml").read_text(encoding="utf-8")
    (tmp_path / "sheet.toml").write_text(text.replace("18.6", "19.1"), encoding="utf-8")
    assert add_stocks(ws, tmp_path / "sheet.toml") == ("28362",)
    (tmp_path / "mine.toml").write_text("[mine]\ngrid = [1, 4]\nsize = [100, 60.5]\nmargin = [20, 20]\n")
    assert add_stocks(ws, tmp_path / "mine.toml") == ("mine",)
    assert stocks(ws)["28362"].margin == (19.1, 21.2)
    assert list(stocks(ws))[:2] == ["28362", "mine"]
    (key,) = printable(ws, an_order(1))
    assert "山田 花子" in _texts(preview(ws, "address", [key], {"sheet": "mine"}))[0]


def test_a_wrong_sheet_or_value_is_told(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("[mine]\ngrid = [9, 9]\nsize = [100, 60]\nmargin = [0, 0]\n")
    with pytest.raises(Refused) as fault:
        add_stocks(ws, tmp_path / "bad.toml")
    assert fault.value.code == "label_sheets_file"
    assert "mine" in str(fault.value.values["detail"])
    with pytest.raises(Refused) as fault:
        preview(ws, "address", [], {"sheet": "nothing"})
    assert fault.value.code == "label_sheet_unknown"
    with pytest.raises(Refused) as fault:
        keep_measured(ws, "28362", Measured(scale=1021))
    assert fault.value.code == "preset_value"


def test_a_test_print_needs_no_order(ws: Workspace) -> None:
    drawn = preview(ws, "address", [], {"sheet": "28368", "frames": "1"})
    assert "44" in _texts(drawn)[0]


def test_noshi_of_the_orders_that_ask_for_it(ws: Workspace, tmp_path: Path) -> None:
    keys = printable(ws, *(an_order(number) for number in range(1, 4)))
    for key, text in zip(keys, ("内祝 山田", "のし 名前 山田", ""), strict=True):
        found = shipments.by_key(ws.store, key)
        assert found is not None
        with ws.store.transaction():
            shipments.update(ws.store, found.row_id, {"noshi": text})
    wants = kind("noshi").wanted(ws, shipments.by_keys(ws.store, list(keys)))
    assert wants == (keys[0], keys[1])
    made = print_paper(ws, "noshi", keys, tmp_path / "noshi.pdf")
    assert made.printed == (keys[0],)
    assert [made.refused[key][0].code for key in keys[1:]] == ["noshi_unclear", "noshi_none"]
    assert [round(side) for side in page_sizes(made.path.read_bytes())[0]] == [297, 210]
    said = {"title": "寿", "names": "山田 太郎／花子", "paper": "75x210", "cord": "none"}
    made = print_paper(ws, "noshi", [keys[1]], tmp_path / "said.pdf", said)
    page = "".join(page_texts(made.path.read_bytes())[0].split())
    assert "寿" in page
    assert "花子" in page
    assert [round(side) for side in page_sizes(made.path.read_bytes())[0]] == [75, 210]


def test_cards_hold_the_orders_own_message_and_never_a_price(ws: Workspace, tmp_path: Path) -> None:
    gift = an_order(
        1, gift_message="おめでとう\nまたね", gift_sender="三浦 絵美", money=Money(goods=4477, charged=4477)
    )
    keys = printable(ws, gift, an_order(2))
    assert kind("card").wanted(ws, shipments.by_keys(ws.store, list(keys))) == (keys[0],)
    made = print_paper(ws, "card", keys, tmp_path / "card.pdf")
    assert made.printed == (keys[0],)
    assert made.refused[keys[1]][0].code == "card_none"
    assert page_texts(made.path.read_bytes())[0].split() == ["おめでとう", "またね", "三浦", "絵美"]
    cut = {"sheet": "51002", "first": "3"}
    assert print_paper(ws, "card", [keys[0]], tmp_path / "cut.pdf", cut).pages == 1
    assert measured(ws, "51002").first == 4


def test_marks_of_every_parcel_and_loose_ones(ws: Workspace, tmp_path: Path) -> None:
    bare, marked = printable(ws, an_order(1), an_order(2))
    set_marks(ws, [marked], "fragile dry")
    split(ws, marked, 2)
    assert kind("marks").wanted(ws, shipments.by_keys(ws.store, [bare, marked])) == (marked,)
    made = print_paper(ws, "marks", [bare, marked], tmp_path / "marks.pdf")
    page = page_texts(made.path.read_bytes())[0]
    assert (page.count("ワレ物注意"), page.count("水濡厳禁")) == (2, 2)
    assert made.refused[bare][0].code == "marks_none"
    loose = print_paper(ws, "marks", [], tmp_path / "loose.pdf", {"marks": "upright frozen"})
    assert (loose.printed, loose.pages) == ((), 1)
    assert "冷凍" in page_texts(loose.path.read_bytes())[0]


def test_a_shops_layout_decides_what_its_label_shows(ws: Workspace) -> None:
    (key,) = printable(ws, an_order(1))
    made = layouts.save(ws, Layout("label", "倉庫", fields={"sender": False}, texts={"use": "倉庫用"}))
    layouts.assign(ws, "label", "本店", made)
    page = _texts(preview(ws, "label", [key]))[0]
    assert "倉庫用" in page
    assert "ことり雑貨店" not in page


@pytest.mark.parametrize("name", ["label", "card"])
def test_every_sample_of_a_layout_is_drawn(ws: Workspace, name: str) -> None:
    for sample in SAMPLES[name]:
        pdf = layout_preview(ws, Layout(name, "x"), "本店", sample)
        assert len(page_texts(pdf)) == 1
        assert "見本" in page_texts(pdf)[0]


def test_an_envelope_an_order_in_the_writing_asked_for(ws: Workspace) -> None:
    (key,) = printable(ws, an_order(1))
    split(ws, key, 2)
    upright = preview(ws, "envelope", [key])
    assert upright.pages == ((key,),)
    assert [round(side) for side in page_sizes(upright.pdf)[0]] == [120, 235]
    across = preview(ws, "envelope", [key], {"paper": "kaku2", "writing": "across"})
    assert [round(side) for side in page_sizes(across.pdf)[0]] == [240, 332]
    assert "大阪府大阪市中央区北浜9-9-9" in _texts(across)[0]


def test_a_sheet_is_not_begun_by_a_print_that_was_not_written(ws: Workspace, tmp_path: Path) -> None:
    (key,) = printable(ws, an_order(1))
    nowhere = tmp_path / "file"
    nowhere.write_text("no folder")
    for document, sheet in (("address", "28362"), ("post", "elm003"), ("marks", "28367"), ("card", "51002")):
        choices = {"sheet": sheet, "marks": "dry", "message": "ありがとう"}
        with pytest.raises(WorldFault):
            print_paper(ws, document, [key], nowhere / "out.pdf", choices)
        assert measured(ws, sheet).first == 1
        print_paper(ws, document, [key], tmp_path / "out.pdf", choices)
        assert measured(ws, sheet).first == 2


MONEY = Money(
    goods=4181, postage=6765, cod_fee=1597, total=10946, charged=2584, coupon_shop=8887, points=9871
)


@pytest.mark.parametrize(
    "document", ["label", "address", "letter", "post", "envelope", "noshi", "card", "marks", "form"]
)
def test_no_paper_for_the_parcel_or_the_buyer_holds_an_amount(ws: Workspace, document: str) -> None:
    order = an_order(1, money=MONEY, lines=(a_line(unit_price=28657),), gift_message="ありがとう")
    (key,) = printable(ws, order, noshi="内祝 山田")
    set_marks(ws, [key], "fragile")
    every = (value for value in VALUES if value not in ("order", "key", "tail", "to_postal"))
    fields = tuple(FormField(value, 100, 20 + n * 90, 1500, 80) for n, value in enumerate(every))
    keep_form(ws, Form("", "a", "A4", fields))
    text = "".join(_texts(preview(ws, document, [key])))
    amounts = (4181, 6765, 1597, 10946, 2584, 8887, 9871, 28657)
    assert not [amount for amount in amounts if str(amount) in text or f"{amount:,}" in text]
    assert "¥" not in text
