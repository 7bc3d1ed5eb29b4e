"""A shop nobody heard of: its file is mapped in the window, imported, packed and reported, with clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jpship_gui.flows.confirm.write_files import write_files
from jpship_gui.flows.upkeep import profiles, shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.formats.reader import read_file
from jpship_gui.texts import text
from jpship_gui.ui.intake.file_card import FileCard
from jpship_gui.ui.intake.page import IntakePage
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.profiles.editor import Editor
from jpship_gui.ui.profiles.page import ProfilesPage
from tests.flows.confirming import pack, yamato_number
from tests.ui import synthetic
from tests.ui.driving import Driver
from tests.ui.profiles.unseen import a_file


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """A new desk."""
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤"), clock=lambda: synthetic.NOW)
    yield opened
    opened.close()


@pytest.fixture
def editor(window: MainWindow, driver: Driver, tmp_path: Path) -> Editor:
    """Reached from the intake page, where the file is unknown."""
    window.open_page("intake", [a_file(tmp_path)])
    driver.settle()
    intake = window.page()
    assert isinstance(intake, IntakePage)
    card = intake.preview.findChild(FileCard)
    driver.click(card.link)
    page = window.page()
    assert isinstance(page, ProfilesPage)
    return page.editor


def shown_orders(editor: Editor) -> dict[str, tuple[str, ...]]:
    """The preview by order number: what stands in its columns."""
    return {
        row[0].words: tuple(" ".join(filter(None, (c.words, c.sub))) for c in row[1:])
        for row in editor.preview.orders._rows
    }


def test_it_is_mapped_imported_packed_and_reported(
    window: MainWindow, driver: Driver, editor: Editor, ws: Workspace, tmp_path: Path
) -> None:
    # What the names of the columns give away is there already, as suggestions.
    assert editor.draft.profile.title == ""
    assert {"number", "recipient.name", "recipient.postal", "line.name"} <= editor.draft.unsure
    assert shown_orders(editor)["K-501"][:3] == (
        "見本 花子 東京都文京区千駄木9-99-9",
        "〒113-0022 090-0000-0101",
        "マグカップ ほか1点",
    )

    # A name for it, one suggestion confirmed by itself.
    assert window.focusWidget() is editor.title
    driver.type_words(editor.title, "手作り市")
    driver.click(editor.targets.rows["recipient.name"].confirm_button)
    assert "recipient.name" not in editor.draft.unsure

    # A column nobody could guess, chosen at the target.
    driver.click(editor.targets.more_button)
    driver.choose(text("profile.group.order"), text("profile.target.memo"))
    row = editor.targets.rows["memo"]
    assert row.choose_button is not None
    driver.click(row.choose_button)
    driver.choose("ひとこと")
    assert editor.draft.profile.fields["memo"][0].columns == ("ひとこと",)

    # The colour, by keys from the list of columns.
    editor.columns.setFocus()
    editor.columns.choose("いろ")
    driver.key(Qt.Key.Key_Return, on=editor.columns)
    driver.choose(text("profile.group.goods"), text("profile.target.line.variant"))
    assert shown_orders(editor)["K-501"][2] == "マグカップ 青  ほか1点"

    # A word nobody knows.
    driver.click(editor.tabs._tabs[2])
    line = editor.codes.blocks["state"].lines["できたて"]
    line.choice.setFocus()
    QTest.keyClick(line.choice, Qt.Key.Key_Down)
    while line.choice.currentData() != "to_ship":
        QTest.keyClick(line.choice, Qt.Key.Key_Down)
    driver.settle()
    assert shown_orders(editor)["K-502"][3] == text("profile.code.state.to_ship")

    # The file its upload page takes.
    driver.click(editor.tabs._tabs[3])
    QTest.mouseClick(editor.out.mode, Qt.MouseButton.LeftButton, pos=editor.out.mode.rect().center())
    driver.settle()
    assert editor.draft.profile.out is not None
    header = editor.out.columns.lines[1].header
    header.setFocus()
    header.selectAll()
    driver.type_words(header, "お問い合わせ番号")
    code = editor.out.carriers.lines["yamato"]["carrier_code"]
    code.setFocus()
    driver.type_words(code, "クロネコ")
    assert editor.preview.file is not None
    assert [cell.words for cell in editor.preview.file._rows[0]] == [
        *("ご注文の番号", "お問い合わせ番号", "配送会社のコード", "発送日")
    ]
    assert [cell.words for cell in editor.preview.file._rows[1]] == [
        *("K-501", "400000000003", "クロネコ", "2026/11/21")
    ]

    driver.activate()
    # Kept once all suggestions are confirmed, then a shop, then its first import.
    driver.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, on=editor)
    assert profiles.own_titles(ws) == {}
    driver.click(editor.confirm_button)
    driver.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, on=editor)
    (saved,) = profiles.own_titles(ws)
    assert profiles.own_titles(ws) == {saved: "手作り市"}
    assert window.focusWidget() is editor.shop_bar.name
    driver.click(editor.shop_bar.add_button)
    assert [(shop.name, shop.marketplace) for shop in shops.every(ws)] == [("手作り市", saved)]
    driver.click(editor.shop_bar.import_button)
    driver.key(Qt.Key.Key_Return)
    numbers = ws.store.rows("SELECT number FROM orders ORDER BY number")
    assert numbers == [("K-501",), ("K-502",)]

    # Packed, and told in the form the window was shown.
    for n, (key,) in enumerate(ws.store.rows("SELECT key FROM shipments ORDER BY id")):
        pack(ws, key, yamato_number(n))
    (file,) = write_files(ws, tmp_path / "up").files
    table = read_file(file.path)
    assert table.header == ("ご注文の番号", "お問い合わせ番号", "配送会社のコード", "発送日")
    assert [row.cells for row in table.rows] == [
        ("K-501", yamato_number(0), "クロネコ", "2026/11/21"),
        ("K-502", yamato_number(1), "クロネコ", "2026/11/21"),
    ]
