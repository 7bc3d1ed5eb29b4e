"""`jpship bundle`, `unbundle`, `bundle-candidates`, `split`, `void-waybills`: which goods travel in which parcel."""

from __future__ import annotations

import argparse
import re
from typing import Any

from jpship_gui.cli.output import Answer, columns, moment
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.check.together import candidates
from jpship_gui.flows.plan import bundle as bundles
from jpship_gui.flows.plan import split as splitting
from jpship_gui.flows.plan import void
from jpship_gui.flows.plan.bundle import Bundled
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text

_PIECES = re.compile(r"(\d{1,4})[x×*](\d{1,6})")


def bundle(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Let orders travel in one parcel."""
    return _bundled(bundles.bundle(ws, arguments.keys, reason=arguments.reason, agreed=arguments.agree))


def unbundle(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Take an order out of its bundle, or the whole bundle apart."""
    return _bundled(bundles.unbundle(ws, arguments.key, reason=arguments.reason))


def list_candidates(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Orders to one recipient that may travel in one parcel."""
    found = candidates(ws)
    document = [
        {
            "keys": list(one.keys),
            "orders": [
                {"marketplace": order.marketplace, "shop": order.shop, "order": order.number}
                for order in one.orders
            ],
            "recipient": one.recipient,
            "doubts": [{"code": code, "text": text(f"bundle.doubt.{code}")} for code in one.doubts],
        }
        for one in found
    ]
    lines = [
        "  ".join(
            (
                " ".join(one.keys),
                one.recipient,
                "・".join(order.number for order in one.orders),
                "・".join(text(f"bundle.doubt.{code}") for code in one.doubts),
            )
        ).rstrip()
        for one in found
    ]
    return Answer(document, (*lines, text("cli.candidates", count=len(found))))


def split(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Let a shipment travel in several parcels."""
    lines = [_box(number, words) for number, words in enumerate(arguments.lines, start=1)]
    made = splitting.split(ws, arguments.key, arguments.parcels, lines=lines, reason=arguments.reason)
    document = {
        "key": made.key,
        "parcels": [
            {
                "key": parcel.key,
                "contents": [
                    {"key": content.shipment, "line": content.line_id, "quantity": content.quantity}
                    for content in made.contents.get(parcel.key, ())
                ],
            }
            for parcel in made.parcels
        ],
    }
    lines_shown = [
        f"{parcel.key}  " + " ".join(f"{c.line_id}×{c.quantity}" for c in made.contents.get(parcel.key, ()))
        for parcel in made.parcels
    ]
    return Answer(document, tuple(line.rstrip() for line in lines_shown))


def _box(number: int, words: str) -> dict[int, int]:
    """`1x2,3x1`: two pieces of the first line, one of the third; Refused("split_form")."""
    found: dict[int, int] = {}
    for part in words.split(","):
        read = _PIECES.fullmatch(part.strip())
        if read is None:
            raise Refused("split_form", box=number, words=words)
        place, pieces = int(read[1]), int(read[2])
        found[place] = found.get(place, 0) + pieces
    return found


def void_waybills(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Waybills that must not be used any more; tick off destroyed ones."""
    ticked = void.destroyed(ws, arguments.destroyed) if arguments.destroyed else ()
    listed = void.void_waybills(ws)
    document = {
        "destroyed": list(ticked),
        "void": [
            {
                "parcel": one.parcel,
                "number": one.number,
                "carrier": one.carrier,
                "order": one.order,
                "recipient": one.recipient,
                "why": one.why,
                "at": one.at,
                "person": one.person,
            }
            for one in listed
        ],
    }
    rows = [
        (one.parcel, one.number, one.order, one.recipient, text(f"void.why.{one.why}"), moment(one.at))
        for one in listed
    ]
    return Answer(document, (*columns(rows), text("cli.voids", count=len(listed))))


def _bundled(made: Bundled) -> Answer:
    document: dict[str, Any] = {
        "leader": made.leader,
        "keys": list(made.keys),
        "orders": [
            {"marketplace": order.marketplace, "shop": order.shop, "order": order.number}
            for order in made.orders
        ],
    }
    if not made.keys:
        return Answer(document, (text("cli.travels_alone"),))
    orders = "・".join(order.number for order in made.orders)
    words = text("cli.travels_together", count=len(made.keys), leader=made.leader, orders=orders)
    return Answer(document, (words,))
