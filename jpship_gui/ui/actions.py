"""Every act of the window once: id, words, key, icon. Menus, key caps, help and shortcuts come from this list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from jpship_gui.texts import text


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `key` is its shortcut ("" = none); `where` is empty when it has a shortcut in the whole window, else the
    part of the window that handles the key itself (`table`, `pack`) and the act is only listed in the help."""

    id: str
    key: str = ""
    icon: str = ""
    group: str = "orders"
    where: str = ""

    @property
    def words(self) -> str:
        """Key of its words."""
        return f"act.{self.id}"


ACTS: tuple[Act, ...] = (
    Act("help", "F1", "keyboard", "window"),
    Act("pack", "F2", "barcode", "stages"),
    Act("next_problem", "F3", "arrow-down", "check"),
    Act("previous_problem", "Shift+F3", "arrow-up", "check"),
    Act("fetch", "F5", "refresh", "intake"),
    Act("open_file", "Ctrl+O", "folder-open", "intake"),
    Act("enter_order", "Ctrl+N", "pencil", "intake"),
    Act("save_here", "Ctrl+S", "device-floppy", "intake", "intake"),
    Act("repair_1", "Alt+1", "", "check"),
    Act("repair_2", "Alt+2", "", "check"),
    Act("repair_3", "Alt+3", "", "check"),
    Act("approve", "Ctrl+K", "check", "check"),
    Act("hold", "Ctrl+H", "player-pause", "check"),
    Act("release", "Ctrl+Shift+H", "player-play", "check"),
    Act("bundle", "Ctrl+B", "layers-linked", "plan"),
    Act("keep_apart", "Ctrl+Shift+B", "packages", "plan"),
    Act("bundle_all", "Ctrl+Shift+Return", "checks", "plan"),
    Act("split", "Ctrl+D", "arrows-split", "plan"),
    Act("choose_service", "Ctrl+L", "truck", "plan"),
    Act("wait", "Ctrl+Shift+W", "player-pause", "plan"),
    Act("ship_now", "Ctrl+Shift+G", "player-play", "plan"),
    Act("void_destroyed", "Ctrl+Shift+D", "trash", "plan"),
    Act("split_put", "+", "", "plan", "split"),
    Act("split_take", "-", "", "plan", "split"),
    Act("split_add", "Ins", "", "plan", "split"),
    Act("split_drop", "Del", "", "plan", "split"),
    Act("next_tab", "Ctrl+Tab", "", "plan"),
    Act("previous_tab", "Ctrl+Shift+Tab", "", "plan"),
    Act("print_slips", "Ctrl+P", "printer", "paper"),
    Act("preview_slips", "Ctrl+Shift+P", "eye", "paper"),
    Act("carrier_export", "Ctrl+E", "file-download", "paper"),
    Act("take_numbers", "Ctrl+I", "file-import", "paper"),
    Act("track", "Ctrl+T", "barcode", "paper"),
    Act("send", "Ctrl+Return", "send", "confirm"),
    Act("search", "Ctrl+F", "search", "orders"),
    Act("tick", "Space", "", "orders", "table"),
    Act("tick_all", "Ctrl+A", "", "orders", "table"),
    Act("detail", "Return", "", "orders", "table"),
    Act("copy", "Ctrl+C", "copy", "orders", "table"),
    Act("resend", "Ctrl+R", "rotate", "orders"),
    Act("change_entry", "Ctrl+M", "edit", "orders"),
    Act("cancel_entry", "Ctrl+Del", "ban", "orders"),
    Act("back", "Esc", "", "window", "window"),
    Act("undo", "Ctrl+Z", "arrow-back-up", "window"),
    Act("options", "Ctrl+,", "settings", "window"),
    Act("stage_all", "Ctrl+Shift+L", "stack-2", "stages"),
    Act("stage_intake", "Ctrl+1", "file-import", "stages"),
    Act("stage_check", "Ctrl+2", "clipboard-check", "stages"),
    Act("stage_plan", "Ctrl+3", "route", "stages"),
    Act("stage_paper", "Ctrl+4", "printer", "stages"),
    Act("stage_pack", "Ctrl+5", "barcode", "stages"),
    Act("stage_handover", "Ctrl+6", "truck-loading", "stages"),
    Act("stage_confirm", "Ctrl+7", "send", "stages"),
    Act("stage_follow", "Ctrl+8", "map-pin", "stages"),
    Act("stage_cases", "Ctrl+9", "lifebuoy", "stages"),
    Act("stage_figures", "Ctrl+0", "chart-bar", "stages"),
    Act("track_many", "Ctrl+Shift+N", "keyboard", "paper"),
    Act("tape", "Ctrl+Shift+T", "list-details", "pack"),
    Act("pack_acknowledge", "F4", "", "pack", "pack"),
    Act("pack_tick", "*", "", "pack", "pack"),
    Act("pack_undo", "-", "", "pack", "pack"),
    Act("pack_hold", "/", "", "pack", "pack"),
    Act("pack_acts", "F9", "", "pack", "pack"),
)
GROUPS = ("stages", "intake", "orders", "check", "plan", "paper", "pack", "confirm", "window")
_BY_ID: Mapping[str, Act] = {act.id: act for act in ACTS}

