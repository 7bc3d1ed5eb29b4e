"""Profiles: shops whose files are described as data, made and kept without a line of code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.flows.upkeep import profiles
from jpship_gui.flows.upkeep.profile_drafts import (
    FilePart,
    Profile,
    Sample,
    new_profile,
    open_sample,
    probe,
    sample_of,
)
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui import file_dialog
from jpship_gui.ui.actions import Handler
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.page import Page
from jpship_gui.ui.profiles.draft import Draft
from jpship_gui.ui.profiles.editor import Editor
from jpship_gui.ui.profiles.list_view import ListView
from jpship_gui.ui.widgets import foot_bar

Parked = tuple[Draft, Sample | None, Path | None]


class ProfilesPage(Page):
    """Hints: a path of an unknown file to make a profile of; the id of a profile to open; None for the list."""

    title = "stage.profiles"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._parked: list[Parked] = []  # left without saving
        self._asking: QFileDialog | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        self.list = ListView()
        self.editor = Editor(desk)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.editor)
        save = QShortcut("Ctrl+S", self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self._save)
        self.list.new_asked.connect(self.ask_sample)
        self.list.import_asked.connect(self._ask_profile)
        self.list.open_asked.connect(self.open_profile)
        self.list.copy_asked.connect(self.copy_profile)
        self.list.export_asked.connect(self._export)
        self.list.remove_asked.connect(self._remove)
        self.list.resume_asked.connect(self._resume)
        self.list.left.connect(lambda: desk.go("options", "shops"))
        self.editor.left.connect(self.show_list)
        self.editor.kept.connect(self._kept)
        self.editor.sample_asked.connect(self.ask_sample)
        self.retranslate()

    # Frame ------------------------------------------------------------------------------------------------------

    def acts(self) -> Mapping[str, Handler]:
        """Ctrl+O chooses a sample here."""
        return {"open_file": Handler(self.ask_sample)}

    def opened(self, hint: object = None) -> None:
        """A path begins a new profile, an id opens one, nothing shows where one was."""
        self._read()
        if isinstance(hint, Path):
            self.begin(hint)
        elif isinstance(hint, str):
            self.open_profile(hint)
        elif self.stack.currentWidget() is self.list or not self.editor.draft.changed:
            self.show_list()

    def refresh(self) -> None:
        """Another desk may have saved one."""
        self._read()

    def back(self) -> bool:
        """Esc: from a profile to the list; an unsaved one waits there."""
        if self.stack.currentWidget() is self.list:
            return False
        self.show_list()
        return True

    def foot(self) -> int:
        """The editor's bars."""
        if self.stack.currentWidget() is not self.editor:
            return 0
        bar = self.editor.shop_bar
        return foot_bar.HEIGHT + (bar.height() if bar.isVisible() else 0)

    def take_files(self, paths: list[Path]) -> bool:
        """A file dropped on the editor is its sample; on the list it begins a profile."""
        self._take(paths[0])
        return True

    def retranslate(self) -> None:
        """Words that are no labels."""
        if hasattr(self, "editor"):
            self.editor.retitle()

    def waiting(self) -> bool:
        """Whether an edit is still to be tried."""
        return self.editor.waiting()

    # Places -----------------------------------------------------------------------------------------------------

    def show_list(self) -> None:
        """The list; what is not saved waits."""
        self._park()
        self.stack.setCurrentWidget(self.list)
        self._show_parked()
        self._read()
        self.list.new_button.setFocus()
        self.desk.actions.refresh()

    def _park(self) -> None:
        """An editor that is left with something unsaved keeps it for later."""
        editor = self.editor
        if self.stack.currentWidget() is editor and editor.draft.changed and editor.draft.assigned():
            self._parked = [one for one in self._parked if one[0].profile.id != editor.draft.profile.id]
            self._parked.append((editor.draft, editor.sample, editor.path))

    def _show_parked(self) -> None:
        found = self._parked[-1][0].profile if self._parked else None
        self.list.show_parked("" if found is None else found.title.strip() or text("profiles.untitled"))

    def _resume(self) -> None:
        if self._parked:
            self._open(*self._parked.pop())

    def _open(self, draft: Draft, sample: Sample | None, path: Path | None) -> None:
        self._park()
        self._parked = [one for one in self._parked if one[0].profile.id != draft.profile.id]
        self.stack.setCurrentWidget(self.editor)
        self.editor.open_draft(draft, sample, path)
        self.desk.actions.refresh()

    def _read(self) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(lambda _: profiles.every(ws), done=self.list.show_profiles, quiet=True)

    # Acts -------------------------------------------------------------------------------------------------------

    def ask_sample(self) -> None:
        """The system's file dialog for a file of the shop."""
        self._ask(
            text("profiles.sample.choose"),
            f"{text('intakepage.order_files')} (*.csv *.tsv *.txt *.xlsx)",
            self._take,
        )

    def _ask_profile(self) -> None:
        self._ask(text("profiles.import"), "TOML (*.toml)", self.import_profile)

    def _ask(self, title: str, kind: str, taken: Callable[[Path], None]) -> None:
        if self._asking is not None:
            return
        ws = self.desk.ws
        start = str(ws.options.get("import.folder")) or str(Path.home())
        dialog = file_dialog.file_dialog(self, title, start, (kind, f"{text('intakepage.all_files')} (*)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: taken(Path(name)))
        dialog.finished.connect(self._asked)
        self._asking = dialog
        dialog.open()

    def _asked(self) -> None:
        self._asking = None

    def _take(self, path: Path) -> None:
        """A file for the editor, or for a new profile."""
        if self.stack.currentWidget() is not self.editor:
            self.begin(path)
            return
        part = self.editor.draft.profile.file
        self.desk.tasks.run(
            lambda _: open_sample(path, part),
            done=lambda sample: self.editor.take_sample(sample, path),
            failed=self.desk.show_fault,
            name="profiles.reading",
        )

    def begin(self, path: Path) -> None:
        """A new profile of an unseen file."""
        ws, ids = self.desk.ws, self._ids()
        self.desk.tasks.run(
            lambda _: _begun(ws, path, ids),
            done=lambda found: self._open(*found, path),
            failed=self._failed,
            name="profiles.reading",
        )

    def _ids(self) -> frozenset[str]:
        """Ids of drafts that are not saved."""
        drafts = [draft for draft, _, _ in self._parked]
        if self.stack.currentWidget() is self.editor:
            drafts.append(self.editor.draft)
        return frozenset(draft.profile.id for draft in drafts)

    def _failed(self, fault: Fault) -> None:
        self.show_list()
        self.desk.show_fault(fault)

    def open_profile(self, profile_id: str) -> None:
        """One of the seller's own; of one that is ready, a copy."""
        parked = next((one for one in self._parked if one[0].profile.id == profile_id), None)
        if parked is not None:
            self._open(*parked)
            return
        ws, ids = self.desk.ws, self._ids()
        self.desk.tasks.run(
            lambda _: _opened(ws, profile_id, ids),
            done=lambda draft: self._open(draft, None, None),
            failed=self._failed,
            quiet=True,
        )

    def copy_profile(self, profile_id: str) -> None:
        """A copy with an id of its own, to be saved."""
        ws, ids = self.desk.ws, self._ids()
        self.desk.tasks.run(
            lambda _: _copied(ws, profile_id, ids),
            done=lambda draft: self._open(draft, None, None),
            failed=self.desk.show_fault,
            quiet=True,
        )

    def import_profile(self, path: Path) -> None:
        """A profile from a file, kept at once; one of that id that is there stays beside it."""
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: _imported(ws, path), done=self._imported, failed=self.desk.show_fault, quiet=True
        )

    def _imported(self, profile: Profile) -> None:
        self.desk.say(text("profiles.imported", title=profile.title))
        self._kept(profile)

    def _export(self, profile_id: str) -> None:
        folder = str(self.desk.ws.options.get("import.folder")) or str(Path.home())
        start = str(Path(folder) / f"{profile_id}.toml")
        name = file_dialog.ask_new_file(self, text("profiles.export"), start, "TOML (*.toml)")
        if name:
            self.export_to(profile_id, Path(name))

    def export_to(self, profile_id: str, path: Path) -> None:
        """Write one as a file."""
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: profiles.export(ws, profile_id, path),
            done=lambda _: self.desk.say(text("profiles.exported", file=path.name)),
            failed=self.desk.show_fault,
            quiet=True,
        )

    def _remove(self, profile_id: str) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: _removed(ws, profile_id), done=self._removed, failed=self.desk.show_fault, quiet=True
        )

    def _removed(self, found: tuple[str, Profile | None]) -> None:
        title, profile = found
        undo = None if profile is None else lambda: self._restore(profile)
        self.desk.say(text("profiles.removed", title=title), undo)
        self.desk.tell_changed()

    def _restore(self, profile: Profile) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: profiles.save(ws, profile, new=True),
            done=self._kept,
            failed=self.desk.show_fault,
            quiet=True,
        )

    def _kept(self, profile: Profile) -> None:
        """Every page may show it."""
        self._parked = [one for one in self._parked if one[0].profile.id != profile.id]
        self._show_parked()
        self.desk.tell_changed()

    def _save(self) -> None:
        if self.stack.currentWidget() is self.editor:
            self.editor.save()


