"""`python3 -m tests.simulation [--parcels N] [--seed S]`: the table of docs/simulation.md."""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat

from jpship_gui.domain.packing.world import Proof
from tests.simulation.day import NONE, Tally, run_day
from tests.simulation.mistakes import Mistake

SIZE = 100
PROOFS = (Proof.FILE.value, Proof.LABEL.value, Proof.DOUBLE.value, Proof.HANDOVER.value, NONE)


def run(proof: str, days: range) -> Tally:
    """The tally of these days together."""
    whole = Tally()
    with ProcessPoolExecutor() as pool:
        for tally in pool.map(run_day, days, repeat(proof), repeat(SIZE), chunksize=10):
            whole.add(tally)
    return whole


def table(found: dict[str, Tally]) -> str:
    """Markdown: how much of each mistake was stopped under each proof, and where."""
    lines = ["| mistake | " + " | ".join(name or "none" for name in found) + " | stopped first at |"]
    lines.append("|---|" + "---:|" * len(found) + "---|")
    for mistake in Mistake:
        cells, places = [], {}
        for tally in found.values():
            made = tally.made[mistake]
            cells.append(f"{100 * (1 - tally.passed[mistake] / made):.1f} % of {made}" if made else "–")
            for place, count in tally.stopped.get(mistake, {}).items():
                places[place] = places.get(place, 0) + count
        most = sorted(places, key=lambda place: -places[place])[:4]
        lines.append(f"| {mistake.value} | {' | '.join(cells)} | {', '.join(most)} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table and the figures beside it."""
    parser = argparse.ArgumentParser(prog="python3 -m tests.simulation")
    parser.add_argument("--parcels", type=int, default=100_000, help="for each proof")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    days = range(given.seed * 100_000, given.seed * 100_000 + given.parcels // SIZE)
    started = time.monotonic()
    found = {proof: run(proof, days) for proof in PROOFS}
    print(table(found))
    for proof, tally in found.items():
        scans = sorted(tally.scans.elements())
        keys = sum(n * count for n, count in tally.keys.items())
        median = scans[len(scans) // 2]
        print(
            f"{proof or 'none'}: {tally.parcels} parcels, seeds {days.start}–{days.stop - 1}, {tally.confirmed} confirmed,"
            f" {tally.wrongly_stopped} right ones stopped, one-piece orders {len(scans)}: median {median} scans,"
            f" {keys} keys"
        )
    print(f"{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
