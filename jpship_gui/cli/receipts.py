"""`jpship print receipt|invoice|receipts`."""

from __future__ import annotations

import argparse

from jpship_gui.cli.output import Answer, columns
from jpship_gui.cli.paper import print_any
from jpship_gui.flows.paper import receipts
from jpship_gui.flows.paper.receipts import ReceiptForm
from jpship_gui.flows.workspace import Workspace


def print_receipt(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Issue receipts of these shipments' orders."""
    return _issue(ws, arguments, "receipt")


def print_invoice(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Issue qualified invoices of these shipments' orders."""
    return _issue(ws, arguments, "invoice")


def _issue(ws: Workspace, arguments: argparse.Namespace, document: str) -> Answer:
    form = ReceiptForm(
        *(arguments.addressee, arguments.purpose, arguments.paid), arguments.mail, arguments.correct
    )
    choices = [f"{name}={value}" for name, value in form.choices.items()]
    given = argparse.Namespace(
        document=document, keys=arguments.keys, batch=None, set=choices, out=arguments.out
    )
    return print_any(ws, given)


def list_issues(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """What was issued, by day of supply, amount and partner, newest first."""
    found = receipts.search(
        ws,
        since=arguments.since,
        until=arguments.until,
        least=arguments.least,
        most=arguments.most,
        addressee=arguments.addressee,
    )
    document = [
        {
            "document": one.document,
            "number": one.number,
            "issue": one.issue,
            "corrects": one.corrects,
            "shop": one.order_id.shop,
            "order": one.order_id.number,
            "supplied_on": one.supplied_on,
            "addressee": one.addressee,
            "total": one.total,
            "at": one.at,
            "person": one.person,
            "desk": one.desk,
        }
        for one in found
    ]
    rows = (
        (one.number, str(one.issue), one.supplied_on, f"{one.total:,}", one.addressee, one.order_id.number)
        for one in found
    )
    return Answer(document, columns(rows))
