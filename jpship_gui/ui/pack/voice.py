"""Outcomes spoken by what the system brings: Windows' own voices, macOS `say`, speech-dispatcher or eSpeak NG on Linux.

Off the window's thread, and a newer utterance cuts an older one off. What is said holds no names of people.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from jpship_gui.texts import LANGUAGES, language
from jpship_gui.ui.pack.standby import Standby, possible

OFF, AS_SHOWN = "off", "shown"
_AFTER_SOUND = 190  # ms; the sound comes first and is not talked over
_SPEAKERS: Mapping[str, tuple[Mapping[str, tuple[str, ...]], str]] = {
    # program → arguments before the words by language, and what ends an utterance that outlives its process
    "say": ({"ja": ("-v", "Kyoko"), "en": ("-v", "Samantha"), "zh_Hans": ("-v", "Tingting")}, ""),
    "spd-say": ({"ja": ("-l", "ja"), "en": ("-l", "en"), "zh_Hans": ("-l", "zh")}, "spd-say -C"),
    "espeak-ng": ({"ja": ("-v", "ja"), "en": ("-v", "en"), "zh_Hans": ("-v", "cmn")}, ""),
}
_CULTURES = {"ja": "ja-JP", "en": "en-US", "zh_Hans": "zh-CN"}
# Each line of its input is said, and ends what was being said; the culture is filled in.
_POWERSHELL = """
[Console]::InputEncoding = [System.Text.Encoding]::UTF8
Add-Type -AssemblyName System.Speech
$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer
try {{ $voice.SelectVoiceByHints('NotSet', 'NotSet', 0, [System.Globalization.CultureInfo]'{culture}') }} catch {{ }}
$voice.Rate = 2
while ($null -ne ($line = [Console]::In.ReadLine())) {{
  $voice.SpeakAsyncCancelAll()
  [void]$voice.SpeakAsync($line)
}}
"""


class Voice(QObject):
    """Says one short text at a time. `setting` is off, shown (the language of the window) or a language."""

    def __init__(self, setting: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._standby: Standby | None = None
        self._windows: subprocess.Popen[bytes] | None = None
        self._waiting = ""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_SOUND)
        self._later.timeout.connect(self._say_now)
        self.program = _program()
        self.language = ""
        self.set_to(setting)
        app = QApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)

    def set_to(self, setting: str) -> None:
        """Off, or from now on in this language; the program that speaks stands ready from now on."""
        wanted = language() if setting == AS_SHOWN else setting
        wanted = wanted if wanted in LANGUAGES and self.program else ""
        if wanted == self.language:
            return
        self.close()
        self.language = wanted
        if wanted:
            self._begin()

    def say(self, words: str) -> None:
        """After the sound that goes with it; what waits or is being said is cut off."""
        if not self.language:
            return
        self._waiting = " ".join(words.split())
        self._later.start()

    def _begin(self) -> None:
        if sys.platform == "win32":
            script = _POWERSHELL.format(culture=_CULTURES[self.language])
            self._windows = subprocess.Popen(
                ["powershell", "-NoProfile", "-NonInteractive", "-Command", script],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                creationflags=subprocess.CREATE_NO_WINDOW,
            )
            return
        options, cutting = _SPEAKERS[self.program]
        self._standby = Standby((self.program, *options[self.language], "--"), cutting, self)
        if self.program == "say":  # takes its words without a mark before them
            self._standby = Standby((self.program, *options[self.language]), cutting, self)
        self._standby.begin()

    def _say_now(self) -> None:
        words, self._waiting = self._waiting, ""
        if not words:
            return
        if self._standby is not None:
            self._standby.run(words.lstrip("-"))
        elif self._windows is not None and self._windows.stdin is not None:
            try:
                self._windows.stdin.write(f"{words}\n".encode())
                self._windows.stdin.flush()
            except OSError:
                self.close()

    def close(self) -> None:
        """Silent at once."""
        self._later.stop()
        self._waiting, self.language = "", ""
        if self._standby is not None:
            self._standby.close()
            self._standby = None
        if self._windows is not None:
            self._windows.kill()
            self._windows = None


def _program() -> str:
    """What speaks here, blank for nothing."""
    if sys.platform == "win32":
        return "powershell" if shutil.which("powershell") else ""
    speakers: Sequence[str] = tuple(_SPEAKERS)
    return next((name for name in speakers if shutil.which(name)), "") if possible() else ""
