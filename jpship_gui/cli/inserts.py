"""`jpship print inserts`."""

from __future__ import annotations

import argparse

from jpship_gui.cli.output import Answer, Exit
from jpship_gui.flows.workspace import Workspace


def list_inserts(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Every shop's rules for what goes along, and the lines of them that are not used, with why."""
    from jpship_gui.flows.pack.inserts import flaw_words, of_shop
    from jpship_gui.flows.upkeep.shops import every

    found, lines, wrong = [], [], False
    for shop in every(ws):
        rules, flaws = of_shop(ws, shop.name)
        words = [flaw_words(flaw) for flaw in flaws]
        found.append(
            {
                "shop": shop.name,
                "inserts": [rule.name for rule in rules],
                "flaws": [
                    {"line": flaw.line, "code": flaw.code, "word": flaw.word, "text": said}
                    for flaw, said in zip(flaws, words, strict=True)
                ],
            }
        )
        lines += [f"{shop.name}: {rule.name}" for rule in rules] + [f"{shop.name}: {said}" for said in words]
        wrong = wrong or bool(flaws)
    return Answer({"shops": found}, tuple(lines), Exit.PARTLY if wrong else Exit.DONE)
