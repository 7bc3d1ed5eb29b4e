"""Sample files with what reading them gives beside them; `pytest --accept` writes the expectations anew.

A folder among the samples holds files of one import that are read as one.
"""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.marketplaces.base import ReadOrders
from tests.marketplaces.reading import read, read_files

SAMPLES = sorted(
    path
    for path in Path(__file__).parent.glob("*/samples/*")
    if not path.name.endswith((".expected.json", ".md"))
)


def plain(value: Any) -> Any:
    """Values as JSON; what is at its default is left out, so that an expectation shows what was read."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(item)
            for field in dataclasses.fields(value)
            if (item := getattr(value, field.name)) != field.default
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def read_folder(path: Path) -> ReadOrders:
    """The files of a folder in the order of their names."""
    return read_files(*((file.name, file.read_bytes()) for file in sorted(path.iterdir())))


def test_there_are_samples() -> None:
    assert SAMPLES


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.parent.name}-{path.name}")
def test_a_sample_reads_as_expected(path: Path, request: pytest.FixtureRequest) -> None:
    found = read_folder(path) if path.is_dir() else read(path.read_bytes())
    said = {
        "orders": plain(found.orders),
        "lines": {number: list(indexes) for number, indexes in found.source_lines.items()},
        "rejections": plain(found.rejections),
        "damages": plain(found.damages),
        "repeated_rows": found.repeated_rows,
        "warnings": list(found.warnings),
        "registered": [[key[0].number, key[1], plain(rows)] for key, rows in found.registered.items()],
    }
    beside = path.with_name(f"{path.name}.expected.json")
    if request.config.getoption("--accept"):
        beside.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert said == json.loads(beside.read_text(encoding="utf-8"))