_SHOWN = {"Return": "Enter"}


def act(act_id: str) -> Act:
    """The act of that id; KeyError is a bug."""
    return _BY_ID[act_id]


def key_cap(act_id: str) -> str:
    """The shortcut as a key cap shows it: `Ctrl+Enter`, `F3`."""
    key = _BY_ID[act_id].key
    return "+".join(_SHOWN.get(part, part) for part in key.split("+")) if len(key) > 1 else key


@dataclass(frozen=True, slots=True)
class Handler:
    """What an act does where it is offered, and whether it may be done now."""

    run: Callable[[], None]
    allowed: Callable[[], bool] = lambda: True


class Actions(QObject):
    """QActions of one window. The window and the page in sight each offer handlers; the page's come first."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window: Mapping[str, Handler] = {}
        self._page: Mapping[str, Handler] = {}
        self._made: dict[str, QAction] = {}
        for each in ACTS:
            if not each.where:
                self._made[each.id] = self._make(each, window)
        self.retranslate()

    def _make(self, each: Act, window: QWidget) -> QAction:
        made = QAction(self)
        made.setObjectName(each.id)
        if each.key:
            keys = [QKeySequence(each.key)]
            if each.key == "Ctrl+Return":
                keys.append(QKeySequence("Ctrl+Enter"))
            made.setShortcuts(keys)
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        made.setAutoRepeat(each.id in ("next_problem", "previous_problem"))
        made.triggered.connect(self._triggered)
        window.addAction(made)
        return made

    def offer_everywhere(self, handlers: Mapping[str, Handler]) -> None:
        """The window's own acts."""
        self._window = handlers
        self.refresh()

    def offer(self, handlers: Mapping[str, Handler]) -> None:
        """The acts of the page that is shown now."""
        self._page = handlers
        self.refresh()

    def refresh(self) -> None:
        """Ask every handler again whether it is allowed."""
        for act_id, made in self._made.items():
            handler = self._handler(act_id)
            made.setEnabled(handler is not None and handler.allowed())

    def allowed(self, act_id: str) -> bool:
        """Whether the act would do something now."""
        handler = self._handler(act_id)
        return handler is not None and handler.allowed()

    def run(self, act_id: str) -> None:
        """Do it, if it is offered and allowed."""
        handler = self._handler(act_id)
        if handler is not None and handler.allowed():
            handler.run()

    def qaction(self, act_id: str) -> QAction:
        """For menus: words, icon-less, with its key."""
        return self._made[act_id]

    def retranslate(self) -> None:
        """Words of all acts."""
        for act_id, made in self._made.items():
            made.setText(text(_BY_ID[act_id].words))

    def _handler(self, act_id: str) -> Handler | None:
        return self._page.get(act_id) or self._window.get(act_id)

    def _triggered(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.run(sender.objectName())
