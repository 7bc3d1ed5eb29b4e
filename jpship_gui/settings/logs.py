"""The log file: for finding a bug, never for names. Every line passes the mask before it is written."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from jpship_gui.settings.secrets import MaskingFilter

_BYTES, _KEPT = 1_000_000, 3


def start(folder: Path) -> logging.Handler:
    """Log to `jpship.log` in this folder from now on; a folder that cannot be written leaves the program silent."""
    try:
        handler: logging.Handler = RotatingFileHandler(
            folder / "jpship.log", maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(MaskingFilter())
    logger = logging.getLogger()
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return handler


def stop(handler: logging.Handler) -> None:
    """End what `start` began."""
    logging.getLogger().removeHandler(handler)
    handler.close()
