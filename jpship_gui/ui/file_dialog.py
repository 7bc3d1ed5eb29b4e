"""The system's file dialog, or Qt's own with the words Qt's catalogues leave in English."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from jpship_gui.texts import text


def file_dialog(parent: QWidget, title: str, start: str, kinds: tuple[str, ...] = ()) -> QFileDialog:
    """A dialog that begins at a folder; `kinds` such as "CSV (*.csv)"."""
    dialog = QFileDialog(parent, title, start)
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, text("ui.file_dialog.look_in"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, text("ui.file_dialog.kind"))
    if kinds:
        dialog.setNameFilters(list(kinds))
    return dialog


def ask_folder(parent: QWidget, title: str, start: str) -> str:
    """A folder, "" when none was chosen."""
    dialog = file_dialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _asked(dialog)


def ask_file(parent: QWidget, title: str, start: str, kind: str) -> str:
    """A file that is there, "" when none was chosen."""
    dialog = file_dialog(parent, title, start, (kind,))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _asked(dialog)


def ask_new_file(parent: QWidget, title: str, start: str, kind: str) -> str:
    """Where to write a file, `start` being the proposed path; "" when the person left."""
    place = Path(start)
    dialog = file_dialog(parent, title, str(place.parent), (kind,))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(place.suffix.removeprefix("."))
    dialog.selectFile(place.name)
    return _asked(dialog)


def _asked(dialog: QFileDialog) -> str:
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    names = dialog.selectedFiles() if accepted else []
    dialog.deleteLater()
    return names[0] if names else ""
