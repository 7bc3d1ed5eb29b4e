"""A whole packing day without a screen and without leaving this computer, with the mishaps of real days planted in it.

Every step says what was to be expected and whether it came about; the day is green when all of it did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.confirmation import SendState
from jpship_gui.domain.packing.outcomes import Expect
from jpship_gui.domain.packing.session import Answer
from jpship_gui.domain.problem import Severity
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check.approve import approve
from jpship_gui.flows.check.mark_read import mark_read
from jpship_gui.flows.check.repair import apply_repair
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.send import read_back, send, send_green
from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.fetch import fetch
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.paper.print_picklist import print_picklist
from jpship_gui.flows.paper.print_slips import print_slips
from jpship_gui.flows.paper.take_numbers import take
from jpship_gui.flows.table import list_rows
from jpship_gui.flows.table.detail import load
from jpship_gui.flows.upkeep import shops as shop_flows
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.b2_tool import issue
from jpship_gui.practice.day_others import OtherMarket, other_markets
from jpship_gui.practice.markets import MAIN_MARKET, markets
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.opening import yesterday, yesterdays_marketplaces
from jpship_gui.practice.rakuten.day_orders import DayOrders, day_orders, invented_number
from jpship_gui.practice.rakuten.samples import write_csv, write_xlsx
from jpship_gui.practice.rakuten.server import RakutenServer
from jpship_gui.practice.rakuten.shops import MAIN, SECOND, SHOPS
from jpship_gui.practice.reading import read_waybill
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.practice.server import Mall
from jpship_gui.practice.shops import settings_of
from jpship_gui.settings.places import Places
from jpship_gui.texts import text

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the day did: `name` is the key `practice.<name>`, `words` the sentence, `ok` = as expected."""

    name: str
    words: str
    ok: bool


@dataclass(slots=True)
class Played:
    """The day's course. `folder` holds everything it made."""

    folder: Path
    papers: Path
    steps: list[Step] = field(default_factory=list)
    registered: list[tuple[str, str]] = field(
        default_factory=list
    )  # order, number by the marketplace's record

    @property
    def green(self) -> bool:
        """Whether everything came out as expected."""
        return bool(self.steps) and all(step.ok for step in self.steps)

    def document(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "green": self.green,
            "folder": str(self.folder),
            "papers": str(self.papers),
            "steps": [{"name": s.name, "text": s.words, "ok": s.ok} for s in self.steps],
            "registered": [{"order": order, "tracking_no": number} for order, number in self.registered],
        }


def run_day(home: str | None = None, out: Path | None = None, say: Say | None = None) -> Played:
    """Play the day in a new folder below `home`'s practice folder; papers go to `out`, or into that folder."""
    folder = _fresh(Places.find(home).practice)
    papers = out or folder / "papers"
    papers.mkdir(parents=True, exist_ok=True)
    orders = day_orders(yesterday())
    played = Played(folder, papers)
    with RunningServer(yesterdays_marketplaces(result_delay=0.2)) as server:
        ws = open_workspace(str(folder), practice=True, person=text("practice.person"), desk="1")
        try:
            _Day(ws, server, orders, played, say or (lambda line: None)).run()
        finally:
            ws.close()
    return played


def _fresh(parent: Path) -> Path:
    number = 1
    while (folder := parent / f"day-{number:03d}").exists():
        number += 1
    folder.mkdir(parents=True)
    return folder


