"""`jpship label-sheet …` and `jpship form …`."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from pathlib import Path

from jpship_gui.cli.output import Answer, columns
from jpship_gui.flows.paper import forms, stocks
from jpship_gui.flows.paper.forms import Offset
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def list_sheets(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Those of one's own first, each with how it is measured here."""
    found = stocks.stocks(ws)
    document = [
        {
            "id": one.id,
            "title": one.title,
            "labels": one.labels,
            "own": one.own,
            "maker": list(one.maker),
            **asdict(stocks.measured(ws, one.id)),
        }
        for one in found.values()
    ]
    rows = ((one.id, str(one.labels), one.title) for one in found.values())
    return Answer(document, columns(rows))


def take_sheets(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """From a file."""
    taken = stocks.add_stocks(ws, Path(arguments.file))
    return Answer({"taken": list(taken)}, (text("cli.sheets_taken", count=len(taken), ids=", ".join(taken)),))


def export_sheet(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """To a file."""
    stocks.export_stock(ws, arguments.sheet, Path(arguments.out))
    return _written(arguments.out)


def measure_sheet(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """What is not given stays."""
    sheet = stocks.stock(ws, arguments.sheet)
    given = {name: getattr(arguments, name) for name in ("x", "y", "scale", "padding", "first")}
    kept = replace(
        stocks.measured(ws, sheet.id), **{name: value for name, value in given.items() if value is not None}
    )
    stocks.keep_measured(ws, sheet.id, kept)
    shown = {"x": kept.x / 10, "y": kept.y / 10, "scale": kept.scale / 10}
    words = text("cli.sheet_measured", id=sheet.id, first=kept.first, **shown)
    return Answer({"id": sheet.id, **asdict(kept)}, (words,))


def list_forms(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """By name."""
    found = [(one, forms.offset_of(ws, one.id)) for one in forms.forms(ws)]
    document = [
        {"id": one.id, "name": one.name, "paper": one.paper, "fields": len(one.fields), **asdict(offset)}
        for one, offset in found
    ]
    rows = (
        (one.id, one.name, one.paper, f"{offset.x / 10:+g} {offset.y / 10:+g} mm") for one, offset in found
    )
    return Answer(document, columns(rows))


def take_form(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """From a file, as a form of its own."""
    made = forms.import_form(ws, Path(arguments.file))
    words = text("cli.form_taken", id=made.id, name=made.name, count=len(made.fields))
    return Answer({"id": made.id, "name": made.name, "fields": len(made.fields)}, (words,))


def write_form(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """To a file."""
    forms.export_form(ws, arguments.form, Path(arguments.out))
    return _written(arguments.out)


def remove_form(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """With how it was measured."""
    name = forms.form(ws, arguments.form).name
    forms.delete_form(ws, arguments.form)
    return Answer({"id": arguments.form}, (text("cli.form_removed", name=name),))


def offset_form(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """What is not given stays."""
    old = forms.offset_of(ws, arguments.form)
    kept = Offset(
        old.x if arguments.x is None else arguments.x, old.y if arguments.y is None else arguments.y
    )
    forms.keep_offset(ws, arguments.form, kept)
    words = text("cli.form_offset", id=arguments.form, x=kept.x / 10, y=kept.y / 10)
    return Answer({"id": arguments.form, **asdict(kept)}, (words,))


def _written(file: str) -> Answer:
    return Answer({"file": file}, (text("cli.file_written", file=file),))
