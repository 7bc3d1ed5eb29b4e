"""`jpship layout list|show|copy|import|export|assign|versions|back|remove`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from jpship_gui.cli.output import Answer, columns, fault_text
from jpship_gui.flows.paper import layouts
from jpship_gui.flows.paper.layouts import Listed
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def list_layouts(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Those of the build first."""
    found = layouts.every(ws, arguments.kind)
    rows = ((one.id, one.name, _standing(one), "・".join(one.shops)) for one in found)
    return Answer([_listed(one) for one in found], columns(rows))


def _standing(one: Listed) -> str:
    if one.fault is not None:
        return fault_text(one.fault)
    return text("cli.layout_own", version=one.version) if one.own else text("cli.layout_ready")


def _listed(one: Listed) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "name": one.name,
        "own": one.own,
        "version": one.version,
        "form": one.form,
        "at": one.at,
        "person": one.person,
        "shops": list(one.shops),
        "error": None if one.fault is None else {"code": one.fault.code, "text": fault_text(one.fault)},
    }


def show(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """A layout as its file would be."""
    found = layouts.show(ws, arguments.kind, layouts.find(ws, arguments.kind, arguments.layout))
    shown = layouts.file_text(found)
    return Answer({"text": shown}, tuple(shown.rstrip("\n").split("\n")))


def copy(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Keep a copy under another name."""
    source = layouts.find(ws, arguments.kind, arguments.layout)
    return _kept(ws, arguments.kind, layouts.copy(ws, arguments.kind, source, arguments.name))


def take(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Keep a layout from a file."""
    path = Path(arguments.file)
    return _kept(ws, layouts.read_file(path).kind, layouts.import_file(ws, path, arguments.name))


def _kept(ws: Workspace, kind: str, layout_id: str) -> Answer:
    made = next(one for one in layouts.every(ws, kind) if one.id == layout_id)
    words = text("cli.layout_kept", id=made.id, name=made.name, version=made.version)
    return Answer(_listed(made), (words,))


def export(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Write a layout to a file."""
    found = layouts.find(ws, arguments.kind, arguments.layout)
    layouts.export(ws, arguments.kind, found, Path(arguments.out))
    words = text("cli.layout_exported", name=arguments.layout, file=arguments.out)
    return Answer({"id": found, "file": arguments.out}, (words,))


def assign(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Let a shop use a layout."""
    found = layouts.find(ws, arguments.kind, arguments.layout)
    layouts.assign(ws, arguments.kind, arguments.shop, found)
    words = text("cli.layout_assigned", shop=arguments.shop, name=arguments.layout)
    return Answer({"id": found, "shop": arguments.shop}, (words,))


def list_versions(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """The newest first."""
    found = layouts.versions(ws, layouts.find(ws, arguments.kind, arguments.layout))
    rows = ((str(one.version), f"{one.at:%Y-%m-%d %H:%M}" if one.at else "", one.person) for one in found)
    return Answer([_listed(one) for one in found], columns(rows))


def back(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Make an older version the newest again."""
    found = layouts.find(ws, arguments.kind, arguments.layout)
    return _kept(ws, arguments.kind, layouts.take_back(ws, found, arguments.version))


def remove(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Forget an own layout."""
    found = layouts.find(ws, arguments.kind, arguments.layout)
    layouts.remove(ws, found)
    return Answer({"removed": found}, (text("cli.layout_removed", name=arguments.layout),))
