"""The four sounds: short, alike in loudness, apart in pitch and in rhythm."""

from __future__ import annotations

import array
import cmath
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


def spectrum(wave_form: list[float]) -> list[complex]:
    """Fast Fourier transform, filled up with silence to a power of two."""
    size = 1 << (len(wave_form) - 1).bit_length()
    values: list[complex] = [*wave_form, *[0.0] * (size - len(wave_form))]
    swapped = [values[int(f"{i:0{size.bit_length() - 1}b}"[::-1], 2)] for i in range(size)]
    span = 2
    while span <= size:
        turns = [cmath.exp(-2j * math.pi * k / span) for k in range(span // 2)]
        for start in range(0, size, span):
            for k, turn in enumerate(turns):
                low, high = swapped[start + k], swapped[start + k + span // 2] * turn
                swapped[start + k], swapped[start + k + span // 2] = low + high, low - high
        span *= 2
    return swapped


def heard(name: str) -> float:
    """A-weighted energy in decibels, from the file alone (weights of IEC 61672)."""
    wave_form, rate = samples(name)
    bins = spectrum(wave_form)
    total = 0.0
    for number in range(1, len(bins) // 2):
        square = (number * rate / len(bins)) ** 2
        low = (square + 20.6**2) * math.sqrt((square + 107.7**2) * (square + 737.9**2))
        weight = 12194.0**2 * square * square / (low * (square + 12194.0**2)) * 1.2589
        total += abs(bins[number]) ** 2 * weight * weight
    return 10 * math.log10(2 * total / len(bins) / rate)


def test_all_are_heard_alike_loud() -> None:
    levels = {name: heard(name) for name in NAMES}
    assert max(levels.values()) - min(levels.values()) < 1.0, levels
    assert min(max(map(abs, samples(name)[0])) for name in NAMES) > 0.25


def test_every_pair_differs_in_pitch_and_in_rhythm() -> None:
    """For each two: another number of bursts or other lengths, and other pitches by a third at least."""
    played = {name: bursts(name) for name in NAMES}
    for one, other in itertools.combinations(NAMES, 2):
        mine, theirs = played[one], played[other]
        lengths = len(mine) != len(theirs) or any(
            abs(a[0] - b[0]) > 0.02 for a, b in zip(mine, theirs, strict=True)
        )
        assert lengths, (one, other)
        first = mine[0][1] / theirs[0][1]
        assert not 0.8 < first < 1.25, (one, other, first)
