"""The desk's own papers: every code reads, everything said is on the paper, nothing of a buyer is in the properties."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jpship_gui.documents.batch_cover import render_cover
from jpship_gui.documents.check_sheet import render_checks
from jpship_gui.documents.handover_list import render_handovers
from jpship_gui.documents.return_slip import render_returns
from jpship_gui.documents.void_list import render_voids
from tests.documents import desk_samples as samples
from tests.documents.reading import codes, document_information, page_texts, picture

PAPERS: dict[str, Callable[[int], bytes]] = {
    "check": lambda dpi: render_checks([samples.CHECK], "ja", dpi)[0],
    "full check": lambda dpi: render_checks([samples.FULL_CHECK], "ja", dpi)[0],
    "hand-over": lambda dpi: render_handovers([samples.a_handover(40)], "ja", dpi)[0],
    "full hand-over": lambda dpi: render_handovers([samples.FULL_HANDOVER], "ja", dpi)[0],
    "voids": lambda dpi: render_voids([samples.VOID], samples.AT, "ja", dpi)[0],
    "full voids": lambda dpi: render_voids([samples.FULL_VOID] * 30, samples.AT, "ja", dpi)[0],
    "cover": lambda dpi: render_cover(samples.COVER, "ja", dpi),
    "full cover": lambda dpi: render_cover(samples.FULL_COVER, "ja", dpi),
    "return": lambda dpi: render_returns([samples.RETURN], dpi)[0],
    "full return": lambda dpi: render_returns([samples.FULL_RETURN], dpi)[0],
}


def said(pdf: bytes) -> str:
    """All words of a paper without the blanks that lines leave."""
    return "".join("".join(page.split()) for page in page_texts(pdf))


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_values_give_the_same_bytes_and_no_property_names_anybody(name: str) -> None:
    pdf = PAPERS[name](300)
    assert pdf == PAPERS[name](300)
    properties = " ".join(document_information(pdf))
    for personal in ("山田", "﨑山", "0416812461", "400123456003", "ことり"):
        assert personal not in properties


@pytest.mark.parametrize("name", PAPERS)
def test_nothing_is_drawn_outside_its_page(name: str) -> None:
    """Ink at the very edge would mean that something runs off the paper."""
    pdf = PAPERS[name](300)
    for page in range(1, len(page_texts(pdf)) + 1):
        image = picture(pdf, page, 72)
        wide, high = image.size
        edges = [(0, 0, wide, 12), (0, high - 12, wide, high), (0, 0, 12, high), (wide - 12, 0, wide, high)]
        assert all(image.crop(edge).getextrema() == (255, 255) for edge in edges), (name, page)


@pytest.mark.parametrize("drawn_for", [203, 300, 600])
@pytest.mark.parametrize("read_at", [203, 300])
def test_every_code_of_a_check_sheet_reads(drawn_for: int, read_at: int) -> None:
    pdf, (pages,) = render_checks([samples.CHECK], "ja", drawn_for)
    assert pages == 1
    assert codes(picture(pdf, 1, read_at)) == {"Code 128": ["JP1121C37S"], "Codabar": ["A400123456003A"]}


@pytest.mark.parametrize("drawn_for", [203, 300, 600])
@pytest.mark.parametrize("read_at", [203, 300])
def test_every_number_of_a_hand_over_list_reads_once(drawn_for: int, read_at: int) -> None:
    made = samples.a_handover(40)
    pdf, owners = render_handovers([made], "ja", drawn_for)
    found = [
        text
        for page in range(1, len(owners) + 1)
        for text in codes(picture(pdf, page, read_at)).get("Codabar", [])
    ]
    assert sorted(found) == sorted(f"A{row.number}A" for row in made.rows)


def test_a_hand_over_list_counts_its_parcels_by_service_and_has_a_place_to_sign() -> None:
    pdf, owners = render_handovers([samples.a_handover(40), samples.a_handover(3, "佐川急便")], "ja", 300)
    texts = page_texts(pdf)
    first = "".join(text for text, owner in zip(texts, owners, strict=True) if owner == 0)
    second = "".join(text for text, owner in zip(texts, owners, strict=True) if owner == 1)
    assert "上記 40個を受け取りました。" in first
    assert "上記 3個を受け取りました。" in second
    assert "ドライバー 署名" in first
    totals = first[first.index("サービス別") :]
    assert [int(line) for line in totals.split() if line.isdigit()][:3] == [14, 13, 13]
    assert sum(owner == 0 for owner in owners) > 1


def test_a_full_check_sheet_goes_on_over_pages_without_losing_a_word() -> None:
    pdf, (pages,) = render_checks([samples.FULL_CHECK], "ja", 300)
    words = said(pdf)
    assert pages > 3
    assert words.count("玄") == words.count("渡") == 95  # a sentence may be parted by the foot of a page
    for line in samples.FULL_CHECK.lines:
        assert line.name in words
        assert line.sku in words
    assert "99,999,999" in words
    assert samples.LONG_NAME in words
    for item in samples.FULL_CHECK.enclosed:
        assert item.replace(" ", "") in words
    assert words.count("梱包者") == 1
    found = [codes(picture(pdf, page, 300)) for page in range(1, pages + 1)]
    assert [text for page in found for text in page.get("Codabar", [])] == ["A400123456003A"]
    assert "EE123456785JP" in [text for page in found for text in page.get("Code 128", [])]


def test_a_parcel_without_number_leaves_room_for_its_sticker() -> None:
    from dataclasses import replace

    from jpship_gui.documents.check_sheet import CheckParcel

    pdf, _ = render_checks([replace(samples.CHECK, parcels=(CheckParcel(),))], "ja", 300)
    assert "送り状番号のシールを貼る" in page_texts(pdf)[0]
    assert "Codabar" not in codes(picture(pdf, 1, 300))


@pytest.mark.parametrize("dpi", [203, 300])
def test_a_void_list_reads_and_says_why(dpi: int) -> None:
    pdf, counts = render_voids([samples.VOID], samples.AT, "ja", dpi)
    assert counts == (1,)
    assert codes(picture(pdf, 1, dpi))["Codabar"] == ["A400123456003A"]
    assert "個口を減らした" in page_texts(pdf)[0]
    full, counts = render_voids([samples.FULL_VOID] * 30, samples.AT, "ja", dpi)
    assert sum(counts) == 30
    assert said(full).count(samples.LONG_NAME) == 30


def test_a_cover_says_what_is_in_the_batch() -> None:
    (words,) = page_texts(render_cover(samples.COVER, "ja", 300))
    for said_ in ("1 〜 42 番", "宅急便", "25", "ギフト 6", "時間帯指定 18", "佐藤"):
        assert said_ in words


@pytest.mark.parametrize("dpi", [203, 300])
def test_a_return_slip_has_its_order_twice_to_scan_and_knows_no_price(dpi: int) -> None:
    pdf, (pages,) = render_returns([samples.RETURN], dpi)
    assert pages == 1
    assert codes(picture(pdf, 1, dpi)) == {"Code 128": ["JP1121C37S", "JP1121C37S"]}
    (words,) = page_texts(pdf)
    assert "¥" not in words
    for part in ("不良・破損", "交換", "金融機関", "〒605-0000", "くらしの道具 ことり舎 返品係 行", "着払い"):
        assert part in words


def test_a_long_return_slip_keeps_its_label_on_the_last_page() -> None:
    pdf, (pages,) = render_returns([samples.FULL_RETURN], 300)
    texts = page_texts(pdf)
    assert pages > 2
    assert [("切り取って" in text) for text in texts] == [False] * (pages - 1) + [True]
    words = said(pdf)
    assert all(line.name in words for line in samples.FULL_RETURN.lines)
