"""Synthesise the four sounds of the packing desk: apart in pitch and in rhythm, alike in loudness, at most 180 ms.

    python resources/build/sounds.py

ok is one high pip, done rises in two steps, attention knocks twice on one middle tone, ng rattles low three times: they
can be told apart by rhythm alone and by pitch alone. Standard library only; the WAV files are committed.
"""

from __future__ import annotations

import array
import math
import sys
import wave
from dataclasses import dataclass
from pathlib import Path

SOUNDS = Path(__file__).resolve().parents[1] / "sounds"
RATE = 44_100
EDGE = 0.004  # s of fade in and out, or the speaker clicks
LOUDNESS = 0.009  # A-weighted energy of every sound, s at full scale; the ear adds up some 200 ms
LONGEST = 0.180


@dataclass(frozen=True, slots=True)
class Tone:
    """A tone of some seconds (0 Hz = silence); `partials` are the strengths of the harmonics."""

    hertz: float
    seconds: float
    partials: tuple[float, ...] = (1.0, 0.25, 0.08)


ROUGH = (1.0, 0.8, 0.7, 0.55, 0.45, 0.35, 0.25)
SOUNDS_BY_NAME: dict[str, tuple[Tone, ...]] = {
    "ok": (Tone(1568, 0.080),),
    "done": (Tone(1047, 0.055), Tone(0, 0.010), Tone(1568, 0.110)),
    "attention": (Tone(784, 0.060), Tone(0, 0.055), Tone(784, 0.060)),
    "ng": (
        Tone(208, 0.048, ROUGH),
        Tone(0, 0.016),
        Tone(196, 0.048, ROUGH),
        Tone(0, 0.016),
        Tone(185, 0.050, ROUGH),
    ),
}


def a_weight(hertz: float) -> float:
    """How strongly the ear takes a frequency, as a factor on the amplitude (IEC 61672 curve A, 1 at 1 kHz)."""
    square = hertz * hertz
    top = 12194.0**2 * square * square
    low = (square + 20.6**2) * (square + 12194.0**2)
    return top / (low * math.sqrt((square + 107.7**2) * (square + 737.9**2))) * 1.2589


def energy(tones: tuple[Tone, ...]) -> float:
    """A-weighted energy of a sound at strength 1."""
    return sum(
        tone.seconds
        * sum((part * a_weight(tone.hertz * number)) ** 2 for number, part in enumerate(tone.partials, 1))
        / 2
        for tone in tones
        if tone.hertz
    )


def samples(tones: tuple[Tone, ...]) -> list[float]:
    """The wave between -1 and 1 at the common loudness."""
    strength = math.sqrt(LOUDNESS / energy(tones))
    wave_form: list[float] = []
    for tone in tones:
        length = round(tone.seconds * RATE)
        edge = EDGE * RATE
        for number in range(length):
            fade = min(1.0, number / edge, (length - number) / edge)
            angle = 2 * math.pi * tone.hertz * number / RATE
            value = sum(part * math.sin(angle * harmonic) for harmonic, part in enumerate(tone.partials, 1))
            wave_form.append(strength * fade * value)
    return wave_form


def write(name: str, tones: tuple[Tone, ...]) -> None:
    """One mono 16-bit WAV; ValueError when it is too long or would clip."""
    wave_form = samples(tones)
    peak = max(map(abs, wave_form))
    if len(wave_form) > LONGEST * RATE or peak > 1:
        raise ValueError(f"{name}: {len(wave_form) / RATE:.3f} s, peak {peak:.2f}")
    frames = array.array("h", (round(value * 32_767) for value in wave_form))
    if sys.byteorder == "big":
        frames.byteswap()
    with wave.open(str(SOUNDS / f"{name}.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(frames.tobytes())
    print(f"{name}: {len(wave_form) / RATE * 1000:.0f} ms, peak {peak:.2f}")


if __name__ == "__main__":
    SOUNDS.mkdir(exist_ok=True)
    for sound, notes in SOUNDS_BY_NAME.items():
        write(sound, notes)
