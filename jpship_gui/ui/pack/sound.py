"""The four sounds, played by what the system brings; QtMultimedia would cost a second Qt and a sound server.

A later sound cuts an earlier one off, but nothing cuts off an NG. The window's thread never waits for a player.
"""

from __future__ import annotations

import array
import atexit
import shutil
import sys
import tempfile
import time
import wave
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from jpship_gui.settings.places import resources
from jpship_gui.ui.pack.standby import Standby, possible

SOUNDS = {"ok": "ok", "complete": "done", "attention": "attention", "ng": "ng"}
PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
WINDOWS = "Windows"
_NG_LASTS = 0.18  # s; the longest sound there is


class Orchestra(QObject):
    """The program's one player, ready from the first speaker on. `played(klass, ms, failed)` tells how a sound went."""

    played = Signal(str, float, bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = tempfile.TemporaryDirectory(prefix="jpship-sounds-")
        atexit.register(self._folder.cleanup)
        self._made: dict[int, dict[str, Path]] = {}
        self._klass_of: dict[str, str] = {}
        self.player: tuple[str, ...] = next((p for p in PLAYERS if shutil.which(p[0])), ())
        self._standby = Standby(self.player, parent=self) if self.player and possible() else None
        if self._standby is not None:
            self._standby.ended.connect(self._ended)
        self._ng_until = 0.0
        self.mute = self.name == ""  # no player, or it failed at its last sound
        self.told = False  # whether the person was told so
        self.handed_ms = 0.0  # what the last sound cost the window

    @property
    def name(self) -> str:
        """What plays, blank where nothing can."""
        if sys.platform == "win32":
            return WINDOWS
        return next(iter(self.player), "") if self._standby is not None else ""

    def files(self, volume: int) -> dict[str, Path]:
        """The four at this loudness, since not every player takes a volume."""
        if volume <= 0:
            return {}
        if volume not in self._made:
            made = {}
            for klass, name in SOUNDS.items():
                target = Path(self._folder.name) / f"{name}-{volume}.wav"
                _scaled(resources() / "sounds" / f"{name}.wav", target, volume)
                made[klass] = target
                self._klass_of[str(target)] = klass
            self._made[volume] = made
        return self._made[volume]

    def begin(self) -> None:
        """Stand ready, so that the first sound is as quick as the others."""
        if self._standby is not None:
            self._standby.begin()

    def play(self, klass: str, path: Path) -> None:
        """Hand it over and return at once."""
        began = time.perf_counter()
        if time.monotonic() < self._ng_until and klass != "ng":
            return
        self._ng_until = time.monotonic() + _NG_LASTS if klass == "ng" else 0.0
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        elif self._standby is None or not self._standby.run(str(path)):
            self.mute = True
            QApplication.beep()
        self.handed_ms = (time.perf_counter() - began) * 1000

    def _ended(self, line: str, code: int, took: float) -> None:
        klass = self._klass_of.get(line, "")
        self.mute = code != 0
        if self.mute:
            QApplication.beep()
        self.played.emit(klass, took, self.mute)

    def close(self) -> None:
        """End the player and remove the files."""
        if self._standby is not None:
            self._standby.close()
        self._folder.cleanup()


def orchestra() -> Orchestra:
    """The one of the running program, made when first asked for."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    found: Sequence[Orchestra] = app.findChildren(Orchestra)
    if found:
        return found[0]
    made = Orchestra(app)
    app.aboutToQuit.connect(made.close)
    return made


class Speaker:
    """Plays at a volume of 0–100; 0 or the set `none` is silence. Never waits for the sound to end."""

    def __init__(self, volume: int, sound_set: str) -> None:
        self._orchestra = orchestra()
        self.set_volume(volume if sound_set != "none" else 0)

    def set_volume(self, volume: int) -> None:
        """From now on at this loudness."""
        self._files = self._orchestra.files(volume)
        if self._files:
            self._orchestra.begin()

    @property
    def wants(self) -> bool:
        """Whether sounds are asked for."""
        return bool(self._files)

    def play(self, klass: str) -> None:
        """The sound of a class of the scan protocol."""
        path = self._files.get(klass)
        if path is not None:
            self._orchestra.play(klass, path)

    def close(self) -> None:
        """Silent from now on; the player is the program's."""
        self._files = {}


def _scaled(source: Path, target: Path, volume: int) -> None:
    """Copy a 16-bit WAV with its samples at `volume` percent."""
    with wave.open(str(source), "rb") as read:
        shape = read.getparams()
        samples = array.array("h", read.readframes(shape.nframes))
    if sys.byteorder == "big":
        samples.byteswap()
    quiet = array.array("h", (sample * volume // 100 for sample in samples))
    if sys.byteorder == "big":
        quiet.byteswap()
    with wave.open(str(target), "wb") as write:
        write.setparams(shape)
        write.writeframes(quiet.tobytes())
