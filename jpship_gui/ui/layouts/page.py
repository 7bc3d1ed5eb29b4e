"""Layouts: which there are, what one says, and the page it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.paper import layouts
from jpship_gui.flows.paper.layout_preview import SAMPLES, shop_names
from jpship_gui.flows.paper.layouts import Layout, Listed
from jpship_gui.texts import text
from jpship_gui.ui import file_dialog, names
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.layouts import vector
from jpship_gui.ui.layouts.form import LayoutForm
from jpship_gui.ui.layouts.list_side import ListSide
from jpship_gui.ui.layouts.preview_pane import PreviewPane
from jpship_gui.ui.page import Page
from jpship_gui.ui.widgets import foot_bar
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Hairline, Panel

_LIST, _FORM = 264, 500
_IMAGES = "PNG, JPEG, SVG (*.png *.jpg *.jpeg *.svg)"


@dataclass(frozen=True, slots=True)
class _Read:
    kind: str
    found: tuple[Listed, ...]
    shops: tuple[str, ...]
    current: str
    layout: Layout
    usual: dict[str, str]
    shop: str


class LayoutsPage(Page):
    """Hints: the kind of paper (`slip`, `receipt`, …)."""

    title = "stage.layouts"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._kind = "slip"
        self._current = layouts.STANDARD
        self._drafts: dict[tuple[str, str], Layout] = {}  # changed and not saved, by kind and id
        self._read: _Read | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(Hairline(upright=True))
        row.addWidget(self._middle())
        row.addWidget(Hairline(upright=True))
        self.pane = PreviewPane(desk)
        row.addWidget(self.pane, 1)
        save = QShortcut("Ctrl+S", self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.save)

    def _left(self) -> QWidget:
        side = Panel("window")
        side.setFixedWidth(_LIST)
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 16, 12, 16)
        column.setSpacing(8)
        head = QHBoxLayout()
        self.back_button = IconButton("arrow-left", "layouts.back", size="small")
        self.back_button.clicked.connect(lambda: self.desk.go("paper"))
        head.addWidget(self.back_button)
        head.addWidget(Label("layouts.list", size=16, bold=True))
        head.addStretch(1)
        self.import_button = IconButton("file-import", "layouts.import", size="small")
        self.import_button.clicked.connect(self._ask_import)
        head.addWidget(self.import_button)
        column.addLayout(head)
        self.kinds: dict[str, Button] = {}
        for kind in SAMPLES:
            button = Button(f"layout.{kind}", kind="quiet", size="small", icon="file-description")
            button.setCheckable(True)
            button.clicked.connect(self._kind_opener(kind))
            self.kinds[kind] = button
            column.addWidget(button)
        column.addWidget(Hairline())
        self.list = ListSide()
        self.list.chosen.connect(self.open_layout)
        column.addWidget(self.list)
        column.addStretch(1)
        return side

    def _middle(self) -> QWidget:
        middle = QWidget()
        middle.setFixedWidth(_FORM)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ground = Panel("window")
        body = QVBoxLayout(ground)
        body.setContentsMargins(20, 16, 20, 20)
        body.setSpacing(10)
        self.ready = Label("layouts.ready", ink="text2", wrap=True)
        self.ready.hide()
        body.addWidget(self.ready)
        self.form = LayoutForm()
        self.form.changed.connect(self._edited)
        self.form.shop_ticked.connect(self._assign)
        self.form.logo_asked.connect(self._ask_logo)
        body.addWidget(self.form)
        body.addStretch(1)
        area.setWidget(ground)
        column.addWidget(area, 1)
        column.addWidget(self._foot())
        return middle

    def _foot(self) -> QWidget:
        foot = FootBar(left=14, spacing=2)
        self.copy_button = IconButton("copy", "layouts.copy")
        self.export_button = IconButton("file-export", "layouts.export")
        self.versions_button = IconButton("history", "layouts.versions")
        self.remove_button = IconButton("trash", "layouts.remove")
        self.save_button = Button("layouts.save", kind="primary", icon="device-floppy", cap="Ctrl+S")
        for button, act in (
            (self.copy_button, self.copy),
            (self.export_button, self._ask_export),
            (self.versions_button, self._ask_version),
            (self.remove_button, self.remove),
        ):
            button.clicked.connect(act)
            foot.row.addWidget(button)
        foot.row.addStretch(1)
        self.save_button.clicked.connect(self.save)
        foot.row.addWidget(self.save_button)
        self.begin_button = Button("layouts.begin", kind="primary", icon="copy")
        self.begin_button.clicked.connect(self.copy)
        foot.row.addWidget(self.begin_button)
        foot.row.setContentsMargins(14, 0, 20, 0)
        return foot

    # Frame ------------------------------------------------------------------------------------------------------

    def opened(self, hint: object = None) -> None:
        """The kind that was asked for, or what was shown."""
        if isinstance(hint, str) and hint in SAMPLES:
            self._kind, self._current = hint, ""
        self.refresh()

    def refresh(self) -> None:
        """Another desk may have saved one."""
        ws, kind, wish = self.desk.ws, self._kind, self._current
        draft = dict(self._drafts)

        def work(_: object) -> _Read:
            found = tuple(layouts.every(ws, kind))
            shops = shop_names(ws)
            ids = {one.id for one in found if one.fault is None}
            used = next((one.id for one in found if one.shops and one.own), layouts.STANDARD)
            current = wish if wish in ids else used
            layout = draft.get((kind, current)) or layouts.show(ws, kind, current)
            uses = next((one.shops for one in found if one.id == current), ())
            shop = uses[0] if uses else (shops[0] if shops else "")
            usual = dict(layouts.shop_texts(kind, ws.shop_options(shop)))
            return _Read(kind, found, shops, current, layout, usual, shop)

        self.desk.tasks.run(work, done=self._show, quiet=True)

    def back(self) -> bool:
        """Esc goes back to printing."""
        self.desk.go("paper")
        return True

    def foot(self) -> int:
        """The bar with the buttons."""
        return foot_bar.HEIGHT

    def waiting(self) -> bool:
        """Whether an edit is still to be drawn."""
        return self.pane.waiting()

    def take_files(self, paths: list[Path]) -> bool:
        """A picture is the logo, a TOML file a layout."""
        if paths[0].suffix.lower() in (".png", ".jpg", ".jpeg", ".svg"):
            self.take_logo(paths[0])
        elif paths[0].suffix.lower() == ".toml":
            self.import_file(paths[0])
        else:
            return False
        return True

    def retranslate(self) -> None:
        """The form's words carry the shop's."""
        if self._read is not None:
            read, self._read = self._read, None  # its fields are made anew
            self._show(read)

    def scenes(self) -> Mapping[str, Callable[[], None]]:
        """An own layout, and a receipt's."""

        def own() -> None:
            if not any(line.listed.own for line in self.list.lines.values()):
                self.copy()

        return {"own": own, "receipt": lambda: self._open_kind("receipt")}

    # Showing ----------------------------------------------------------------------------------------------------

    def _show(self, read: _Read) -> None:
        if read.kind != self._kind:
            return
        same = self._read is not None and (self._read.kind, self._read.current) == (read.kind, read.current)
        self._current, before = read.current, self._read
        self._read = read
        for kind, button in self.kinds.items():
            button.setChecked(kind == read.kind)
        unsaved = {layout_id for kind, layout_id in self._drafts if kind == read.kind}
        self.list.show_layouts(read.found, read.current, unsaved)
        listed = self._listed()
        draft = self._drafts.get((read.kind, read.current))
        layout = draft or read.layout
        # typing goes on in the fields that are there
        if not (same and before is not None and before.layout == read.layout and draft is not None):
            shops = [(shop, shop in listed.shops) for shop in read.shops]
            self._keep_focus()
            self.form.show_layout(layout, live=listed.own, shops=shops, usual=read.usual)
        self.ready.setVisible(not listed.own)
        self._show_foot()
        self.pane.show_layout(layout, read.shop)

    def _keep_focus(self) -> None:
        """The field with the keyboard goes; without this the keys would go to the rail, and Enter leave the page."""
        holder = self.focusWidget()
        if holder is not None and (self.form.isAncestorOf(holder) or holder is self.save_button):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _listed(self) -> Listed:
        assert self._read is not None
        return next(one for one in self._read.found if one.id == self._read.current)

    def _show_foot(self) -> None:
        listed = self._listed()
        self.save_button.setVisible(listed.own)
        self.begin_button.setVisible(not listed.own)
        self.copy_button.setVisible(listed.own)
        self.save_button.setEnabled((self._kind, self._current) in self._drafts)
        self.remove_button.setEnabled(listed.own and not listed.shops)
        self.versions_button.setEnabled(listed.own and listed.version > 1)

    def _kind_opener(self, kind: str) -> Callable[[], None]:
        return lambda: self._open_kind(kind)

    def _open_kind(self, kind: str) -> None:
        self._kind, self._current = kind, ""
        self.refresh()

    def open_layout(self, layout_id: str) -> None:
        """Show another; what is not saved of the one before waits."""
        self._current = layout_id
        self.refresh()

    def _edited(self, layout: Layout) -> None:
        key = (self._kind, self._current)
        first = key not in self._drafts
        self._drafts[key] = layout
        if self._read is not None:
            self.pane.show_layout(layout, self._read.shop)
            if first:
                unsaved = {layout_id for kind, layout_id in self._drafts if kind == self._kind}
                self.list.show_layouts(self._read.found, self._current, unsaved)
        self._show_foot()

    # Acts -------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep the form as the next version."""
        key = (self._kind, self._current)
        layout = self._drafts.get(key)
        if layout is None:
            return
        ws, layout_id = self.desk.ws, self._current

        def work(_: object) -> Layout:
            layouts.save(ws, layout, layout_id)
            return layouts.show(ws, layout.kind, layout_id)

        self._run(work, lambda made: self._saved(key, made))

    def _saved(self, key: tuple[str, str], made: Layout) -> None:
        self._drafts.pop(key, None)
        self.desk.say(text("layouts.saved", name=made.name, version=made.version))
        self.refresh()

    def copy(self) -> None:
        """A copy of the one in the form, under a name of its own."""
        if self._read is None:
            return
        ws, kind = self.desk.ws, self._kind
        layout = self._drafts.get((kind, self._current)) or self._read.layout

        def work(_: object) -> tuple[str, Layout]:
            fresh = replace(layout, name=layouts.free_name(ws, kind, layout.name), version=1)
            made = layouts.save(ws, fresh)
            return made, layouts.show(ws, kind, made)

        self._run(work, lambda made: self._opened_new("layouts.copied", *made))

    def _opened_new(self, key: str, layout_id: str, layout: Layout) -> None:
        self._kind, self._current = layout.kind, layout_id
        self.desk.say(text(key, name=layout.name))
        self.refresh()

    def remove(self) -> None:
        """Forget an own one no shop uses."""
        if self._read is None:
            return
        ws, layout_id, name = self.desk.ws, self._current, self._read.layout.name
        layout = self._read.layout
        self._drafts.pop((self._kind, layout_id), None)

        def back() -> None:
            self._run(
                lambda _: layouts.save(ws, replace(layout, version=1)),
                lambda made: self.open_layout(str(made)),
            )

        def gone(_: object) -> None:
            self._current = ""
            self.desk.say(text("layouts.removed", name=name), back)
            self.refresh()

        self._run(lambda _: layouts.remove(ws, layout_id), gone)

    def _assign(self, shop: str, on: bool) -> None:
        if not on or self._read is None:
            return
        ws, kind, layout_id, name = self.desk.ws, self._kind, self._current, self._read.layout.name
        before = next((one.id for one in self._read.found if shop in one.shops), layouts.STANDARD)

        def back() -> None:
            self._run(lambda _: layouts.assign(ws, kind, shop, before), lambda _: self._assigned())

        def done(_: object) -> None:
            self.desk.say(text("layouts.assigned", shop=shop, name=name), back)
            self._assigned()

        self._run(lambda _: layouts.assign(ws, kind, shop, layout_id), done)

    def _assigned(self) -> None:
        self._read = None  # the shops' boxes are made anew
        self.refresh()

    def _ask_version(self) -> None:
        ws, layout_id = self.desk.ws, self._current
        self._run(lambda _: layouts.versions(ws, layout_id), self._offer_versions)

    def _offer_versions(self, found: list[Listed]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        today = self.desk.ws.today()
        for one in found[1:]:
            at = names.moment_words(one.at, today) if one.at else ""
            act = menu.addAction(text("layouts.version", version=one.version, at=at, person=one.person))
            act.triggered.connect(lambda _=False, number=one.version: self.take_back(number))
        menu.popup(self.versions_button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def take_back(self, number: int) -> None:
        """Make an older version the newest."""
        ws, key = self.desk.ws, (self._kind, self._current)

        def done(_: object) -> None:
            self._drafts.pop(key, None)
            self.desk.say(text("layouts.back_to", version=number))
            self.refresh()

        self._run(lambda _: layouts.take_back(ws, key[1], number), done)

    def _ask_import(self) -> None:
        chosen = file_dialog.ask_file(self, text("layouts.import.title"), str(Path.home()), "TOML (*.toml)")
        if chosen:
            self.import_file(Path(chosen))

    def import_file(self, path: Path) -> None:
        """Keep a layout from a file and show it."""
        ws = self.desk.ws

        def work(_: object) -> tuple[str, Layout]:
            kind = layouts.read_file(path).kind
            made = layouts.import_file(ws, path)
            return made, layouts.show(ws, kind, made)

        self._run(work, lambda made: self._opened_new("layouts.taken", *made))

    def _ask_export(self) -> None:
        if self._read is None:
            return
        start = Path.home() / f"{self._read.layout.name}.toml"
        chosen = file_dialog.ask_new_file(self, text("layouts.export.title"), str(start), "TOML (*.toml)")
        if chosen:
            self.export(Path(chosen))

    def export(self, path: Path) -> None:
        """Write the saved layout as a file."""
        if self._read is None:
            return
        ws, kind, layout_id, name = self.desk.ws, self._kind, self._current, self._read.layout.name
        self._run(
            lambda _: layouts.export(ws, kind, layout_id, path),
            lambda _: self.desk.say(text("layouts.written", name=name)),
        )

    def _ask_logo(self) -> None:
        chosen = file_dialog.ask_file(self, text("layouts.logo.title"), str(Path.home()), _IMAGES)
        if chosen:
            self.take_logo(Path(chosen))

    def take_logo(self, path: Path) -> None:
        """A picture as the logo of the layout in the form."""
        if self._read is not None and self._listed().own:
            self._run(lambda _: layouts.logo_from(path, vector.drawn), self.form.set_logo)

    def _run(self, work: Callable[[object], object], done: Callable[..., None]) -> None:
        self.desk.tasks.run(work, done=done, failed=self._failed)

    def _failed(self, fault: Fault) -> None:
        self.desk.show_fault(fault)
        self.refresh()
