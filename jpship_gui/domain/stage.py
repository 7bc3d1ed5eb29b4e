"""Facts about a shipment, kept apart, and the one word derived from them (features: life cycle)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Mark:
    """When (aware, UTC) and by whom a fact came true; `how` carries its manner (proof kind, typed, scanned, file)."""

    at: datetime
    person: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """The eight facts of one shipment; None = not (yet) true."""

    printed: Mark | None = None
    checked: Mark | None = None
    linked: Mark | None = None
    verified: Mark | None = None
    handed_over: Mark | None = None
    sent: Mark | None = None
    accepted: Mark | None = None
    carrier_accepted: Mark | None = None


FACT_NAMES: tuple[str, ...] = tuple(f.name for f in fields(Facts))


class Stage(StrEnum):
    """The derived word. The order of members is the order of life."""

    CANCELLED = "cancelled"
    HOLD = "hold"  # a person put it on hold, the source changed after printing, or one it is packed with stops it
    CHECK = "check"  # problems wait for a person
    WAITING = "waiting"  # not yet released by the marketplace, or kept back for a later wished day
    PRINT = "print"
    PACK = "pack"
    VERIFY = "verify"  # linked, not verified
    CONFIRM = "confirm"  # proven, not yet told to the marketplace
    PACKED = "packed"  # proven, and nobody is to be told: the desk is done with it
    HANDED_OVER = "handed_over"  # the same, and the driver took it
    SENT = "sent"  # told, answer or the marketplace's own move awaited
    ACCEPTED = (
        "accepted"  # the marketplace took it ("reported"); may still call it unshipped until its nightly run
    )
    SHIPPED = "shipped"  # the marketplace itself says shipped
    NOT_OURS = "not_ours"  # fulfilled elsewhere, or already shipped when first seen


@dataclass(frozen=True, slots=True)
class Standing:
    """What besides the facts decides the stage."""

    cancelled: bool = False
    hold: bool = False
    blocked: bool = False
    releasable: bool = True  # the marketplace allows shipping
    shipped_at_source: bool = False
    not_ours: bool = False
    confirms: bool = True  # False: there is no marketplace to be told
    waits: bool = False  # kept back until a day
    bundle_stopped: bool = False  # something is wrong with a shipment it is packed with


def stage_of(facts: Facts, standing: Standing) -> Stage:
    """The first line that holds, from the strongest claim down."""
    if standing.not_ours:
        return Stage.NOT_OURS
    if facts.accepted is not None:
        return Stage.SHIPPED if standing.shipped_at_source else Stage.ACCEPTED
    if standing.cancelled:
        return Stage.CANCELLED
    if standing.shipped_at_source:
        return Stage.SHIPPED
    if facts.sent is not None:
        return Stage.SENT
    if standing.hold:
        return Stage.HOLD
    if standing.blocked:
        return Stage.CHECK
    if not standing.releasable or standing.waits:
        return Stage.WAITING
    if standing.bundle_stopped:
        return Stage.HOLD
    if facts.verified is not None:
        return _proven(facts, standing)
    if facts.linked is not None:
        return Stage.VERIFY
    return Stage.PACK if facts.printed is not None else Stage.PRINT


def _proven(facts: Facts, standing: Standing) -> Stage:
    """What is left for a proven shipment: the marketplace is told, or, where there is none, nothing."""
    if standing.confirms:
        return Stage.CONFIRM
    return Stage.PACKED if facts.handed_over is None else Stage.HANDED_OVER
