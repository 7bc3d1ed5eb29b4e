"""The practice day of the marketplaces beside the main one: files in, the same by API, packed, told exactly once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.confirmation import SendState
from jpship_gui.domain.packing.outcomes import Expect
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check.approve import approve
from jpship_gui.flows.check.mark_read import mark_read
from jpship_gui.flows.confirm.send import read_back, send, send_green
from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.fetch import fetch
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.paper.match_numbers import confirm, propose
from jpship_gui.flows.paper.print_slips import print_slips
from jpship_gui.flows.paper.take_numbers import take
from jpship_gui.flows.plan.choose import set_service
from jpship_gui.flows.table import list_rows
from jpship_gui.flows.table.detail import load
from jpship_gui.flows.upkeep import shops as shop_flows
from jpship_gui.flows.workspace import Workspace
from jpship_gui.practice.markets import PracticeMarket
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.opening import DAY_ORDERS, yesterday
from jpship_gui.practice.reading import read_waybill
from jpship_gui.practice.server import PracticeServer
from jpship_gui.practice.shops import settings_of
from jpship_gui.practice.ways import SETTINGS, WAYS, Way
from jpship_gui.texts import text

Expectation = Callable[..., None]  # name, ok, values of its words


class OtherMarket:
    """One marketplace's day; `expect` is told each step and whether it came about."""

    def __init__(
        self,
        ws: Workspace,
        market: PracticeMarket,
        server: PracticeServer,
        url: str,
        expect: Expectation,
    ) -> None:
        self._ws = ws
        self._market = market
        self._server = server
        self._url = url
        self._expect = expect
        self._numbers: dict[str, str] = {}  # shipment key → tracking number on its waybill
        self._listed: set[str] = set()  # entered from a site's list, so that somebody else must read them
        self._name = ws.markets()[market.id].name

    def play(self, files: Path, papers: Path) -> list[tuple[str, str]]:
        """The whole of it; order and number of every parcel by the marketplace's own record."""
        self._open_shops()
        self._take_orders(files)
        self._settle()
        dealt = self._plan()
        printed = print_slips(
            self._ws, self._keys(Stage.PRINT), papers / f"slips_{self._market.id}.pdf", glyphs_seen=True
        )
        for way, keys in dealt:
            self._hand_over(way, [key for key in printed.printed if key in keys], papers)
        self._pack([s for s in self._shipments() if s.key in set(printed.printed)])
        self._confirm()
        return self._compare()

    def _open_shops(self) -> None:
        ways = {"pack.goods": "off", "pack.proof": "double", **SETTINGS}
        for shop in self._market.shops:
            settings = {**settings_of(shop, self._url), **ways}
            shop_flows.add(self._ws, shop.marketplace, shop.name, settings)
            for name, value in shop.secrets.items():
                self._ws.secrets.keep_for_session(shop.name, name, value)

    def _take_orders(self, files: Path) -> None:
        """By file first; the API must then have nothing new to tell."""
        wanted = DAY_ORDERS * len(self._market.shops)
        paths = self._market.files(yesterday(), DAY_ORDERS, True, files)
        shown = preview(self._ws, paths)
        taken = accept(self._ws, shown)
        faults = [one.fault for one in shown.files if one.fault is not None]
        self._say("other_imported", taken.counts["new"] == wanted and not faults, count=taken.counts["new"])
        counts: Counter[str] = Counter()
        for shop in self._market.shops:
            (found,) = fetch(self._ws, shop.name).shops
            faults += [found.fault] if found.fault else []
            counts.update(found.counts)
        same = counts["new"] == counts["changed"] == counts["rejected"] == 0 and not faults
        self._say("other_same", same, count=counts["unchanged"])

    def _settle(self) -> None:
        for shipment in self._in(Stage.CHECK):
            if shipment.buyer_text:
                mark_read(self._ws, shipment.key)
        left = [s.key for s in self._in(Stage.CHECK)]
        if left:
            approve(self._ws, left, text("practice.reason"))

    def _plan(self) -> list[tuple[Way, frozenset[str]]]:
        """A person deals the parcels among all tools of the carriers this marketplace knows; a service that takes no
        wish gets those without one."""
        waiting = {s.key: s for s in self._in(Stage.PRINT)}
        keys = sorted(waiting, key=lambda key: waiting[key].wish.day is None and not waiting[key].wish.slot)
        ways = WAYS[self._market.id]
        ends = [len(keys) * place // len(ways) for place in range(len(ways) + 1)]
        dealt = [(way, keys[start:end]) for way, (start, end) in zip(ways, pairwise(ends), strict=True)]
        for way, chosen in dealt:
            set_service(self._ws, chosen, way.carrier, way.service, text("practice.reason"))
        planned = {(s.key, s.carrier, s.service) for s in self._shipments() if s.key in waiting}
        wanted = {(key, way.carrier, way.service) for way, chosen in dealt for key in chosen}
        names = "・".join(dict.fromkeys(self._ws.carriers()[way.carrier].name for way in ways))
        self._say("other_planned", planned == wanted, count=len(planned), carriers=names)
        return [(way, frozenset(chosen)) for way, chosen in dealt]

    def _hand_over(self, way: Way, keys: Sequence[str], papers: Path) -> None:
        """Out by file, and the numbers back as this tool gives them: its export, its site's list, or the scanner."""
        handed = papers / f"{way.carrier}_{way.tool}_{self._market.id}.csv"
        made = export(self._ws, way.carrier, keys, handed, tool=way.tool, agreed=True)
        now = to_jst(self._ws.now())
        printed = way.stand(handed, papers, way.first, now, made.exported)
        self._numbers |= printed.numbers
        taken = 0
        if printed.result is not None:
            found = take(self._ws, "", printed.result)
            taken = sum(printed.numbers.get(one.key) == one.number for one in found.matched)
        elif printed.page:
            matches = propose(self._ws, way.carrier, printed.page)
            linked = confirm(self._ws, matches)
            taken = sum(printed.numbers.get(match.parcel) == match.number for match, _ in linked)
            self._listed |= set(printed.numbers)
        whole = set(made.exported) == set(printed.numbers) == set(keys)
        back = len(keys) if printed.result or printed.page else 0
        self._say("other_handed", whole and taken == back, tool=way.name, rows=made.rows, count=taken)

    def _pack(self, ready: Sequence[Shipment]) -> None:
        """Slip and waybill of all; those whose number came from no file once more by somebody else."""
        outcomes: dict[str, str] = {}
        for person in (self._ws.person, text("practice.second_person")):
            with Desk(self._ws, "1", person) as desk:
                for shipment in ready:
                    entered = shipment.key in self._listed and person == self._ws.person
                    if not entered and outcomes.get(shipment.key) != "OK_DONE":
                        outcomes[shipment.key] = self._scan_pair(desk, shipment)
                desk.apply_pending()
        wanted, done = DAY_ORDERS * len(self._market.shops), list(outcomes.values()).count("OK_DONE")
        self._say("other_packed", len(outcomes) == done == wanted, count=done)

    def _scan_pair(self, desk: Desk, shipment: Shipment) -> str:
        answer = desk.scan(shipment.key)
        while answer.expects is Expect.TICK:
            answer = desk.tick()
        return read_waybill(desk, self._numbers[shipment.key]).outcome.value

    def _confirm(self) -> None:
        """The line is cut after the marketplace accepted the first report; what is doubtful is read back, not sent."""
        self._server.tricks.ask(Trick(self._market.write, How.CUT_AFTER))
        report = send_green(self._ws, list(self._numbers))
        for _ in range(3):
            if len(report.of(SendState.ACCEPTED)) < len(self._numbers):
                report.merge(send(self._ws))
        mine = [row for row in report.of(SendState.ACCEPTED) if row.key in self._numbers]
        self._say("other_sent", len(mine) == len(self._numbers), count=len(mine))

    def _compare(self) -> list[tuple[str, str]]:
        record = self._server.record()
        rows = Counter((r["order"], r.get("line", ""), r["tracking_no"]) for r in record)
        told = {(order, number) for order, _, number in rows}
        keys = {s.key: s.order_id.number for s in self._shipments()}
        wanted = {(keys[key], number) for key, number in self._numbers.items()}
        once = told == wanted and set(rows.values()) <= {1}
        self._say("other_once", once, count=len(told))
        mine = {shop.name for shop in self._market.shops}
        differences = [d for d in read_back(self._ws).differences if d.order in {o for o, _ in wanted}]
        self._say("other_read_back", not differences and bool(mine), count=len(wanted))
        return sorted(told)

    # -- looking ------------------------------------------------------------------------------------------------

    def _say(self, name: str, ok: bool, **values: object) -> None:
        self._expect(name, ok, marketplace=self._name, **values)

    def _shipments(self) -> list[Shipment]:
        everything = load(self._ws, list_rows.ids(self._ws, list_rows.Query(view="all")))
        return [s for s in everything if s.order_id.marketplace == self._market.id]

    def _in(self, stage: Stage) -> list[Shipment]:
        return [s for s in self._shipments() if s.stage is stage]

    def _keys(self, stage: Stage) -> list[str]:
        return [s.key for s in self._in(stage)]


def other_markets(markets: Mapping[str, PracticeMarket], main: str) -> list[PracticeMarket]:
    """All but the main one, in a fixed order."""
    return [market for name, market in sorted(markets.items()) if name != main]