# -- for the data thread -----------------------------------------------------------------------------------------------


def _begun(ws: Workspace, path: Path, ids: frozenset[str]) -> tuple[Draft, Sample]:
    sample = open_sample(path)
    part = FilePart() if sample.fault else probe(sample.name, sample.data)
    sample = sample_of(sample.name, sample.data, part)
    profile, unsure = new_profile(ws, sample, "", part)
    return Draft(_free(ws, profile, ids), unsure), sample


def _free(ws: Workspace, profile: Profile, ids: frozenset[str]) -> Profile:
    """The same with an id that no unsaved draft has either."""
    found, number = profile.id, 1
    while found in ids:
        number += 1
        found = profiles.free_id(ws, f"{profile.id}_{number}")
    return replace(profile, id=found)


def _opened(ws: Workspace, profile_id: str, ids: frozenset[str]) -> Draft:
    own = any(one.own and one.id == profile_id for one in profiles.every(ws))
    if not own:
        return _copied(ws, profile_id, ids)
    found = profiles.show(ws, profile_id)
    return Draft(found, kept=found)


def _copied(ws: Workspace, profile_id: str, ids: frozenset[str]) -> Draft:
    made = profiles.copied(ws, profile_id)
    title = text("profiles.copy_title", title=made.title)[:40]
    return Draft(_free(ws, replace(made, title=title), ids))


def _imported(ws: Workspace, path: Path) -> Profile:
    found = profiles.read_profile(path)
    taken = {one.id for one in profiles.every(ws)} | set(ws.markets())
    return profiles.import_file(ws, path, profiles.free_id(ws, found.id) if found.id in taken else "")


def _removed(ws: Workspace, profile_id: str) -> tuple[str, Profile | None]:
    """Its title and what brings it back, which of a broken one is nothing."""
    try:
        found = profiles.show(ws, profile_id)
    except Refused:
        profiles.remove(ws, profile_id)
        return profile_id, None
    profiles.remove(ws, profile_id)
    return found.title, found
