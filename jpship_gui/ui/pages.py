"""The pages of the window, in the order of the rail; each is made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jpship_gui.ui.desk import Desk
from jpship_gui.ui.page import Page


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One place of the rail. `make` is None for what a later version brings; `shares` names the page it is a view of,
    with `hint` for it; `counter` is a key of the counters and `loud` the ink it takes when not 0."""

    id: str
    digit: str
    icon: str
    make: Callable[[Desk], Page] | None = None
    counter: str = ""
    loud: str = ""
    shares: str = ""
    hint: object = None
    gap: bool = False  # a line above it
    rail: bool = True

    @property
    def words(self) -> str:
        """Key of its words."""
        return f"stage.{self.id}"


def _orders(desk: Desk) -> Page:
    from jpship_gui.ui.table.page import OrdersPage

    return OrdersPage(desk)


def _intake(desk: Desk) -> Page:
    from jpship_gui.ui.intake.page import IntakePage

    return IntakePage(desk)


def _paper(desk: Desk) -> Page:
    from jpship_gui.ui.paper.page import PaperPage

    return PaperPage(desk)


def _options(desk: Desk) -> Page:
    from jpship_gui.ui.options.page import OptionsPage

    return OptionsPage(desk)


def _profiles(desk: Desk) -> Page:
    from jpship_gui.ui.profiles.page import ProfilesPage

    return ProfilesPage(desk)


def _layouts(desk: Desk) -> Page:
    from jpship_gui.ui.layouts.page import LayoutsPage

    return LayoutsPage(desk)


def _receipts(desk: Desk) -> Page:
    from jpship_gui.ui.receipts.page import ReceiptsPage

    return ReceiptsPage(desk)


def _entry(desk: Desk) -> Page:
    from jpship_gui.ui.entry.page import EntryPage

    return EntryPage(desk)


def _tape(desk: Desk) -> Page:
    from jpship_gui.ui.tape.page import TapePage

    return TapePage(desk)


def _confirm(desk: Desk) -> Page:
    from jpship_gui.ui.confirm.page import ConfirmPage

    return ConfirmPage(desk)


def _plan(desk: Desk) -> Page:
    from jpship_gui.ui.plan.page import PlanPage

    return PlanPage(desk)


def _handover(desk: Desk) -> Page:
    from jpship_gui.ui.handover.page import HandoverPage

    return HandoverPage(desk)


def _pack(desk: Desk) -> Page:
    from jpship_gui.ui.pack.page import PackPage

    return PackPage(desk)


PAGES: tuple[PageSpec, ...] = (
    PageSpec("all", "", "stack-2", _orders, "open"),
    PageSpec("intake", "1", "file-import", _intake, "new_files", gap=True),
    PageSpec(
        "check",
        "2",
        "clipboard-check",
        counter="attention",
        loud="rail_attention",
        shares="all",
        hint="attention",
    ),
    PageSpec("plan", "3", "route", _plan),
    PageSpec("paper", "4", "printer", _paper, "stage:print"),
    PageSpec("pack", "5", "barcode", _pack, "stage:pack"),
    PageSpec("handover", "6", "truck-loading", _handover),
    PageSpec("confirm", "7", "send", _confirm, "unsent"),
    PageSpec("follow", "8", "map-pin", gap=True),
    PageSpec("cases", "9", "lifebuoy"),
    PageSpec("figures", "0", "chart-bar", gap=True),
    PageSpec("options", "", "settings", _options, rail=False),
    PageSpec("profiles", "", "columns-3", _profiles, rail=False),
    PageSpec("receipts", "", "receipt", _receipts, rail=False),
    PageSpec("layouts", "", "file-description", _layouts, rail=False),
    PageSpec("entry", "", "keyboard", _entry, rail=False),
    PageSpec("tape", "", "list-details", _tape, rail=False),
)
