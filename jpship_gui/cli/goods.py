"""`jpship goods`: what the desk's scanner may read for a SKU, and which SKUs are sets."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from jpship_gui.cli.output import Answer, Exit
from jpship_gui.flows.upkeep import goods, goods_sets
from jpship_gui.flows.upkeep.goods_sets import Component, GoodsSet
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
        marks=arguments.marks,
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
    if taken.sets:
        lines.append(text("cli.sets_taken", count=taken.sets))
    lines += [text("cli.rejected_line", line=row["line"], words=row["text"]) for row in rejected]
    document = {"file": arguments.file, "codes": taken.codes, "sets": taken.sets, "rejected": rejected}
    if rejected and not (taken.codes or taken.sets):
        return Answer(document, tuple(lines), Exit.REFUSED)
    return Answer(document, tuple(lines), Exit.PARTLY if rejected else Exit.DONE)


def make_set(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Let a SKU open into components, or be goods of its own again."""
    if arguments.drop:
        goods_sets.drop_set(ws, arguments.sku)
        return Answer({"dropped": arguments.sku}, (text("cli.set_dropped", sku=arguments.sku),))
    parts = [_component(given) for given in arguments.components]
    made = goods_sets.teach_set(ws, arguments.sku, parts, arguments.name)
    return Answer(asdict(made), tuple(_set_lines(made)))


def list_sets(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """All sets with what is in them."""
    found = goods_sets.every_set(ws)
    lines = tuple(line for one in found for line in _set_lines(one)) or (text("cli.no_set"),)
    return Answer([asdict(one) for one in found], lines)


def _component(given: str) -> Component:
    """`SKU` or `SKU=PIECES`."""
    sku, sign, pieces = given.rpartition("=")
    if not sign:
        return Component(given)
    return Component(sku, int(pieces) if pieces.isdecimal() else 0)


def _set_lines(made: GoodsSet) -> list[str]:
    head = f"{made.sku}  {made.name}".rstrip()
    return [head, *(f"    {part.sku} ×{part.quantity}" for part in made.components)]
