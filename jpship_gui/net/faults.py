"""What can go wrong between us and a remote site, in words the callers decide by.

For a write the difference between `Unreachable` (nothing was sent) and `Unanswered` (it may have taken effect) is
everything: the first may be tried again at once, the second only after reading back.
"""

from __future__ import annotations

from jpship_gui.domain.fault import Refused, WorldFault


class Unreachable(WorldFault):
    """No connection came about; the other side has seen nothing of the request."""


class Unanswered(WorldFault):
    """The request left, and no proper answer came: cut, timed out, or a server fault. Its effect is unknown."""


class Throttled(WorldFault):
    """The site asked for fewer calls and did nothing."""


class Unauthorised(Refused):
    """The site knows neither us nor our key any more, or does not allow this function; it did nothing."""
