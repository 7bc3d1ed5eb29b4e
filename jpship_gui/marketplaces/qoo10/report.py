"""What is to be told for a confirmation, seen how its order numbers stand, and what the answers mean. No HTTP here.

A number is told for every order number of a cart. What has its number already is never told again; a cart of which some
order numbers were refused is told in part, and only those are told the next time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jpship_gui.domain.confirmation import Confirmation, SendResult, SendState
from jpship_gui.marketplaces.qoo10 import values as qoo10
from jpship_gui.marketplaces.qoo10.api import MAX_ROWS, OK, Reply, Sending
from jpship_gui.marketplaces.qoo10.fill import parcel_of
from jpship_gui.marketplaces.qoo10.mapping import Fields

_NOT_NOW: Mapping[str, str] = {"1": "order_unconfirmed"}
UNPROMISED = "2"


@dataclass(frozen=True, slots=True)
class CartReport:
    """One cart's rows that are still to be told; `waiting` are those without a promised ship date."""

    key: str
    rows: tuple[Sending, ...]
    ids: tuple[tuple[str, str], ...]
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be told, and what is decided without telling anything."""

    reports: tuple[CartReport, ...]
    decided: tuple[SendResult, ...]


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """What was answered for one order number."""

    code: str
    message: str

    @property
    def ok(self) -> bool:
        """Whether the order number is told."""
        return self.code == OK

    @property
    def words(self) -> str:
        """Message and code, as a person repeats them to the marketplace."""
        return f"{self.message} ({self.code})" if self.message else self.code


def plan_reports(confirmations: Sequence[Confirmation], lines: Mapping[str, Fields]) -> Plan:
    """Reports for the confirmations; `lines` are records by order number, claims included."""
    reports: list[CartReport] = []
    decided: list[SendResult] = []
    for confirmation in confirmations:
        stop = _stop(confirmation, lines)
        if stop:
            decided.append(SendResult(confirmation.shipment_key, SendState.REFUSED, stop))
            continue
        report = _report(confirmation, lines)
        if report.rows:
            reports.append(report)
        else:
            decided.append(
                SendResult(report.key, SendState.ACCEPTED, "already_registered", detail_ids=report.ids)
            )
    return Plan(tuple(reports), tuple(decided))


def _stop(confirmation: Confirmation, lines: Mapping[str, Fields]) -> str:
    """Why nothing may be told of this cart now, "" when it may."""
    for line in confirmation.lines:
        record = lines.get(line.line_id)
        parcel = parcel_of(confirmation, line.line_id)
        if record is None or parcel is None:
            return "order_unknown"
        claim = record.get("line.claim", "")
        if claim and qoo10.claim_name(claim):
            return "order_cancelled" if qoo10.is_cancelled(claim) else "order_cancelling"
        if record["state"] in _NOT_NOW:
            return _NOT_NOW[record["state"]]
        there = qoo10.said(record["line.tracking_no"])
        if there not in ("", parcel.tracking_no) and not parcel.detail_id:
            return "order_shipped_otherwise"
    return "" if confirmation.lines else "order_unknown"


def _report(confirmation: Confirmation, lines: Mapping[str, Fields]) -> CartReport:
    rows: list[Sending] = []
    ids: dict[str, str] = {}
    for line in confirmation.lines:
        parcel, record = parcel_of(confirmation, line.line_id), lines[line.line_id]
        assert parcel is not None
        ids.setdefault(parcel.parcel_key, line.line_id)
        there = qoo10.said(record["line.tracking_no"])
        told = qoo10.is_shipped(record["state"]) and there == parcel.tracking_no  # "" = told without one
        if not told:
            rows.append(Sending(line.line_id, parcel.carrier_code, parcel.tracking_no))
    waiting = tuple(row.order_no for row in rows if lines[row.order_no]["state"] == UNPROMISED)
    return CartReport(confirmation.shipment_key, tuple(rows), tuple(ids.items()), waiting)


def packs(reports: Sequence[CartReport]) -> Iterator[list[CartReport]]:
    """Carts that go into one call; a cart is never divided."""
    pack: list[CartReport] = []
    rows = 0
    for report in reports:
        if pack and rows + len(report.rows) > MAX_ROWS:
            yield pack
            pack, rows = [], 0
        pack.append(report)
        rows += len(report.rows)
    if pack:
        yield pack


def row_answers(reply: Reply) -> dict[str, RowAnswer]:
    """Answers by order number. The two calls spell its name differently, and a row has up to two codes: one that is not
    success decides, and so does a failure of the whole reply beside rows."""
    found: dict[str, RowAnswer] = {}
    for record in reply.records:
        number = next(
            (
                str(record[name])
                for name in ("contr_no", "cont_no", "orderno")
                if record.get(name) is not None
            ),
            "",
        )
        codes = [str(record[n]).strip() for n in ("result_cd", "resultcode") if record.get(n) is not None]
        code = next((code for code in codes if code != OK), OK if codes else "")
        if number and code:
            found[number] = RowAnswer(code, str(record.get("resultmsg") or ""))
    if not reply.ok:
        return {number: answer for number, answer in found.items() if not answer.ok}
    return found


def result_of(report: CartReport, answers: Mapping[str, RowAnswer]) -> SendResult:
    """One cart's result; an order number nobody spoke of leaves it doubtful."""
    refused = [(row.order_no, a) for row in report.rows if (a := answers.get(row.order_no)) and not a.ok]
    silent = [row for row in report.rows if row.order_no not in answers]
    if silent:
        return SendResult(report.key, SendState.DOUBTFUL, "answer_incomplete")
    if not refused:
        return SendResult(report.key, SendState.ACCEPTED, detail_ids=report.ids)
    words = "・".join(f"{number} {answer.words}" for number, answer in refused)
    partly = len(refused) < len(report.rows)
    return SendResult(report.key, SendState.REFUSED, "partly_told" if partly else refused[0][1].code, words)
