"""Acts of the packing page that change how it works: several pieces at once, a slip once more, the end of the day."""

from __future__ import annotations

from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.outcomes import Expect
from jpship_gui.flows.pack.camera import has_camera
from jpship_gui.texts import text
from jpship_gui.ui.pack.acting import PageActs
from jpship_gui.ui.pack.asking import Choice

_PIECES = (2, 3, 4, 5, 6, 8, 10, 12, 24)  # one for each digit that answers


def free(page: PageActs) -> bool:
    """No NG stops the line."""
    return page.station is not None and not page.snapshot().state.locked


def idle(page: PageActs) -> bool:
    """No parcel is open and nothing is asked."""
    return page.station is not None and page.snapshot().state.idle


def wants_goods(page: PageActs) -> bool:
    """Goods are read next."""
    snapshot = page.snapshot()
    return snapshot.view is not None and snapshot.expects is Expect.ITEM


def can_reprint(page: PageActs) -> bool:
    """There is a slip to print again."""
    state = page.snapshot().state
    return free(page) and bool(state.shipment or state.last)


def choose_pieces(page: PageActs) -> None:
    """Ask how many pieces the next goods are."""
    options = [
        Choice(text("packmodes.pieces", pieces=n), n, code=code_of(Command.QTY, str(n))) for n in _PIECES
    ]
    page.choose(
        text("pack.command.qty"), options, lambda choice: page.command(Command.QTY, str(choice.value))
    )


def photo(page: PageActs) -> None:
    """Taken by the camera; where none is set up a person's key asks for a file, a code never does: it may be a scan."""
    if has_camera(page.desk.ws):
        page.command(Command.PHOTO)
    else:
        photo_of_a_file(page)


def photo_of_a_file(page: PageActs) -> None:
    """Of the open parcel, else of the last one: from a phone, a memory card, a folder."""
    state = page.snapshot().state
    page.photos.ask_files(state.shipment or state.last)
