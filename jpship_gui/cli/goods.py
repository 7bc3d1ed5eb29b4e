"""`jpship goods add` and `jpship goods import`: what the desk's scanner may read for a SKU."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from jpship_gui.cli.output import Answer, Exit
from jpship_gui.flows.upkeep import goods
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def add(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Let a bar code or alias stand for a SKU."""
    made = goods.teach(
        ws,
        arguments.code,
        arguments.sku,
        arguments.pieces,
        name=arguments.name,
        variant=arguments.variant,
        shelf=arguments.shelf,
    )
    return Answer(asdict(made), (text("cli.goods_added", code=made.code, sku=made.sku, count=made.quantity),))


def take(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Read a goods list from a file."""
    taken = goods.take_file(ws, Path(arguments.file))
    rejected = [
        {"line": line, "code": why, "text": text(f"fault.goods_{why}", code="")}
        for line, why in taken.rejected
    ]
    lines = [text("cli.goods_taken", count=taken.codes, file=arguments.file)]
    lines += [text("cli.rejected_line", line=row["line"], words=row["text"]) for row in rejected]
    document = {"file": arguments.file, "codes": taken.codes, "rejected": rejected}
    if rejected and not taken.codes:
        return Answer(document, tuple(lines), Exit.REFUSED)
    return Answer(document, tuple(lines), Exit.PARTLY if rejected else Exit.DONE)
