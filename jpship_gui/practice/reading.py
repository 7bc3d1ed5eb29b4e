"""A packer who looks: where the desk asks whose name stands on a waybill, the answer is what stands there."""

from __future__ import annotations

from jpship_gui.domain.packing.session import Answer
from jpship_gui.flows.pack.desk import Desk


def read_waybill(desk: Desk, number: str) -> Answer:
    """Scan a waybill and answer the question that may follow."""
    answer = desk.scan(number)
    question = desk.session.state.question
    return desk.scan(str(question.right)) if question is not None and question.right else answer
