"""What is said aloud of an answer: the outcome in a word or two, then what comes next. Never a person's name."""

from __future__ import annotations

from jpship_gui.domain.packing.outcomes import Expect, Klass, Outcome
from jpship_gui.domain.packing.session import Answer
from jpship_gui.texts import known, text_in
from jpship_gui.ui.pack.screen import NextThing

_ALONE = frozenset({Klass.NG, Klass.ATTENTION})  # nothing may distract from these


def spoken(
    answer: Answer, then: NextThing | None, language: str, *, wanted: str = "", same: bool = False
) -> str:
    """`wanted` is the variant that should have been read instead of a look-alike, `same` that the next piece is another
    of what was just read."""
    parts = [_outcome(answer, language, wanted)]
    if answer.klass not in _ALONE and then is not None:
        parts.append(_then(answer, then, language, same=same))
    return text_in(language, "packfeel.say.pause").join(part for part in parts if part)


def _outcome(answer: Answer, language: str, wanted: str) -> str:
    if answer.outcome is Outcome.NG_NOT_HERE and wanted:
        return text_in(language, "packfeel.say.other_variant", wanted=wanted)
    key = f"packfeel.say.{answer.outcome.value.lower()}"
    if known(key):
        return text_in(language, key)
    word = text_in(language, f"pack.word.{answer.outcome.value.lower()}")
    return text_in(language, "packfeel.say.ng", word=word) if answer.klass is Klass.NG else word


def _then(answer: Answer, then: NextThing, language: str, *, same: bool) -> str:
    if answer.expects is Expect.ITEM and then.count:
        if same:
            return text_in(language, "packfeel.say.left", count=then.count)
        return text_in(language, "packfeel.say.item", goods=then.variant, count=then.count)
    key = f"packfeel.say.next.{answer.expects.value}"
    return text_in(language, key) if known(key) else ""
