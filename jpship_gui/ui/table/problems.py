"""The orders that need a person, gone through one after the other."""

from __future__ import annotations

from array import array


class Problems:
    """Row ids in the order of the attention view."""

    def __init__(self) -> None:
        self.ids: array[int] = array("q")

    def place(self, row_id: int) -> int:
        """Which of them it is, from 1; 0 = none."""
        try:
            return self.ids.index(row_id) + 1
        except ValueError:
            return 0

    def beside(self, row_id: int, step: int) -> int:
        """The one a step on from here, round and round; 0 where there are none."""
        if not self.ids:
            return 0
        place = self.place(row_id)
        if not place:
            return self.ids[0 if step > 0 else -1]
        return self.ids[(place - 1 + step) % len(self.ids)]
