"""What is heard of an answer: the sound at once, then the words."""

from __future__ import annotations

from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.session import Answer
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.pack.screen import Band, NextThing
from jpship_gui.ui.pack.sound import Speaker, orchestra
from jpship_gui.ui.pack.spoken import spoken
from jpship_gui.ui.pack.voice import Voice


class Saying:
    """Sound and voice of one page, as the desk's settings have them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        options = desk.ws.options
        self.speaker = Speaker(options.get("sound.volume"), options.get("sound.set"))
        self.voice = Voice(options.get("sound.speech"))
        self._then: NextThing | None = None

    def renew(self) -> None:
        """The page comes into sight, or settings changed; what cannot be heard is told before anything is scanned."""
        options = self._desk.ws.options
        volume = options.get("sound.volume") if options.get("sound.set") != "none" else 0
        self.speaker.set_volume(volume)
        self.voice.set_to(options.get("sound.speech"))
        self._tell()

    def answer(self, answer: Answer, band: Band) -> None:
        """Sound and words of what was just painted."""
        self.speaker.play(answer.klass.value)
        before, self._then = self._then, band.then
        if self.voice.language and answer.outcome is not Outcome.OK_ACK:
            same = answer.outcome is Outcome.OK_ITEM and _same(before, band.then)
            self.voice.say(spoken(answer, band.then, self.voice.language, wanted=band.wanted, same=same))
        self._tell()

    def fault(self, title: str, sound: str = "ng") -> None:
        """What the desk could not do, or cannot do from now on."""
        self.speaker.play(sound)
        self.voice.say(title)
        self._tell()

    def _tell(self) -> None:
        """Once: that nothing here can play, while the system's own beep stands in."""
        playing = orchestra()
        if self.speaker.wants and playing.mute and not playing.told:
            playing.told = True
            self._desk.warn(text("packfeel.no_player"))

    def close(self) -> None:
        """Silent from now on."""
        self.speaker.close()
        self.voice.close()


def _same(before: NextThing | None, now: NextThing | None) -> bool:
    return before is not None and now is not None and (before.name, before.variant) == (now.name, now.variant)
