"""The sounds tried out on the packing page: each with its colour and shape, what plays it, how long that took."""

from __future__ import annotations

from PySide6.QtCore import QObject

from jpship_gui.settings.options import find
from jpship_gui.texts import text
from jpship_gui.ui.pack.acting import PageActs
from jpship_gui.ui.pack.asking import Choice
from jpship_gui.ui.pack.sound import SOUNDS, orchestra

_STEP = 10
_VOLUME, _SET, _SPEECH = "sound.volume", "sound.set", "sound.speech"


class SoundSheet(QObject):
    """Stays over the page until it is left; a scan leaves it, as any sheet."""

    def __init__(self, page: PageActs) -> None:
        super().__init__(orchestra())
        self._page = page
        self._took: dict[str, str] = {}
        self._renewing = False
        orchestra().played.connect(self._played)
        self._show()

    def _show(self) -> None:
        self._page.choose(
            text("packfeel.sounds", player=player_words()), self._choices(), self._done, self._left
        )

    def _choices(self) -> list[Choice]:
        options = self._page.desk.ws.options
        volume = options.get(_VOLUME)
        made = [
            Choice(text(f"packfeel.sound.{klass}"), f"play {klass}", self._took.get(klass, ""), klass=klass)
            for klass in SOUNDS
        ]
        words = text("packfeel.now", value=f"{volume} %")
        made.append(Choice(text("packfeel.louder"), "louder", words, allowed=volume < 100))
        made.append(Choice(text("packfeel.softer"), "softer", words, allowed=volume > 0))
        for key in (_SET, _SPEECH):
            value = text("packfeel.now", value=text(f"option.{key}.{options.get(key)}"))
            made.append(Choice(text(f"option.{key}"), key, value))
        return made

    def _done(self, choice: Choice) -> None:
        options, act = self._page.desk.ws.options, str(choice.value)
        if act.startswith("play "):
            klass = act.removeprefix("play ")
            self._page.saying.speaker.play(klass)
            self._took[klass] = text("packfeel.handed", ms=f"{orchestra().handed_ms:.2f}")
            self._page.saying.voice.say(text(f"packfeel.sound.{klass}"))
        elif act in ("louder", "softer"):
            step = _STEP if act == "louder" else -_STEP
            options.set(_VOLUME, max(0, min(100, options.get(_VOLUME) + step)))
            self._page.saying.renew()
            self._page.saying.speaker.play("ok")
        else:
            choices = find(act).choices
            options.set(act, choices[(choices.index(options.get(act)) + 1) % len(choices)])
            self._page.saying.renew()
            self._page.saying.voice.say(text("packfeel.sound.ok"))
        self._show()

    def _played(self, klass: str, took: float, failed: bool) -> None:
        key = "packfeel.played.failed" if failed else "packfeel.played"
        self._took[klass] = f"{self._took.get(klass, '')} {text(key, ms=round(took))}".strip()
        self._renewing = True
        self._show()
        self._renewing = False

    def _left(self) -> None:
        if not self._renewing:
            orchestra().played.disconnect(self._played)
            self.deleteLater()


def player_words() -> str:
    """What plays here."""
    return orchestra().name or text("packfeel.beep")


def open_sounds(page: PageActs) -> None:
    """Lay them over the page."""
    SoundSheet(page)