class _Day:
    def __init__(
        self, ws: Workspace, server: RunningServer[Mall], orders: DayOrders, played: Played, say: Say
    ) -> None:
        self._ws = ws
        self._server = server
        rakuten = server.app.servers["rakuten"]
        assert isinstance(rakuten, RakutenServer)
        self._rakuten = rakuten
        self._orders = orders
        self._played = played
        self._say = say
        self._numbers: dict[str, str] = {}  # shipment key → tracking number on its waybill

    def run(self) -> None:
        """Morning to the next morning."""
        self._say(text("practice.begins", folder=str(self._played.folder)))
        for part in (
            self._open_shops,
            self._take_orders,
            self._check,
            self._print,
            self._hand_to_carrier,
            self._marketplace_cancels,
            self._pack_main,
            self._pack_second,
            self._confirm,
            self._night,
            self._other_marketplaces,
        ):
            part()
        self._say(text("practice.papers", folder=str(self._played.papers)))
        key = "practice.ends_green" if self._played.green else "practice.ends_red"
        wrong = sum(not step.ok for step in self._played.steps)
        self._say(text(key, steps=len(self._played.steps), wrong=wrong))

    def _expect(self, name: str, ok: bool, **values: object) -> None:
        step = Step(name, text(f"practice.{name}", **values), ok)
        self._played.steps.append(step)
        self._say(f"{'○' if ok else '×'} {step.words}")

    # -- morning ------------------------------------------------------------------------------------------------

    def _open_shops(self) -> None:
        for shop in SHOPS:
            shop_flows.add(self._ws, shop.marketplace, shop.name, settings_of(shop, self._server.url))
            for name, value in shop.secrets.items():
                self._ws.secrets.keep_for_session(shop.name, name, value)

    def _take_orders(self) -> None:
        """The main shop's file as downloaded, the other's as a spreadsheet spoilt it, and a picture among them."""
        files = self._played.folder / "files"
        files.mkdir()
        picture = files / "photo.csv"
        picture.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)))
        whole = write_csv(files / "orders.csv", self._orders.main)
        spoilt = write_xlsx(files / "orders-2.xlsx", self._orders.second, typed=True)
        shown = preview(self._ws, [whole, spoilt, picture])
        taken = accept(self._ws, shown)
        faults = [one.fault.code for one in shown.files if one.fault is not None]
        repairs = sum(d.repaired is not None for one in shown.files for d in one.damages)
        wanted = len({row["注文番号"] for row in self._orders.rows})
        self._expect("imported", taken.counts["new"] == wanted, orders=taken.counts["new"], repairs=repairs)
        self._expect("refused_file", len(faults) == 1 and repairs > 0, file=picture.name)
        again = preview(self._ws, [whole])
        self._expect("imported_again", again.counts["new"] == 0, unchanged=again.counts["unchanged"])

    def _check(self) -> None:
        """Read, repair and approve what the rules found."""
        found = {s.order_id.number: s for s in self._shipments() if s.stage is Stage.CHECK}
        planted = {self._orders.planted[name] for name in ("remark", "postal", "street")}
        self._expect("problems", set(found) == planted, count=len(found))
        for shipment in found.values():
            self._settle(shipment)
        left = [s for s in self._shipments() if s.stage is Stage.CHECK]
        self._expect("problems_settled", not left, count=len(found) - len(left))

    def _settle(self, shipment: Shipment) -> None:
        """Tick the remark, take the first proposed repair, approve what has none."""
        if shipment.buyer_text:
            mark_read(self._ws, shipment.key)
        for problem in shipment.problems:
            kinds = [r for r in problem.repairs if r.kind in ("set_postal_code", "set_address")]
            if problem.severity is Severity.BLOCK and kinds:
                apply_repair(self._ws, shipment.key, problem.code, kinds[0])
                break
        (now,) = load(self._ws, keys=[shipment.key])
        if now.stage is Stage.CHECK:
            approve(self._ws, [shipment.key], text("practice.reason"))

    def _print(self) -> None:
        waiting = [s for s in self._shipments() if s.stage is Stage.PRINT]
        picked = print_picklist(self._ws, None, self._played.papers / "picklist.pdf")
        slips = print_slips(self._ws, None, self._played.papers / "slips.pdf", glyphs_seen=True)
        pieces = sum(s.pieces for s in waiting)
        self._expect("picklist", picked.pieces == pieces, pieces=picked.pieces, file=picked.path.name)
        self._expect(
            "slips", len(slips.printed) == len(waiting), count=len(slips.printed), file=slips.path.name
        )

    def _hand_to_carrier(self) -> None:
        """The main shop's parcels go through the carrier's tool; the other shop has waybills of its own."""
        keys = [s.key for s in self._packable(MAIN.name)]
        handed = self._played.papers / "b2.csv"
        made = export(self._ws, "yamato", keys, handed, agreed=True)
        issued = issue(handed, self._played.papers, 49_990_000_001, to_jst(self._ws.now()))
        taken = take(self._ws, "yamato", issued.path)
        self._numbers |= issued.numbers
        self._expect("handed_to_carrier", set(made.exported) == set(keys), rows=made.rows, file=handed.name)
        self._expect("numbers_taken", len(taken.matched) == len(keys), count=len(taken.matched))
        for n, shipment in enumerate(self._packable(SECOND.name)):
            self._numbers[shipment.key] = invented_number(1000 + n)

    def _marketplace_cancels(self) -> None:
        number = self._orders.planted["cancelled"]
        self._rakuten.play.change_order(number, {"orderProgress": 900})
        report = fetch(self._ws)
        faults = [one.fault for one in report.shops if one.fault]
        stage = self._by_number()[number].stage
        self._expect("cancelled_seen", not faults and stage is Stage.CANCELLED, order=number)

    # -- packing ------------------------------------------------------------------------------------------------

    def _pack_main(self) -> None:
        """Slip, goods, waybill; with a swap, a misread number, a piece too many and a cancelled order."""
        ready = self._packable(MAIN.name)
        gone = self._by_number()[self._orders.planted["cancelled"]]
        with Desk(self._ws, "1", self._ws.person) as desk:
            self._ng(desk, "ng_cancelled", [gone.key], "NG_CANCELLED")
            self._ng(desk, "ng_unknown", ["SOMETHING-ELSE"], "NG_UNKNOWN")
            first, second, third = ready[:3]
            self._open_and_pick(desk, first)
            self._ng(desk, "ng_swap", [self._numbers[second.key]], "NG_OTHER_ORDER")
            self._ng(desk, "ng_digit", [_misread(self._numbers[first.key])], "NG_CHECKDIGIT")
            done = [desk.scan(self._numbers[first.key]).outcome.value]
            self._open_and_pick(desk, second)
            self._ng(desk, "ng_over", [second.lines[0].sku], ("NG_OVER", "NG_ORDER"))
            done.append(desk.scan(self._numbers[second.key]).outcome.value)
            for shipment in (third, *ready[3:]):
                self._open_and_pick(desk, shipment)
                done.append(desk.scan(self._numbers[shipment.key]).outcome.value)
            desk.apply_pending()
        self._expect("packed", Counter(done) == {"OK_DONE": len(ready)}, count=done.count("OK_DONE"))

    def _pack_second(self) -> None:
        """Slip and waybill, and both once more later; the last one needs another parcel after it or another person."""
        ready = self._packable(SECOND.name)
        with Desk(self._ws, "1", self._ws.person) as desk:
            linked = [self._scan_pair(desk, s).outcome.value for s in ready]
            self._expect("linked", Counter(linked) == {"OK_LINK": len(ready)}, count=len(linked))
            first, second = ready[:2]
            desk.scan(first.key)
            self._ng(desk, "ng_swap_again", [self._numbers[second.key]], ("NG_OTHER_ORDER", "NG_DUPLICATE"))
            proven = [read_waybill(desk, self._numbers[first.key]).outcome.value]
            proven += [self._scan_pair(desk, s).outcome.value for s in ready[1:-1]]
            desk.apply_pending()
        self._expect("proven", Counter(proven) == {"OK_DONE": len(ready) - 1}, count=len(proven))

    def _open_and_pick(self, desk: Desk, shipment: Shipment) -> None:
        answer = desk.scan(shipment.key)
        for line in shipment.lines:
            for _ in range(line.quantity):
                answer = desk.scan(line.sku)
        while answer.expects is Expect.TICK:
            answer = desk.tick()

    def _scan_pair(self, desk: Desk, shipment: Shipment) -> Answer:
        answer = desk.scan(shipment.key)
        while answer.expects is Expect.TICK:
            answer = desk.tick()
        return read_waybill(desk, self._numbers[shipment.key])

    def _ng(self, desk: Desk, name: str, codes: Sequence[str], outcome: str | tuple[str, ...]) -> None:
        """The last code must stop the line, and the line must stay stopped until it is acknowledged."""
        wanted = (outcome,) if isinstance(outcome, str) else outcome
        answers = [desk.scan(code).outcome.value for code in codes]
        locked = desk.scan(codes[-1]).outcome.value
        desk.acknowledge()
        self._expect(name, answers[-1] in wanted and locked == "NG_LOCKED", outcome=answers[-1])

    # -- evening ------------------------------------------------------------------------------------------------

    def _confirm(self) -> None:
        """Send while the marketplace drops the line; the unproven parcel stays, is proven, and goes as well."""
        before = review(self._ws)
        unproven = [row for row in before.red if [r.code for r in row.reasons] == ["not_verified"]]
        self._expect("reviewed", len(unproven) == 1, green=len(before.green), red=len(before.red))
        tricks = self._rakuten.tricks
        tricks.ask(Trick("updateOrderShippingAsync", How.CUT_AFTER))
        tricks.ask(Trick("updateOrderShipping", How.ACCEPTED_500))
        report = send_green(self._ws)
        self._expect(
            "sent",
            len(report.of(SendState.ACCEPTED)) == len(before.green) and not report.faults,
            count=len(report.of(SendState.ACCEPTED)),
        )
        with Desk(self._ws, "1", text("practice.second_person")) as desk:
            for row in unproven:
                (shipment,) = load(self._ws, keys=[row.key])
                self._scan_pair(desk, shipment)
            desk.apply_pending()
        late = send_green(self._ws)
        late.merge(send(self._ws))
        self._expect("sent_late", len(late.of(SendState.ACCEPTED)) == 1, count=len(late.rows))
        self._compare()

    def _compare(self) -> None:
        """The marketplace's own record must show every packed parcel exactly once and nothing else."""
        record = self._rakuten.play.record()
        self._played.registered = sorted((r["orderNumber"], r["shippingNumber"]) for r in record)
        told = [s for s in self._shipments() if s.facts.accepted]
        wanted = sorted((s.order_id.number, self._numbers[s.key]) for s in told)
        packed = len(self._packed())
        self._expect(
            "registered_once", self._played.registered == wanted and len(wanted) == packed, count=packed
        )
        differences = read_back(self._ws).differences
        self._expect("read_back", not differences, count=len(told))

    def _night(self) -> None:
        """Reported is not yet shipped: the marketplace moves the orders at night, the next fetch shows it."""
        stages = Counter(s.stage for s in self._packed())
        self._expect("reported", set(stages) == {Stage.ACCEPTED}, count=stages[Stage.ACCEPTED])
        moved = self._rakuten.play.night()
        report = fetch(self._ws)
        stages = Counter(s.stage for s in self._packed())
        fine = set(stages) == {Stage.SHIPPED} and not any(one.fault for one in report.shops)
        self._expect("shipped", fine and len(moved) == stages[Stage.SHIPPED], count=stages[Stage.SHIPPED])
        again = send_green(self._ws)
        waiting = self._by_number()[self._orders.planted["processing"]].stage
        self._expect("nothing_left", not again.of(SendState.ACCEPTED) and waiting is Stage.WAITING)

    def _other_marketplaces(self) -> None:
        """The same day at every other marketplace, each with its own files, keys and manners."""
        for market in other_markets(markets(), MAIN_MARKET):
            server = self._server.app.servers[market.id]
            url = self._server.url_of(market.id)
            played = OtherMarket(self._ws, market, server, url, self._expect)
            folder = self._played.folder / "files" / market.id
            self._played.registered += played.play(folder, self._played.papers)

    # -- looking ------------------------------------------------------------------------------------------------

    def _shipments(self) -> list[Shipment]:
        return load(self._ws, list_rows.ids(self._ws, list_rows.Query(view="all")))

    def _by_number(self) -> Mapping[str, Shipment]:
        return {s.order_id.number: s for s in self._shipments()}

    def _packable(self, shop: str) -> list[Shipment]:
        return _in_order(s for s in self._shipments() if s.order_id.shop == shop and s.stage is Stage.PACK)

    def _packed(self) -> list[Shipment]:
        return [s for s in self._shipments() if s.facts.verified]


def _in_order(found: Iterable[Shipment]) -> list[Shipment]:
    return sorted(found, key=lambda s: (s.batch or 0, s.batch_row or 0))


def _misread(number: str) -> str:
    """The number with its last digit read wrong."""
    return number[:-1] + str((int(number[-1]) + 1) % 7)
