"""Label sheets as data."""

from __future__ import annotations

import pytest

from jpship_gui.documents.stocks import Place, read_stocks, shipped

GOOD = "[mine]\ngrid = [2, 3]\nsize = [80, 50.5]\nmargin = [20, 30]\n"


def test_every_geometry_of_the_reference_is_there() -> None:
    found = {(s.labels, s.grid, s.size) for s in shipped().values()}
    assert len(shipped()) == 26
    assert {labels for labels, _, _ in found} == {1, 2, 4, 8, 10, 12, 18, 20, 21, 24, 30, 44}
    assert shipped()["28204"].page == (297.0, 210.0)
    assert shipped()["28171"].place(11) == Place(16.5 + 92.7, 20.0 + 5 * 42.3, 90.2, 42.3)


@pytest.mark.parametrize("id_", shipped())
def test_every_label_lies_on_its_page_and_on_no_other(id_: str) -> None:
    stock = shipped()[id_]
    places = [stock.place(index) for index in range(stock.labels)]
    for number, one in enumerate(places):
        assert one.x >= 0
        assert one.y >= 0
        assert one.x + one.width <= stock.page[0] + 0.01
        assert one.y + one.height <= stock.page[1] + 0.01
        for other in places[:number]:
            apart_x = abs(one.x - other.x) >= one.width - 0.01
            assert apart_x or abs(one.y - other.y) >= one.height - 0.01


def test_offset_and_scale_move_every_label() -> None:
    place = shipped()["28362"].place(3, (1.2, -0.5), 1.01)
    assert place.x == pytest.approx((18.6 + 86.4) * 1.01 + 1.2)
    assert place.y == pytest.approx((21.2 + 42.3) * 1.01 - 0.5)


def test_what_the_printer_cannot_reach_of_a_sheet_stays_blank() -> None:
    stock = shipped()["28363"]
    assert stock.inner(stock.place(0), 3.0) == Place(5.0, 5.0, 62.0, 34.3)
    assert stock.inner(stock.place(4), 3.0) == Place(73.0, 45.3, 64.0, 36.3)


def test_a_sheet_of_ones_own() -> None:
    mine = read_stocks(GOOD, own=True)["mine"]
    assert (mine.labels, mine.pitch, mine.own) == (6, (80.0, 50.5), True)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (GOOD + "colour = 3\n", "mine"),
        (GOOD.replace("[2, 3]", "[2]"), "grid"),
        (GOOD.replace("[2, 3]", "[2, true]"), "grid"),
        (GOOD.replace("[80, 50.5]", '["a", 1]'), "size"),
        (GOOD.replace("[80, 50.5]", "[5, 50]"), "size"),
        (GOOD + "pitch = [70, 60]\n", "pitch"),
        (GOOD.replace("[2, 3]", "[3, 3]"), "page"),
        (GOOD.replace("margin", "edge"), "mine"),
        ("grid = 3", "grid"),
        ("[mine", "mine"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(text: str, what: str) -> None:
    with pytest.raises(ValueError, match=what if text != "[mine" else "."):
        read_stocks(text)
