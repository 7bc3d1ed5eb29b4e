"""Order files of every marketplace that practice has files of, spoilt cell by cell and row by row: each is read, rejected
row by row with its place, or refused; nothing ever falls over, and what is taken can be stored."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jpship_gui.cli.output import fault_text
from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.intake.rejected import save_rejected
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.formats.reader import read_file
from jpship_gui.practice.markets import markets
from jpship_gui.store import shops
from jpship_gui.texts import text
from tests.builders import NOW
from tests.formats.hostile import FORMULAS

DAY = date(2026, 11, 20)
CELLS = (
    *FORMULAS,
    *("", " ", "0", "-1", "1e9", "3.89718E+11", "999999999999999999999", "NaN", "１２", "½", "²", "٣", "Ⅷ"),
    *(
        "2026-02-30",
        "0000-00-00",
        "9999-12-31 23:59:59",
        "2026-11-20T25:61:00+99:99",
        "20/11/2026",
        "45000.5",
    ),
    *(
        "\u200b",
        "\u202e",
        "\ufeff",
        "𠮷野",
        "😀",
        "\x7f",
        "a\tb",
        'a"b',
        "'",
        "a\u2028b",
        "#NAME?",
        "null",
        "－",
    ),
    *(
        "x" * 5_000,
        "あ" * 3_000,
        "%s%d{0}{file}",
        "../../etc/passwd",
        "'; DROP TABLE orders; --",
        "+81-90-0000-0000",
    ),
)


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    opened = open_workspace(str(tmp_path_factory.mktemp("home")), person="佐藤")
    for name in markets():
        shops.add(opened.store, f"店 {name}", name, {}, NOW)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    return {
        name: market.files(DAY, 12, False, tmp_path_factory.mktemp(name))
        for name, market in markets().items()
    }


SPOILT = st.lists(
    st.tuples(
        st.integers(0, 50),  # file
        st.integers(0, 200),  # row, the header too
        st.integers(0, 200),  # column
        st.one_of(
            st.sampled_from(CELLS), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
        ),
        st.sampled_from(("cell", "cell", "cell", "cut", "longer", "twice", "gone", "moved")),
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.parametrize("name", sorted(markets()))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=SPOILT)
def test_a_spoilt_file_is_read_rejected_or_refused(
    ws: Workspace,
    samples: dict[str, list[Path]],
    tmp_path: Path,
    name: str,
    changes: list[tuple[int, int, int, str, str]],
) -> None:
    paths = []
    for number, path in enumerate(samples[name]):
        table = read_file(path)
        rows = [list(table.header), *(list(row.cells) for row in table.rows)]
        for _, row, column, cell, how in (c for c in changes if c[0] % len(samples[name]) == number):
            _spoil(rows, row, column, cell, how)
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=table.delimiter).writerows(rows)
        spoilt = tmp_path / path.name
        spoilt.write_bytes(out.getvalue().encode("utf-8-sig"))
        paths.append(spoilt)
    shown = preview(ws, paths)
    for one in shown.files:
        if one.fault is not None:
            assert "⟦" not in fault_text(one.fault)  # and words with a value missing raise here
        for rejection in one.rejections:
            assert rejection.line >= 1
            assert text(f"rejected.{rejection.code}", value=rejection.value)
    if any(one.rejections for one in shown.files):
        save_rejected(shown, tmp_path / "rejected.csv")
    if shown.usable:
        accept(ws, shown)


def _spoil(rows: list[list[str]], row: int, column: int, cell: str, how: str) -> None:
    cells = rows[row % len(rows)]
    place = column % len(cells) if cells else 0
    if how == "cell" and cells:
        cells[place] = cell
    elif how == "cut":
        del cells[place:]
    elif how == "longer":
        cells += [cell] * 3
    elif how == "twice":
        rows.insert(row % len(rows), list(cells))
    elif how == "gone" and len(rows) > 1:
        del rows[row % len(rows)]
    elif how == "moved":
        cells.insert(place, cell)
