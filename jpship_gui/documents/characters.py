"""What is done to a text before it is drawn: nothing a reader would notice, and everything a font cannot hold named."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]+")
_LOOSE_VOICING = re.compile("[\u3041-\u30ff][\u3099\u309a]")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u200d]")
_PICTOGRAPHS = re.compile("[\U0001f000-\U0001faff\u20e3]|[\u2600-\u27bf\u2b00-\u2bff]\ufe0f")
_CONTROLS = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff]")
_SUSPECT = re.compile(
    f"{_HALF_WIDTH_KANA.pattern}|[\u3099\u309a]|{_SELECTORS.pattern}|{_PICTOGRAPHS.pattern}|{_CONTROLS.pattern}|\t"
)


@lru_cache(maxsize=8192)
def printable(text: str) -> str:
    """The text as it is drawn: half-width kana widened, variation selectors, joiners, emoji and controls left out.

    Only kana are composed: NFC or NFKC over a whole name would turn 﨑 or ㈱ into another character (documents
    reference, 9.1).
    """
    if (text.isascii() and text.isprintable()) or not _SUSPECT.search(text):
        return text
    text = _HALF_WIDTH_KANA.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _LOOSE_VOICING.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    text = _SELECTORS.sub("", _PICTOGRAPHS.sub("", text))
    return _CONTROLS.sub("", text.replace("\t", " "))


def left_out(text: str) -> tuple[str, ...]:
    """Variation selectors and emoji that `printable` leaves out, each once, in order: a notice, not a stop."""
    if text.isascii():
        return ()
    found = [m[0] for m in re.finditer(f"{_PICTOGRAPHS.pattern}|{_SELECTORS.pattern}", text)]
    return tuple(dict.fromkeys(found))
