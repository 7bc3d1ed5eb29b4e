"""The four sounds: short, alike in loudness, apart in pitch and in rhythm."""

from __future__ import annotations

import array
import itertools
import math
import wave

import pytest

from jpship_gui.settings.places import resources

NAMES = ("ok", "done", "attention", "ng")
WINDOW = 0.005  # s


def samples(name: str) -> tuple[list[float], int]:
    """The wave between -1 and 1, and samples a second."""
    with wave.open(str(resources() / "sounds" / f"{name}.wav"), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        frames = array.array("h", file.readframes(file.getnframes()))
        return [value / 32_768 for value in frames], file.getframerate()


def bursts(name: str) -> list[tuple[float, float]]:
    """(seconds, hertz) of each stretch of sound; the pitch from the zero crossings of its strongest part."""
    wave_form, rate = samples(name)
    size = round(WINDOW * rate)
    loud = [max(map(abs, wave_form[start : start + size])) > 0.03 for start in range(0, len(wave_form), size)]
    found = []
    position = 0
    for is_loud, stretch in itertools.groupby(loud):
        length = len(list(stretch))
        if is_loud and length * WINDOW >= 0.02:
            part = wave_form[position * size : (position + length) * size]
            rises = sum(1 for a, b in itertools.pairwise(part) if a < 0 <= b)
            found.append((length * WINDOW, rises / (length * WINDOW)))
        position += length
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_is_short_and_does_not_clip(name: str) -> None:
    wave_form, rate = samples(name)
    assert len(wave_form) / rate <= 0.180
    assert max(map(abs, wave_form)) < 0.99


def test_rhythm_alone_tells_them_apart() -> None:
    assert [len(bursts(name)) for name in NAMES] == [1, 2, 2, 3]
    done, attention = bursts("done"), bursts("attention")
    assert done[1][0] > done[0][0] * 1.5  # short, long
    assert attention[1][0] == pytest.approx(attention[0][0], abs=0.011)  # two alike


def test_pitch_alone_tells_them_apart() -> None:
    highest = {name: max(hertz for _, hertz in bursts(name)) for name in NAMES}
    assert highest["ok"] > 1400
    assert bursts("done")[1][1] > bursts("done")[0][1] * 1.3  # rises
    assert 700 < highest["attention"] < 900
    assert highest["ng"] < 650


def test_no_sound_is_much_stronger_than_another() -> None:
    """A crude check on the file; the A-weighted levels are set where the sounds are made."""
    peaks = {name: max(map(abs, samples(name)[0])) for name in NAMES}
    assert min(peaks.values()) > 0.25
    energy = {name: sum(value * value for value in samples(name)[0]) for name in NAMES if name != "ng"}
    levels = [10 * math.log10(value) for value in energy.values()]
    assert max(levels) - min(levels) < 4
