"""`jpship carrier filter list|show|fields|export|check|import|back|reset`."""

from __future__ import annotations

import argparse
from pathlib import Path

from jpship_gui.cli.output import Answer, Exit, columns, fault_text
from jpship_gui.domain.clock import to_jst
from jpship_gui.flows.upkeep import carrier_filters
from jpship_gui.flows.upkeep.carrier_filters import Filter, Kept, to_data, to_text
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def list_filters(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Slot by slot, shop by shop."""
    found = carrier_filters.every(ws, arguments.shop)
    rows = [
        (one.slot, one.shop, one.filter.title, str(len(one.filter.columns)), _whose(one)) for one in found
    ]
    return Answer(
        [_listed(one) for one in found],
        (*columns(rows), text("filter_cli.start", names=", ".join(carrier_filters.starts()))),
    )


def _whose(one: Kept) -> str:
    if one.at is None:
        return text("filter_cli.standard")
    at = f"{to_jst(one.at):%Y-%m-%d %H:%M}"
    return text("filter_cli.own", version=one.filter.version, person=one.person, at=at)


def _listed(one: Kept) -> dict[str, object]:
    return {
        "slot": one.slot,
        "shop": one.shop,
        "id": one.filter.id,
        "title": one.filter.title,
        "columns": len(one.filter.columns),
        "own": one.own,
        "version": one.filter.version if one.own else 0,
        "at": one.at.isoformat() if one.at else None,
        "person": one.person,
        "before": list(one.before),
    }


def list_fields(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Our field, the tool's own word for it, and which way it goes."""
    found = carrier_filters.fields()
    document = [{"id": one.id, "name": one.name, "kind": one.kind, "way": one.way} for one in found]
    return Answer(document, columns((one.id, one.way, one.name) for one in found))


def show(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """A filter as its file would be."""
    found = carrier_filters.show(ws, arguments.name, arguments.shop)
    return Answer(to_data(found), tuple(to_text(found).rstrip("\n").split("\n")))


def export(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Write a filter to a file."""
    found = carrier_filters.export(ws, arguments.name, Path(arguments.out), arguments.shop)
    words = text("filter_cli.exported", title=found.title, file=arguments.out)
    return Answer({"file": arguments.out, **to_data(found)}, (words,))


def check(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Say everything that is wrong with a filter's file."""
    flaws = carrier_filters.check(carrier_filters.read(Path(arguments.file)))
    words = [fault_text(flaw) for flaw in flaws]
    document = [{"code": flaw.code, "text": said} for flaw, said in zip(flaws, words, strict=True)]
    lines = words or [text("filter_cli.sound")]
    return Answer({"flaws": document}, tuple(lines), Exit.REFUSED if flaws else Exit.DONE)


def take(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Use a filter from a file."""
    found = carrier_filters.read(Path(arguments.file))
    kept = carrier_filters.save(ws, found, arguments.shop, instead=arguments.replace)
    return _saved(ws, kept, arguments)


def go_back(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Use an earlier version again."""
    return _saved(
        ws, carrier_filters.go_back(ws, arguments.slot, arguments.version, arguments.shop), arguments
    )


def _saved(ws: Workspace, kept: Filter, arguments: argparse.Namespace) -> Answer:
    names = arguments.shop or [one.shop for one in carrier_filters.every(ws) if one.slot == kept.slot]
    values = {"slot": kept.slot, "title": kept.title, "version": kept.version}
    words = text("filter_cli.saved", shops="・".join(names), **values)
    return Answer({**values, "shops": list(names)}, (words,))


def reset(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Use the standard again."""
    names = carrier_filters.reset(ws, arguments.slot, arguments.shop)
    words = text("filter_cli.reset", slot=arguments.slot, shops="・".join(names))
    return Answer({"slot": arguments.slot, "shops": list(names)}, (words,))
