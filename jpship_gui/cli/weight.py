"""`jpship weight …`."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from jpship_gui.cli.output import Answer, Exit
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.pack import learned_weights, weights
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def read(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """What a scale's line means."""
    found = weights.reading(ws, arguments.text)
    if found is None:
        raise Refused("scale_text", text=arguments.text.strip()[:40])
    words = text("weight.moving") if found.grams is None else f"{found.grams:,} g"
    return Answer({"grams": found.grams}, (words,), Exit.PARTLY if found.grams is None else Exit.DONE)


def show(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """What a shipment's parcels should weigh and weighed."""
    found = weights.of_shipment(ws, arguments.key)
    lines = []
    for one in found:
        due = f"{one.due:,}" if one.due is not None else "－"
        grams = f"{one.grams:,}" if one.grams is not None else "－"
        lines.append(text("weight.line", parcel=one.parcel, due=due, tolerance=one.tolerance, grams=grams))
        if one.unknown:
            lines.append(f"    {text('weight.unknown', goods='・'.join(one.unknown))}")
        if one.unnoticed:
            lines.append(f"    {text('weight.unnoticed', goods='・'.join(one.unnoticed))}")
    return Answer([asdict(one) for one in found], tuple(lines))


def propose(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Weights of goods without one."""
    found = learned_weights.proposals(ws)
    lines = tuple(
        text(
            *("weight.proposal",),
            sku=one.sku,
            name=one.name,
            grams=one.grams,
            parcels=one.parcels,
            least=one.least,
            most=one.most,
        )
        for one in found
    )
    return Answer([asdict(one) for one in found], lines or (text("weight.no_proposal"),))


def set_weight(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Let goods weigh what is proposed, or so many grams."""
    grams = learned_weights.accept(ws, arguments.sku, arguments.grams)
    return Answer(
        {"sku": arguments.sku, "grams": grams}, (text("weight.set", sku=arguments.sku, grams=grams),)
    )
