"""The four sounds, played by what the system brings; QtMultimedia would cost a second Qt and a sound server."""

from __future__ import annotations

import array
import shutil
import sys
import tempfile
import wave
from pathlib import Path

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

from jpship_gui.settings.places import resources

SOUNDS = {"ok": "ok", "complete": "done", "attention": "attention", "ng": "ng"}
_PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))


class Speaker:
    """Plays at a volume of 0–100; 0 or the set `none` is silence. Never waits for the sound to end."""

    def __init__(self, volume: int, sound_set: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="jpship-sounds-")
        self._files: dict[str, Path] = {}
        self._player = next((p for p in _PLAYERS if shutil.which(p[0])), None)
        self.set_volume(volume if sound_set != "none" else 0)

    def set_volume(self, volume: int) -> None:
        """Make the four files anew at this loudness, since not every player takes a volume."""
        self._files = {}
        if volume <= 0:
            return
        for name in SOUNDS.values():
            source = resources() / "sounds" / f"{name}.wav"
            target = Path(self._folder.name) / f"{name}.wav"
            _scaled(source, target, volume)
            self._files[name] = target

    def play(self, klass: str) -> None:
        """The sound of a class of the scan protocol."""
        path = self._files.get(SOUNDS.get(klass, ""))
        if path is None:
            return
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        elif self._player is not None:
            QProcess.startDetached(self._player[0], [*self._player[1:], str(path)])
        else:
            QApplication.beep()

    def close(self) -> None:
        """Remove the files."""
        self._folder.cleanup()


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
