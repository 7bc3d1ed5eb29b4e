"""Every finding, refusal and rejection of carrier files has words; that all languages have them is tested
with the catalogues."""

from __future__ import annotations

import re
from pathlib import Path

from jpship_gui.texts import known

PACKAGE = Path(__file__).resolve().parents[2] / "jpship_gui"
SOURCES = [
    *PACKAGE.glob("carriers/**/*.py"),
    PACKAGE / "flows/paper/hand_to_carrier.py",
    PACKAGE / "flows/paper/take_numbers.py",
]
NOT_CODES = {"carrier_exported", "carrier_number_"}
CODES = sorted(
    {code for path in SOURCES for code in re.findall(r'"(carrier_[a-z_]+)"', path.read_text("utf-8"))}
)
REASONS = sorted(
    set(
        re.findall(
            r'"((?:looks_like|lost|other|bad|spreadsheet|no|uncertain)_[a-z_]+|pattern|empty)"',
            (PACKAGE / "domain/tracking_no.py").read_text("utf-8"),
        )
    )
)


def test_codes_have_words() -> None:
    assert len(CODES) > 40
    areas = ("problem", "fault", "rejected")
    wordless = [code for code in CODES if not any(known(f"{area}.{code}") for area in areas)]
    assert set(wordless) <= NOT_CODES


def test_reasons_against_a_number_have_words() -> None:
    assert len(REASONS) > 10
    assert [reason for reason in REASONS if not known(f"tracking.{reason}")] == []
