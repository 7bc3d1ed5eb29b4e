"""敬称: which title follows a name on paper (documents reference, section 8)."""

from __future__ import annotations

import re

_ADDRESSED = re.compile(r"[\s\u3000]*(?:宛|行)$")
_OWN_TITLE = re.compile(r"(?:様|さま|殿|先生|御中|各位)$")
_COMPANY = re.compile(
    r"株式会社|有限会社|合同会社|合資会社|合名会社|[(（][株有同][)）]|[㈱㈲]|法人|協同組合"
    r"|(?:病院|医院|クリニック|学校|学園|幼稚園|保育園|役所|役場|大学|店|部|課|係)$"
)
PERSON, ORGANISATION = "様", "御中"


def titled(name: str) -> tuple[str, str]:
    """A name and the title to print after it, "" where the name brings its own.

    御中 only where the name reads as an organisation without a person: the wrong 様 for a company is the smaller fault.
    """
    bare = _ADDRESSED.sub("", " ".join(name.split())) if name else ""
    if not bare:
        return "", ""
    if _OWN_TITLE.search(bare):
        return bare, ""
    return bare, ORGANISATION if _is_organisation(bare) else PERSON


def _is_organisation(name: str) -> bool:
    if not _COMPANY.search(name):
        return False
    # "株式会社ことり 山田太郎": the last word is a person unless it reads as an organisation or department itself
    *front, last = name.split(" ")
    return (
        not front
        or bool(_COMPANY.search(last))
        or not any(_COMPANY.search(word) for word in front)
        or _bare(front)
    )


def _bare(words: list[str]) -> bool:
    """Whether all before the last word is only the kind of company ("株式会社 ことり舎")."""
    return (
        len(words) == 1
        and re.fullmatch(r"(?:株式|有限|合同|合資|合名)会社|[(（][株有同][)）]|[㈱㈲]", words[0]) is not None
    )
