"""A receipt is set, looked at and issued in the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from jpship_gui.domain.fault import WorldFault
from jpship_gui.flows.paper import receipts
from jpship_gui.flows.paper.presets import Preset
from jpship_gui.flows.paper.print_queue import Job
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import prints
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.receipts import page as page_module
from jpship_gui.ui.receipts.page import ReceiptsPage
from tests.documents.reading import page_texts
from tests.flows.carrier_desk import open_desk
from tests.flows.paper_desk import printable
from tests.flows.test_receipts import NUMBER, an_order_paid
from tests.ui import synthetic
from tests.ui.driving import Driver

ORDER = an_order_paid()


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    desk = open_desk(tmp_path, invoice__mode="full", invoice__registration_no=NUMBER)
    printable(desk, ORDER)
    yield replace(desk, clock=lambda: synthetic.NOW)
    desk.close()


@pytest.fixture
def key(ws: Workspace) -> str:
    return str(ws.store.value("SELECT key FROM shipments"))


@pytest.fixture
def page(window: MainWindow, driver: Driver, key: str) -> ReceiptsPage:
    window.open_page("receipts", key)
    driver.settle()
    found = window.page()
    assert isinstance(found, ReceiptsPage)
    return found


def shown(page: ReceiptsPage) -> str:
    assert page._shown is not None
    return "".join("".join(page_texts(page._shown.pdf)).split())


def test_the_form_begins_with_the_order_and_the_paper_follows_it(page: ReceiptsPage, driver: Driver) -> None:
    assert page.fields.addressee.text() == "山田 花子"
    assert page.amount.text() == "¥10,700"
    assert "山田花子様" in shown(page)
    page.fields.addressee.setFocus()
    page.fields.addressee.selectAll()
    driver.type_words(page.fields.addressee, "山田商店")
    assert "山田商店御中" in shown(page)
    page.fields.purpose.selectAll()
    driver.type_words(page.fields.purpose, "食器代として")
    assert "食器代として" in shown(page)
    assert "No.R" not in shown(page)


def test_issued_into_a_file_it_is_numbered_and_the_next_is_a_re_issue(
    page: ReceiptsPage, driver: Driver, ws: Workspace, tmp_path: Path
) -> None:
    page.fields.addressee.selectAll()
    driver.type_words(page.fields.addressee, "山田商店")
    page.issue_to(tmp_path / "r.pdf")
    driver.settle()
    assert "R000001" in "".join(page_texts((tmp_path / "r.pdf").read_bytes()))
    assert page.fields.addressee.text() == "山田商店"
    assert page._shown is not None
    assert page._shown.draft.again
    assert page.print_button.text() == "再発行して印刷"
    page.issue_to(tmp_path / "again.pdf")
    driver.settle()
    assert "再発行" in "".join(page_texts((tmp_path / "again.pdf").read_bytes()))
    assert [one.issue for one in receipts.issued(ws, ORDER.id)] == [1, 2]


def test_another_name_afterwards_needs_the_word_correction(
    page: ReceiptsPage, driver: Driver, ws: Workspace, tmp_path: Path
) -> None:
    page.issue_to(tmp_path / "r.pdf")
    driver.settle()
    driver.type_words(page.fields.addressee, "2")
    assert not page.print_button.isEnabled()
    assert "訂正" in page.state._words.text()
    driver.click(page.fields.correct)
    assert page.print_button.isEnabled()
    page.issue_to(tmp_path / "c.pdf")
    driver.settle()
    assert [one.corrects for one in receipts.issued(ws, ORDER.id)] == ["", "R000001"]


def test_what_no_printer_took_is_issued_and_said(
    page: ReceiptsPage, driver: Driver, ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> Job:
        raise WorldFault("print_failed", printer="x", reason="no paper")

    monkeypatch.setattr(page_module, "sender", lambda: refuse)
    driver.click(page.print_button)
    (one,) = receipts.issued(ws, ORDER.id)
    assert one.number == "R000001"
    (made,) = prints.recent(ws.store)
    assert made.document == "receipt"
    assert made.state == prints.UNSENT


def test_printing_goes_to_the_printer_of_receipts(
    page: ReceiptsPage, driver: Driver, ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[bytes, str]] = []

    def take(pdf: bytes, title: str, chosen: Preset) -> Job:
        sent.append((pdf, title))
        return Job("office-1", "office", 1)

    monkeypatch.setattr(page_module, "sender", lambda: take)
    driver.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier, on=page)
    ((pdf, title),) = sent
    assert "領収書" in "".join(page_texts(pdf))
    assert title == "領収書", "a name of a person would stand in the queue"
    (made,) = prints.recent(ws.store)
    assert (made.printer, made.state) == ("office", prints.SENT)


def test_an_invoice_is_one_click_away(page: ReceiptsPage, driver: Driver) -> None:
    page.kind.setFocus()
    driver.key(Qt.Key.Key_Right, on=page.kind)
    assert "適格請求書" in shown(page)
    assert page.amount.text() == "¥10,990"


def test_the_papers_tab_of_an_order_leads_here(window: MainWindow, driver: Driver, key: str) -> None:
    window.open_page("all")
    driver.settle()
    pane = window.page().detail  # type: ignore[union-attr]
    pane.show_shipment(1)
    driver.settle()
    pane._choose_tab("documents")
    driver.settle()
    buttons = [b for b in pane.findChildren(page_module.Button) if b.text() == "領収書・請求書を発行"]
    driver.click(buttons[-1])
    found = window.page()
    assert isinstance(found, ReceiptsPage)
    assert found.fields.addressee.text() == "山田 花子"


def test_an_order_that_may_not_be_printed_says_its_own_reason(
    page: ReceiptsPage, driver: Driver, ws: Workspace, key: str, tmp_path: Path
) -> None:
    with ws.store.transaction():
        ws.store.execute("UPDATE shipments SET buyer_text = ?, remark_read = 0", ("領収書をください",))
    warned: list[str] = []
    page.desk.warned.connect(warned.append)
    page.issue_to(tmp_path / "r.pdf")
    driver.settle()
    assert not (tmp_path / "r.pdf").exists()
    assert len(warned) == 1
    assert ORDER.id.number in warned[0]
    assert receipts.issued(ws, ORDER.id) == ()
