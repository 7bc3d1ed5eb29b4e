"""What one scan of a hand-over sees, and what is decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from jpship_gui.domain.handover.state import State, Track
from jpship_gui.domain.handover.world import World
from jpship_gui.domain.packing.effects import Effect
from jpship_gui.domain.packing.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Found:
    """A decision before it is made an answer."""

    outcome: Outcome
    effects: tuple[Effect, ...] = ()
    reason: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    shipment: str = ""
    names: tuple[str, ...] = ()

    def after(self, *effects: Effect) -> Found:
        """The same decision with these effects before its own."""
        return replace(self, effects=(*effects, *self.effects))


@dataclass(frozen=True, slots=True)
class Now:
    """One scan's surroundings; `name_words` is the reason of a hold because another name stood on the waybill."""

    world: World
    track: Track
    name_words: str

    @property
    def state(self) -> State:
        """What the desk remembers."""
        return self.track.state
