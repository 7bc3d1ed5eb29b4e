"""One profile being made: columns of the sample left, what they are right, what comes of it beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.flows.upkeep import profiles
from jpship_gui.flows.upkeep.profile_drafts import (
    ColumnSample,
    Made,
    Profile,
    Sample,
    flaws,
    lacking,
    made_of,
    out_example,
    second_of,
    targets,
    with_file,
)
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui import file_dialog
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.profiles.chips import GradeChip
from jpship_gui.ui.profiles.codes_form import CodesForm, Words, unknown_words, words_by_target
from jpship_gui.ui.profiles.columns_list import ColumnsList
from jpship_gui.ui.profiles.draft import Draft
from jpship_gui.ui.profiles.file_form import FileForm
from jpship_gui.ui.profiles.flaw_words import in_words, tab_of
from jpship_gui.ui.profiles.form_parts import heading
from jpship_gui.ui.profiles.menus import add_targets
from jpship_gui.ui.profiles.out_form import CARRIER_FIELDS, OutForm
from jpship_gui.ui.profiles.preview_pane import Example, PreviewPane
from jpship_gui.ui.profiles.shop_bar import ShopBar
from jpship_gui.ui.profiles.steps_dialog import StepsDialog
from jpship_gui.ui.profiles.tab_order import follow
from jpship_gui.ui.profiles.targets_form import TargetsForm
from jpship_gui.ui.theme import fonts, glyphs
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.glyph import Glyph
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.sheet import Hairline, Panel
from jpship_gui.ui.widgets.tabs import TabItem, Tabs

_WAIT = 250  # ms without an edit before it is tried
_TABS = ("map", "file", "codes", "out")
_SHOWN_CELLS = 8  # of a column, in the dialog of its steps
_LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class Tried:
    """What one try brought: the sample as opened now, the draft with what was guessed of it, and what comes of it."""

    number: int
    reopen: bool
    suggest: bool
    draft: Draft
    sample: Sample | None
    made: Made | None
    example: Example | None
    words: Words


def try_draft(
    ws: Workspace, number: int, draft: Draft, sample: Sample | None, *, reopen: bool, suggest: bool
) -> Tried:
    """For the data thread. `reopen` = the file is opened another way, `suggest` = columns are guessed anew."""
    if sample is not None and reopen:
        sample = with_file(sample, draft.profile)
        if suggest and sample.fault is None:
            draft = draft.suggested(sample)
    made = made_of(ws, draft.profile, sample) if sample is not None else None
    example = _example(ws, draft.profile, sample, made)
    words = words_by_target(draft, sample)
    return Tried(number, reopen, suggest, draft, sample, made, example, words)


def _example(ws: Workspace, profile: Profile, sample: Sample | None, made: Made | None) -> Example | None:
    if profile.out is None or sample is None:
        return None
    orders = made.trial.orders if made and made.trial else ()
    try:
        header, rows = out_example(profile, sample, orders, to_jst(ws.now()).date())
    except Fault as fault:
        return Example(fault=fault)
    names = any(column.field in CARRIER_FIELDS for column in profile.out.columns)
    return Example(*_shown(profile, header, rows), unsaid=names and not profile.carriers)


def _shown(
    profile: Profile, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], int]:
    """Of a file that is filled in only the order's number and what is written, and how many columns stay."""
    if profile.out is None or profile.out.mode != "fill":
        return header, rows, 0
    wanted = {*profile.rows.order_key, *(column.header for column in profile.out.columns)}
    places = [place for place, name in enumerate(header) if name.strip() in wanted]
    shown = tuple(tuple(row[n] if n < len(row) else "" for n in places) for row in rows)
    return tuple(header[n] for n in places), shown, len(header) - len(places)


