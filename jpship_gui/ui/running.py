"""Shows what runs for longer than half a second: several tasks of one name, such as one a shop, are one to the eye."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from jpship_gui.ui.tasks import Task, Tasks
from jpship_gui.ui.widgets.progress_sheet import ProgressSheet


class Running(QObject):
    """Feeds the progress sheet; `moved` is called when it appears."""

    def __init__(
        self, tasks: Tasks, sheet: ProgressSheet, moved: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._moved = moved
        self._shown: list[Task] = []
        self._steps: dict[Task, tuple[int, int]] = {}
        tasks.shown.connect(self._task_shown)
        tasks.stepped.connect(self._task_stepped)
        tasks.ended.connect(self._task_ended)
        sheet.cancelled.connect(self.cancel)

    def anything(self) -> bool:
        """Whether a task is shown."""
        return bool(self._shown)

    def cancel(self) -> None:
        """Ask what is shown to stop."""
        for task in self._together():
            task.cancel()

    def _together(self) -> list[Task]:
        """The newest task shown and its like."""
        return [task for task in self._shown if task.name == self._shown[-1].name]

    def _task_shown(self, task: Task) -> None:
        new = not self._shown or self._shown[-1].name != task.name
        self._shown.append(task)
        if new:
            self._begin()

    def _begin(self) -> None:
        self._sheet.start(self._shown[-1].name)
        self._sheet.show()
        self._moved()

    def _task_stepped(self, task: Task, done: int, total: int, note: str) -> None:
        self._steps[task] = (done, total)
        if not self._shown:
            return
        together = self._together()
        if task in together:
            steps = [self._steps.get(one, (0, 0)) for one in together]
            if len(together) > 1 and total:
                note = f"{note} {done:,}/{total:,}"
            self._sheet.step(sum(one for one, _ in steps), sum(one for _, one in steps), note)

    def _task_ended(self, task: Task) -> None:
        self._steps.pop(task, None)
        if task not in self._shown:
            return
        before = self._shown[-1].name
        self._shown.remove(task)
        if not self._shown:
            self._sheet.stop()
        elif self._shown[-1].name != before:
            self._begin()
