"""`jpship profile list|show|copy|import|export|remove|try`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jpship_gui.cli.intake import rejected_text
from jpship_gui.cli.output import Answer, Exit, columns, fault_text
from jpship_gui.domain.order import Order
from jpship_gui.flows.upkeep import profiles
from jpship_gui.flows.upkeep.profiles import Listed, Profile, Trial
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def list_profiles(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Own ones first."""
    found = profiles.every(ws)
    rows = (
        (one.id, one.title, _kind(one), _abilities(one), one.grade, "・".join(one.shops)) for one in found
    )
    return Answer([_listed(one) for one in found], columns(rows))


def _kind(one: Listed) -> str:
    return text("cli.profile_own", version=one.version) if one.own else text("cli.profile_ready")


def _abilities(one: Listed) -> str:
    if one.fault is not None:
        return fault_text(one.fault)
    able = [word for word, has in (("orders_file", one.reads), ("confirm_file", one.writes)) if has]
    return ", ".join(able) or "-"


def _listed(one: Listed) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "own": one.own,
        "version": one.version,
        "grades": asdict(one.grades),
        "reads": one.reads,
        "writes": one.writes,
        "base": one.base,
        "shops": list(one.shops),
        "error": None if one.fault is None else {"code": one.fault.code, "text": fault_text(one.fault)},
    }


def show(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """A profile as its file would be."""
    found = profiles.show(ws, arguments.id)
    return Answer(profiles.data_of(found), tuple(profiles.text_of(found).rstrip("\n").split("\n")))


def copy(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Keep a copy under an id of its own."""
    return _kept(profiles.copy(ws, arguments.id, arguments.new_id, arguments.title))


def take(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Keep a profile from a file."""
    found = profiles.import_file(ws, Path(arguments.file), arguments.new_id, instead=arguments.replace)
    return _kept(found)


def _kept(found: Profile) -> Answer:
    document = {"id": found.id, "title": found.title, "version": found.version}
    words = text("cli.profile_kept", id=found.id, title=found.title, version=found.version)
    return Answer(document, (words,))


def export(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Write a profile to a file."""
    profiles.export(ws, arguments.id, Path(arguments.out))
    words = text("cli.profile_exported", id=arguments.id, file=arguments.out)
    return Answer({"id": arguments.id, "file": arguments.out}, (words,))


def remove(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Forget an own profile."""
    profiles.remove(ws, arguments.id)
    return Answer({"id": arguments.id, "removed": True}, (text("cli.profile_removed", id=arguments.id),))


def try_file(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """The first ten orders, and what was mended and refused."""
    path = Path(arguments.id)
    profile = profiles.read_profile(path) if path.suffix == ".toml" else profiles.show(ws, arguments.id)
    trial = profiles.try_file(ws, profile, [Path(name) for name in arguments.files])
    if trial.fault is not None:
        raise trial.fault
    taken = Exit.PARTLY if trial.rejections else Exit.DONE
    return Answer(_trial(trial), tuple(_trial_lines(trial)), taken if trial.count else Exit.REFUSED)


def _trial(trial: Trial) -> dict[str, Any]:
    return {
        "file": trial.name,
        "encoding": trial.encoding,
        "rows": trial.rows,
        "orders": trial.count,
        "lines": trial.lines,
        "repaired": [asdict(damage) for damage in trial.damages],
        "refused_rows": trial.refused_rows,
        "rejected": [asdict(rejection) for rejection in trial.rejections],
        "absent_columns": list(trial.absent_columns),
        "recognised": trial.recognised,
        "seems": trial.seems,
        "first": [_order(order) for order in trial.orders],
    }


def _order(order: Order) -> dict[str, Any]:
    return {
        "number": order.id.number,
        "state": order.state.value,
        "ordered_at": order.ordered_at,
        "recipients": [
            {
                "name": package.recipient.name,
                "postal_code": package.recipient.postal_code,
                "address": package.recipient.address,
                "phone": package.recipient.phone,
            }
            for package in order.packages
        ],
        "lines": [
            {"sku": line.sku, "name": line.name, "variant": line.variant, "quantity": line.quantity}
            for line in order.lines
        ],
        "findings": [finding.code for finding in order.findings],
    }


def _trial_lines(trial: Trial) -> list[str]:
    lines = [
        text(
            "cli.profile_tried",
            file=trial.name,
            rows=trial.rows,
            orders=trial.count,
            lines=trial.lines,
            repaired=trial.repaired,
            refused=trial.refused_rows,
        )
    ]
    if not trial.recognised:
        lines.append(text("cli.profile_not_recognised", seems=trial.seems or "-"))
    if trial.absent_columns:
        lines.append(text("intake.warning.columns_absent", columns="・".join(trial.absent_columns)))
    for order in trial.orders:
        who = order.packages[0].recipient if order.packages else None
        goods = "・".join(f"{line.name} {line.variant}".strip() + f"×{line.quantity}" for line in order.lines)
        address = f"{who.name} 〒{who.postal_code} {who.address} {who.phone}" if who else ""
        lines.append(f"{order.id.number}  {address}  {goods}")
    for rejection in trial.rejections:
        words = rejected_text(rejection.code, rejection.value)
        lines.append(text("cli.rejected_row", line=rejection.line, column=rejection.column, words=words))
    return lines