class Editor(QWidget):
    """`left` when the person goes back to the list; `kept(profile)` after saving; `sample_asked` for a file."""

    left = Signal()
    kept = Signal(object)
    sample_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.draft = Draft(Profile("x", ""))
        self.sample: Sample | None = None
        self.path: Path | None = None  # where the sample lies
        self._made: Made | None = None
        self._words: Words = {}
        self._stops: dict[QWidget, tuple[QWidget, ...]] = {}
        self._number = 0  # of the last edit
        self._shown_number = 0  # of the edit whose result is shown
        self._trying = self._reopen = self._suggest = self._saving = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._try)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(Hairline())
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self._middle())
        self.preview = PreviewPane()
        self.preview.sample_asked.connect(self.sample_asked)
        self.preview.setMinimumHeight(150)
        self.split.addWidget(self.preview)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([1_000, 1_000])
        column.addWidget(self.split, 1)
        self.shop_bar = ShopBar(desk)
        self.shop_bar.hide()
        column.addWidget(self.shop_bar)
        column.addWidget(self._foot())
        self._choose_tab("map")

    # Making -----------------------------------------------------------------------------------------------------

    def _head(self) -> Panel:
        panel = Panel("surface")
        column = QVBoxLayout(panel)
        column.setContentsMargins(20, 8, 20, 0)
        column.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(12)
        self.back_button = IconButton("arrow-left", "profiles.back", size="small")
        self.back_button.clicked.connect(self.left)
        first.addWidget(self.back_button)
        self.title = QLineEdit()
        self.title.setFont(fonts.font(16, True))
        self.title.setMaxLength(_LONGEST_TITLE)
        self.title.setMinimumWidth(400)
        self.title.setMaximumWidth(400)
        self.title.textEdited.connect(self._set_title)
        first.addWidget(self.title)
        self.grade = GradeChip()
        first.addWidget(self.grade)
        self.version = Label(size=12, ink="text2")
        first.addWidget(self.version)
        first.addStretch(1)
        self.sample_name = ElidedLabel(size=12, ink="text2", middle=True)
        self.sample_name.setMaximumWidth(300)
        first.addWidget(self.sample_name)
        self.sample_button = Button("profiles.sample.choose", size="small", icon="folder-open")
        self.sample_button.clicked.connect(self.sample_asked)
        first.addWidget(self.sample_button)
        column.addLayout(first)
        self.tabs = Tabs([TabItem(one, f"profiles.tab.{one}", ink="attention") for one in _TABS], height=44)
        self.tabs.chosen.connect(self._choose_tab)
        column.addWidget(self.tabs)
        return panel

    def _middle(self) -> QWidget:
        block = QWidget()
        row = QHBoxLayout(block)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        side = Panel("surface")
        side.setMinimumWidth(280)
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 12, 0, 0)
        inside.setSpacing(6)
        self.columns_title = heading("")
        self.columns_title.setContentsMargins(16, 0, 16, 0)
        inside.addWidget(self.columns_title)
        self.columns = ColumnsList()
        self.columns.setAccessibleName(text("profiles.columns", count=0))
        self.columns.picked.connect(self._column_picked)
        inside.addWidget(self.columns, 1)
        row.addWidget(side, 1)
        row.addWidget(Hairline(upright=True))
        self.stack = QStackedWidget()
        row.addWidget(self.stack, 3)
        self.targets = TargetsForm()
        self.targets.steps_asked.connect(self.open_steps)
        self.file = FileForm()
        self.file.second_asked.connect(self._ask_second)
        self.codes = CodesForm()
        self.out = OutForm()
        self._forms: dict[str, QScrollArea] = {}
        forms: tuple[TargetsForm | FileForm | CodesForm | OutForm, ...] = (
            self.targets,
            self.file,
            self.codes,
            self.out,
        )
        for name, form in zip(_TABS, forms, strict=True):
            form.edited.connect(self._edited)
            self._forms[name] = _scrolled(form)
            self.stack.addWidget(self._forms[name])
        return block

    def _foot(self) -> FootBar:
        foot = FootBar(left=20)
        self._mark = Glyph(glyphs.OK, 18, "ok")
        foot.row.addWidget(self._mark)
        self.status = Label(ink="text2", wrap=True)
        foot.row.addWidget(self.status, 1)
        self.confirm_button = Button("profiles.confirm_all", icon="checks")
        self.confirm_button.clicked.connect(self._confirm_all)
        foot.row.addWidget(self.confirm_button)
        self.export_button = Button("profiles.export", icon="file-export")
        self.export_button.clicked.connect(self._export)
        foot.row.addWidget(self.export_button)
        self.save_button = Button("profiles.save", kind="primary", cap="Ctrl+S")
        self.save_button.clicked.connect(self.save)
        foot.row.addWidget(self.save_button)
        return foot

    # Frame ------------------------------------------------------------------------------------------------------

    def open_draft(self, draft: Draft, sample: Sample | None, path: Path | None) -> None:
        """Begin with a draft; the sample may come later."""
        self.draft, self.sample, self.path = draft, sample, path
        self._made, self._words = None, {}
        self._reopen = self._suggest = False
        self._number += 1
        self.shop_bar.hide()
        self.title.setText(draft.profile.title)
        self._choose_tab("map")
        self.preview.show_made(None, None)
        self._show()
        self._try()
        if not draft.profile.title:
            self.title.setFocus()
        else:
            self.columns.setFocus()

    def take_sample(self, sample: Sample, path: Path) -> None:
        """Another file to try the draft on; a draft without a column is guessed of it."""
        self.sample, self.path = sample, path
        self._changed(reopen=True, suggest=not self.draft.assigned() or bool(self.draft.unsure))

    def waiting(self) -> bool:
        """Whether an edit is still to be tried."""
        return self._timer.isActive() or self._trying

    def retitle(self) -> None:
        """What is no label of its own, in the present language."""
        self.title.setPlaceholderText(text("profiles.title"))
        self.title.setAccessibleName(text("profiles.title"))
        self._show_status()
        self._show_heads()

    # Editing ----------------------------------------------------------------------------------------------------

    def _edited(self, draft: Draft) -> None:
        reopen = draft.profile.file != self.draft.profile.file
        second = draft.profile.rows.second != self.draft.profile.rows.second
        # A file opened another way has other columns: of a new profile they are guessed again.
        suggest = reopen and draft.kept is None and not draft.profile.base
        self.draft = draft
        self.shop_bar.hide()
        self._changed(reopen=reopen or second, suggest=suggest)

    def _changed(self, *, reopen: bool, suggest: bool) -> None:
        self._number += 1
        self._reopen = self._reopen or reopen
        self._suggest = self._suggest or suggest
        self._show()
        self._timer.start()

    def _set_title(self, title: str) -> None:
        self._edited(self.draft.set_title(title))

    def _confirm_all(self) -> None:
        self._edited(self.draft.confirm())
        self.save_button.setFocus()

    def _choose_tab(self, name: str) -> None:
        self.tabs.choose(name)
        self.stack.setCurrentWidget(self._forms[name])
        self.preview.look_at("file" if name == "out" else "orders")

    def _column_picked(self, name: str) -> None:
        """What this column is: a target takes it instead of what it had."""
        menu = QMenu(self)
        menu.setFont(fonts.font(14))
        for used in self.draft.used_by(name):
            act = menu.addAction(text("profiles.take_from", target=text(f"profile.target.{used}")))
            act.triggered.connect(lambda _=False, used=used: self._edited(self._without(used, name)))
        if menu.actions():
            menu.addSeparator()
        add_targets(menu, lambda target: self._edited(self.draft.take(target, name)), note_of=self._note_of)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = self.columns.current_box()
        menu.popup(self.columns.viewport().mapToGlobal(QPoint(box.left() + 16, box.bottom())))

    def _note_of(self, target: str) -> str:
        sources = self.draft.sources(target)
        return sources[0].columns[0] if sources else ""

    def _without(self, target: str, column: str) -> Draft:
        draft = self.draft
        for place in reversed(range(len(draft.sources(target)))):
            if column in draft.sources(target)[place].columns:
                draft = draft.drop(target, place, column)
        return draft

    def open_steps(self, target: str, place: int) -> None:
        """What is done to the cells of one source, in a dialog with the sample's cells."""
        source = self.draft.sources(target)[place]
        found = [self.sample.column(name) if self.sample else None for name in source.columns]
        cells = [column.values if column else () for column in found]
        most = max((len(values) for values in cells), default=0)
        rows = [
            tuple(values[n] if n < len(values) else "" for values in cells)
            for n in range(min(most, _SHOWN_CELLS))
        ]
        title = f"{' + '.join(source.columns)} → {text(f'profile.target.{target}')}"
        dialog = StepsDialog(title, source.steps, targets()[target].steps, rows, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._edited(self.draft.set_steps(target, place, dialog.steps)))
        dialog.open()

    def _ask_second(self) -> None:
        name = file_dialog.ask_file(
            self, text("profiles.second.choose"), self._folder(), text("profiles.files")
        )
        if name:
            self.take_second(Path(name))

    def take_second(self, path: Path) -> None:
        """The file with the goods of a pair."""
        if self.sample is None:
            return
        sample, profile = self.sample, self.draft.profile
        self._desk.tasks.run(
            lambda _: second_of(sample, profile, path),
            done=self._second_read,
            failed=self._desk.show_fault,
            quiet=True,
        )

    def _second_read(self, found: tuple[Sample, Profile]) -> None:
        self.sample, profile = found
        self._suggest = True  # for its columns too
        self._edited(replace(self.draft, profile=profile))

    def _folder(self) -> str:
        return str(self._desk.ws.options.get("import.folder")) or str(Path.home())

    # Trying -----------------------------------------------------------------------------------------------------

    def _try(self) -> None:
        if self._trying:
            return  # once more when it is back
        self._timer.stop()
        ws, number, draft, sample = self._desk.ws, self._number, self.draft, self.sample
        reopen, suggest = self._reopen, self._suggest
        self._trying, self._reopen, self._suggest = True, False, False
        self._desk.tasks.run(
            lambda _: try_draft(ws, number, draft, sample, reopen=reopen, suggest=suggest),
            done=self._tried,
            failed=self._try_failed,
            quiet=True,
        )

    def _tried(self, tried: Tried) -> None:
        self._trying = False
        if tried.number != self._number:
            if tried.draft.profile.id == self.draft.profile.id:
                # Edited meanwhile: what was asked for is still to be done.
                self._reopen, self._suggest = self._reopen or tried.reopen, self._suggest or tried.suggest
            self._try()
            return
        self.draft, self.sample, self._made, self._words = (
            tried.draft,
            tried.sample,
            tried.made,
            tried.words,
        )
        self.preview.show_made(tried.made, tried.example)
        self._show()

    def _try_failed(self, fault: Fault) -> None:
        self._trying = False
        self._desk.show_fault(fault)

    # Showing ----------------------------------------------------------------------------------------------------

    def _columns(self) -> Sequence[ColumnSample]:
        """Those of the sample; without one, the names the profile knows."""
        if self.sample is not None and self.sample.columns:
            return self.sample.columns
        profile = self.draft.profile
        used = [c for name in self.draft.assigned() for s in self.draft.sources(name) for c in s.columns]
        return [ColumnSample(name) for name in dict.fromkeys((*profile.file.columns, *used))]

    def _show(self) -> None:
        columns = self._columns()
        self.columns.show_columns(columns, self.draft.used_by)
        self.columns_title.say("profiles.columns", count=len(columns))
        self.targets.show_draft(self.draft, columns)
        self.file.show_draft(self.draft, self.sample)
        self.codes.show_draft(self.draft, self._words)
        self.out.show_draft(self.draft, self.sample)
        before: QWidget = self.columns
        for form in (self.targets, self.file, self.codes, self.out):
            self._stops[form] = follow(before, form.stops(), self._stops.get(form, ()))
            before = self._stops[form][-1] if self._stops[form] else before
        self._show_heads()
        self._show_status()

    def _show_heads(self) -> None:
        profile, sample = self.draft.profile, self.sample
        self.grade.set(profile.grades.weakest)
        key = "profiles.version.new" if self.draft.kept is None else "profiles.version"
        self.version.say(key, number=profile.version)
        beside = len(sample.beside) if sample else 0
        words = sample.name if sample else ""
        self.sample_name.show_text(f"{words} ＋{beside}" if beside else words)
        self.sample_button.say("profiles.sample.other" if sample else "profiles.sample.choose")
        unknown = unknown_words(self.draft, self._words)
        counters = {"map": len(self.draft.unsure)} if self.draft.unsure else {}
        self.tabs.set_counters({**counters, **({"codes": unknown} if unknown else {})})

    def _show_status(self) -> None:
        """The one thing that keeps it from being good, or that it is."""
        unsure, lacks = len(self.draft.unsure), lacking(self.draft.profile.fields)
        self.confirm_button.setVisible(bool(unsure))
        self.save_button.setEnabled(not self._saving and (self.draft.changed or bool(unsure)))
        if self._made is not None and self._made.flaw is not None:
            self._status(glyphs.PROBLEM, "ng", "profiles.status.flaw")
        elif unsure:
            self._status(glyphs.ATTENTION, "attention", "profiles.status.unsure", count=unsure)
        elif lacks:
            words = "・".join(text(f"profile.target.{name}") for name in lacks)
            self._status(glyphs.ATTENTION, "attention", "profiles.status.lacks", targets=words)
        elif self.draft.changed:
            self._status(glyphs.CHECK, "text2", "profiles.status.changed")
        else:
            self._status(glyphs.OK, "ok", "profiles.status.kept")

    def _status(self, shape: str, ink: str, key: str, **values: object) -> None:
        self._mark.set(shape, ink)
        self.status.say(key, **values)
        self.status.set_ink("text2" if ink in ("text2", "ok") else ink)

    # Keeping ----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep it as the next version; a name is needed, and what was only guessed must be confirmed first."""
        if self._saving or not (self.draft.changed or self.draft.unsure):
            return
        if not self.draft.profile.title.strip():
            self.title.setFocus()
            self._desk.show_fault(Refused("profile_flaw_title", place="title", found=""))
            return
        if self.draft.unsure:
            self._choose_tab("map")
            self.targets.show_first(self.draft.unsure)
            self._desk.show_fault(Refused("profile_unsure", count=len(self.draft.unsure)))
            return
        found = flaws(self.draft.profile)
        if found:
            self._save_failed(found[0].fault())
            return
        ws, draft = self._desk.ws, self.draft
        self._saving = True
        self._show_status()
        self._desk.tasks.run(
            lambda _: _kept(ws, draft.profile, new=draft.kept is None),
            done=self._saved,
            failed=self._save_failed,
            quiet=True,
        )

    def _saved(self, found: tuple[Profile, bool]) -> None:
        """What was edited meanwhile stays an edit."""
        saved, used = found
        self._saving = False
        before = self.draft.profile
        now = replace(before, id=saved.id, version=saved.version, base=saved.base)
        self.draft = replace(self.draft, profile=now, kept=saved)
        self._number += 1
        self._show()
        self._timer.start()
        self.kept.emit(saved)
        if not used and saved.reads:
            self.shop_bar.offer(saved, self.path)
        else:
            self._desk.say(text("profiles.saved", title=saved.title, number=saved.version))

    def _save_failed(self, fault: Fault) -> None:
        self._saving = False
        self._show_status()
        tab = tab_of(fault)
        if tab:
            self._choose_tab(tab)
        self._desk.show_fault(in_words(fault))

    def _export(self) -> None:
        start = str(Path(self._folder()) / f"{self.draft.profile.id}.toml")
        name = file_dialog.ask_new_file(self, text("profiles.export"), start, "TOML (*.toml)")
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the draft as a file, saved or not."""
        profile = self.draft.profile
        self._desk.tasks.run(
            lambda _: profiles.write(profile, path),
            done=lambda _: self._desk.say(text("profiles.exported", file=path.name)),
            failed=self._desk.show_fault,
            quiet=True,
        )


def _kept(ws: Workspace, profile: Profile, *, new: bool) -> tuple[Profile, bool]:
    """The profile as saved, and whether a shop works by it."""
    if new:  # another desk may have taken its id meanwhile
        profile = replace(profile, id=profiles.free_id(ws, profile.id))
    saved = profiles.save(ws, profile, new=new)
    return saved, any(one.id == saved.id and one.shops for one in profiles.every(ws))


def _scrolled(form: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    ground = Panel("window")
    row = QHBoxLayout(ground)
    row.setContentsMargins(0, 0, 0, 0)
    form.setMaximumWidth(1_000)
    row.addWidget(form, 20)
    row.addStretch(1)
    area.setWidget(ground)
    return area
