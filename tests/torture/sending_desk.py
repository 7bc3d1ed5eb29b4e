"""A desk that packs a few orders at a time and sends them, until the marketplaces have accepted all; made to be killed.

    python -m tests.torture.sending_desk HOME ORDERS_AT_A_TIME

Prints "up" once it works, then a line each round: how many shipments are not accepted yet.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

from jpship_gui.domain.confirmation import SendState
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.confirm.queue import retry
from jpship_gui.flows.confirm.send import send, send_green
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.desk import PracticeSecrets
from jpship_gui.store import outbox, shipments

FACTS = ("printed", "checked", "linked", "verified")


def waybill(row_id: int) -> str:
    """The number on a shipment's waybill, of Yamato's form."""
    stem = 41_000_000_000 + row_id
    return f"{stem}{stem % 7}"


def desk(home: Path) -> Workspace:
    """The data folder with the keys of the practice shops."""
    ws = open_workspace(str(home), practice=True, person="佐藤", desk="1")
    return replace(ws, secrets=PracticeSecrets())


def every_shipment(ws: Workspace) -> list[Shipment]:
    """All of them, in no order that means anything to a shop."""
    return shipments.by_ids(
        ws.store, [row for (row,) in ws.store.rows("SELECT id FROM shipments ORDER BY id")]
    )


def pack(ws: Workspace, chosen: list[Shipment]) -> None:
    """Slip, goods and waybill of these, proven: all or nothing, whenever the program is killed."""
    with ws.store.transaction():
        for shipment in chosen:
            number = {"tracking_no": waybill(shipment.row_id), "carrier": "yamato", "how": "scanned"}
            shipments.set_parcel(ws.store, shipment.key, number)
            for fact in FACTS:
                shipments.mark(ws.store, [shipment.row_id], fact, ws.now(), "佐藤", "double")
        shipments.restage(ws.store, [shipment.row_id for shipment in chosen])


def work(home: Path, at_a_time: int) -> None:
    """Pack at most so many orders before each sending, until nothing is left."""
    ws = desk(home)
    dice = random.Random()
    print("up", flush=True)
    while left := [one for one in every_shipment(ws) if one.facts.accepted is None]:
        print(len(left), flush=True)
        unpacked = [one for one in left if one.facts.linked is None]
        if len(left) - len(unpacked) < at_a_time:  # what was packed before is to be got rid of first
            dice.shuffle(unpacked)
            pack(ws, unpacked[: dice.randint(1, at_a_time)])
        send_green(ws)
        refused = [i.confirmation.shipment_key for i in outbox.in_state(ws.store, [SendState.REFUSED])]
        if refused:  # a person looks at them and tries again
            retry(ws, refused)
            send(ws)
    ws.close()


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]))
