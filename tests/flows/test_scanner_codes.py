"""The scanner's test codes on paper: rendered, and read back."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from jpship_gui import texts
from jpship_gui.cli.main import run
from jpship_gui.domain.scanning.diagnosis import JAN, NUMBER, SIGNS


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_sheet_can_be_read(tmp_path: Path, language: str) -> None:
    out = tmp_path / "codes.pdf"
    assert (
        run(["scanner-codes", "--home", str(tmp_path / "home"), "--language", language, "--out", str(out)])
        == 0
    )
    document = pypdfium2.PdfDocument(out)
    assert len(document) == 1
    picture = document[0].render(scale=300 / 72).to_pil()
    found = sorted((str(code.format), code.text.strip("A")) for code in zxingcpp.read_barcodes(picture))
    assert found == [("Codabar", NUMBER), ("Code 128", SIGNS), ("EAN-13", JAN)]
    texts.set_language("ja")


def test_devices_are_listed_or_said_to_be_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scanner-devices", "--home", str(tmp_path / "home"), "--json"]) == 0
    assert '"devices"' in capsys.readouterr().out
