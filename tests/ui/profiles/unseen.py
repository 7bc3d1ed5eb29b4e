"""The order file of a shop system nobody knows, and the editor over it for pictures."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from jpship_gui.ui.profiles.page import ProfilesPage

HEADER = (
    *(
        "ご注文の番号",
        "ご注文日",
        "ステータス",
        "送付先氏名",
        "送付先郵便番号",
        "送付先住所",
        "送付先電話番号",
    ),
    *("商品名", "いろ", "品番", "数量", "ひとこと"),
)
ROWS = (
    (
        *("K-501", "2026/11/20 09:12", "発送待ち", "見本 花子", "113-0022", "東京都文京区千駄木9-99-9"),
        *("090-0000-0101", "マグカップ", "青", "mug-blue", "1", ""),
    ),
    (
        *("K-501", "2026/11/20 09:12", "発送待ち", "見本 花子", "113-0022", "東京都文京区千駄木9-99-9"),
        *("090-0000-0101", "小皿", "白", "dish-white", "2", ""),
    ),
    (
        *("K-502", "2026/11/20 10:40", "できたて", "試験 太郎", "060-0001", "北海道札幌市中央区北一条西99"),
        *("011-000-0102", "マグカップ", "赤", "mug-red", "1", "いつもありがとう"),
    ),
)


# Names and values that hardly fit.
_LONG = "商品オプション（名入れ・ラッピング・配送方法のご希望を含む自由記入欄）そのほかの項目その"
LONG_HEADER = (*HEADER, *(f"{_LONG}{n}" for n in range(1, 61)))
LONG_ROWS = tuple(
    (
        *row,
        *(f"包装は茶色の紙で、リボンは{n}本、メッセージカードは封をしないでください" for n in range(1, 61)),
    )
    for row in ROWS
)


def a_file(
    folder: Path,
    name: str = "orders.csv",
    encoding: str = "cp932",
    rows: Sequence[Sequence[str]] = (HEADER, *ROWS),
) -> Path:
    """The file as downloaded."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    path = folder / name
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def scenes(page: ProfilesPage, folder: Path, *, full: bool) -> Mapping[str, Callable[[], None]]:
    """The editor and its tabs, each reached from the list; the first one begins a profile, the others go on with it."""
    name = (
        "注文データ_ネットショップ受注管理システム_ダウンロード_20261121_140800.csv" if full else "orders.csv"
    )
    rows = (LONG_HEADER, *LONG_ROWS) if full else (HEADER, *ROWS)

    def begin() -> None:
        page._parked.clear()
        page.begin(a_file(folder, name, rows=rows))

    def go_on(tab: str, mode: str = "") -> Callable[[], None]:
        def reach() -> None:
            page._resume()
            page.editor._choose_tab(tab)
            if mode:
                page.editor.out._set_mode(mode)

        return reach

    return {
        "editor": begin,
        "file": go_on("file"),
        "words": go_on("codes"),
        "confirmation": go_on("out", "new"),
        "copy": lambda: page.copy_profile("shopify"),
    }
