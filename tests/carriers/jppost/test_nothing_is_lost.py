"""Whatever stands in an order: no field over its length or outside its encoding, no text lost, no number parted."""

from __future__ import annotations

import itertools
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from jpship_gui.formats import cp932
from tests.builders import a_contact
from tests.carriers.jppost.desk import KEY, TOOLS, a_consignment, a_shipment, written

LETTERS = '山田花子髙﨑𠮷辻😀〜−ﾔﾏﾀﾞABCabc一二三丁目番地号見本ハイツ0123456789-－ 　",\n\t\U000e0100'
NAMES = st.text(LETTERS, min_size=1, max_size=45)
STREETS = st.text("見本が丘0123456789-－一二三丁目番地号 　ハイツB棟髙〜", min_size=1, max_size=90)
SERVICES = {"r": "yupack", "cloud": "yupack", "web": "yupack", "clickpost": "clickpost"}
COLUMNS = {"r": (14, 15, 16), "cloud": (8,), "web": (12, 13, 14, 15), "clickpost": (4, 5, 6, 7)}
NAME = {"r": (17, 18), "cloud": (9,), "web": (8,), "clickpost": (2,)}


INSTEAD = str.maketrans({"𠮷": "吉", "髙": "高", "﨑": "崎", '"': "”"})


def plain(text: str) -> str:
    """Without blanks, and with what a person agreed to see instead of a character."""
    return re.sub(r"\s+", "", cp932.mapped(text)).translate(INSTEAD)


@given(tool=st.sampled_from(sorted(SERVICES)), name=NAMES, street=STREETS, agreed=st.booleans())
@settings(max_examples=300)
def test_no_field_too_long_or_outside_and_no_text_lost(
    tool: str, name: str, street: str, agreed: bool
) -> None:
    to = a_contact(name=name, street=street)
    sent = a_consignment(a_shipment(recipient=to), service=SERVICES[tool], agreed=agreed)
    result = written(tool, sent)
    if not result.rows:
        assert result.problems[KEY]
        return
    layout = TOOLS[tool].handover_layout
    assert layout is not None
    (row,) = result.rows
    for cell, column in zip(row, layout.columns, strict=True):
        assert not cp932.unencodable(cell)
        assert column.max_bytes is None or len(cp932.encode(cell)) <= column.max_bytes
        assert not set(cell) & set('"\r\n\t')
    lines = [row[column - 1] for column in COLUMNS[tool] if row[column - 1] not in ("", KEY)]
    shown = "".join(line.removeprefix("'") for line in lines)
    assert plain(shown) == plain(f"{to.prefecture}{to.city}{street}")
    whole = re.sub(r"[ 　]+", " ", cp932.mapped(to.address))
    for before, after in itertools.pairwise(lines):
        if before[-1].isdigit() and after[0].isdigit():
            assert f"{before[-1]} {after[0]}" in whole
    names = " ".join(filter(None, (row[column - 1] for column in NAME[tool]))).removeprefix("'")
    assert plain(names) == plain(name)
