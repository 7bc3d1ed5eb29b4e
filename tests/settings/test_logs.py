"""What reaches the log file."""

from __future__ import annotations

import logging
from pathlib import Path

from jpship_gui.settings import logs


def test_no_person_and_no_secret_reaches_the_file(tmp_path: Path) -> None:
    handler = logs.start(tmp_path)
    log = logging.getLogger("jpship")
    log.warning("cannot print for %s, 〒541-0041 大阪府大阪市北浜9-9-9, 090-0000-1234", "山田 花子様")
    try:
        raise RuntimeError("Authorization: ESA U1AxMjM0NTY3ODkw refused, write to hanako@example.jp")
    except RuntimeError:
        log.exception("bug")
    logs.stop(handler)
    text = (tmp_path / "jpship.log").read_text(encoding="utf-8")
    assert "bug" in text
    for marked in ("花子", "541-0041", "北浜", "0000-1234", "U1AxMjM0", "hanako"):
        assert marked not in text


def test_nothing_is_logged_after_the_end(tmp_path: Path) -> None:
    logs.stop(logs.start(tmp_path))
    logging.getLogger("jpship").warning("later")
    assert not (tmp_path / "jpship.log").exists()
