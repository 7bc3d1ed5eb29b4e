"""Characters no font of ours draws are named before anything is printed; CP932 itself is covered whole."""

from __future__ import annotations

from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.rules.subject import CheckInput, Surroundings


def characters(subject: CheckInput, around: Surroundings) -> list[Problem]:
    """A note for the recipient's fields that hold such characters."""
    if around.unprintable is None:
        return []
    contact = subject.recipient
    text = contact.name + contact.address
    if _in_cp932(text):
        return []
    missing = around.unprintable(text)
    return (
        [Problem("characters_unprintable", Severity.WARN, "recipient", {"characters": missing})]
        if missing
        else []
    )


def _in_cp932(text: str) -> bool:
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True
