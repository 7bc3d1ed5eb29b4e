"""CK-08: what a buyer really wrote holds the shipment until somebody has read it."""

from __future__ import annotations

from jpship_gui.domain.problem import Problem, Repair, Severity
from jpship_gui.domain.remarks import find_wish, highlights
from jpship_gui.domain.rules.subject import CheckInput, Surroundings


def remark_unread(subject: CheckInput, around: Surroundings) -> list[Problem]:
    """`values`: the text, `marks` as `start-end:kind` joined by blanks, and the wish found in it (`day`, `slot`)."""
    text = subject.order.buyer_text.strip()
    if not text or subject.remark_read:
        return []
    marks = highlights(text, around.remark_words)
    values = {"text": text, "marks": " ".join(f"{m.start}-{m.end}:{m.kind}" for m in marks)}
    repairs = [Repair("mark_read")]
    found = find_wish(text, around.today)
    if found is not None and (found.wish.day, found.wish.slot) != (subject.wish.day, subject.wish.slot):
        day = found.wish.day or subject.wish.day
        wish = {
            "day": day.isoformat() if day else "",
            "slot": found.wish.slot or subject.wish.slot,
            "text": found.wish.text,
        }
        values |= {"wish": found.wish.text, "day": wish["day"], "slot": wish["slot"]}
        values["wish_marks"] = " ".join(f"{start}-{end}" for start, end in found.spans)
        repairs.insert(0, Repair("copy_wish", wish))
    return [Problem("remark_unread", Severity.BLOCK, "remark", values, tuple(repairs))]
