"""The carts of a practice shop as the files QSM gives out: detail and brief, with a Japanese or Korean screen.

Header rows are the reference's (sections 2.3 to 2.5), written here once more so that the reader's tables are not their
own judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

Row = Mapping[str, str]

DETAIL_44 = tuple(
    "配送状態,注文番号,カート番号,配送会社,送り状番号,発送日,注文日,入金日,お届け希望日,発送予定日,"
    "配送完了日,配送方法,商品番号,商品名,数量,オプション情報,オプションコード,おまけ,受取人名,"
    "受取人名(フリガナ),受取人電話番号,受取人携帯電話番号,住所,郵便番号,国家,送料の決済,決済サイト,通貨,"
    "購入者決済金額,販売価格,割引額,注文金額の合計,供給原価の合計,購入者名,購入者名(フリガナ),配送要請事項,"
    "購入者電話番号,購入者携帯電話番号,販売者商品コード,JANコード,規格番号,プレゼント贈り主,外部広告,素材".split(
        ","
    )
)
DETAIL = (*DETAIL_44, "ギフト注文")
BRIEF_14 = tuple(
    "配送状態,注文番号,カート番号,配送会社,送り状番号,発送日,発送予定日,商品名,数量,オプション情報,"
    "オプションコード,受取人名,販売者商品コード,決済サイト".split(",")
)
BRIEF = (*BRIEF_14[:-1], "外部広告", "決済サイト")
# Korean header → the Japanese one whose cells it holds, "" where there is none.
DETAIL_KO = {
    "배송상태": "配送状態",
    "주문번호": "注文番号",
    "장바구니번호": "カート番号",
    "택배사": "配送会社",
    "송장번호": "送り状番号",
    "발송일": "発送日",
    "주문일": "注文日",
    "입금일": "入金日",
    "배달희망일": "お届け希望日",
    "발송예정일": "発送予定日",
    "배송완료일": "配送完了日",
    "배송방식": "配送方法",
    "상품코드": "商品番号",
    "상품명": "商品名",
    "수량": "数量",
    "옵션정보": "オプション情報",
    "판매자옵션코드": "オプションコード",
    "사은품": "おまけ",
    "수취인명": "受取人名",
    "수취인명(음성표기)": "受取人名(フリガナ)",
    "수취인전화번호": "受取人電話番号",
    "수취인핸드폰번호": "受取人携帯電話番号",
    "주소": "住所",
    "우편번호": "郵便番号",
    "국가": "国家",
    "배송비결제": "送料の決済",
    "주문국가": "決済サイト",
    "통화": "通貨",
    "구매자결제금": "購入者決済金額",
    "판매가": "販売価格",
    "할인액 ": "割引額",
    "총주문액": "注文金額の合計",
    "총공급원가": "供給原価の合計",
    "구매자명": "購入者名",
    "구매자명(발음표기)": "購入者名(フリガナ)",
    "배송요청사항": "配送要請事項",
    "구매자전화번호": "購入者電話番号",
    "구매자핸드폰번호": "購入者携帯電話番号",
    "판매자상품코드": "販売者商品コード",
    "JAN코드": "JANコード",
    "규격번호": "規格番号",
    "(선물)보내는사람": "プレゼント贈り主",
    "수화물 보관함 서비스": "",
    "외부광고": "外部広告",
    "소재": "素材",
    "선물하기주문": "ギフト注文",
}
_BRIEF_KO = (
    *("배송상태", "주문번호", "장바구니번호", "택배사", "송장번호", "발송일", "발송예정일", "상품명", "수량"),
    *("옵션정보", "판매자옵션코드", "수취인명", "판매자상품코드", "외부광고", "주문국가", "선물하기주문"),
)
BRIEF_KO = {header: DETAIL_KO[header] for header in _BRIEF_KO}
WORDS = {"1": "配送待ち", "2": "配送要請", "3": "配送準備", "4": "配送中", "5": "配送完了"}
WORDS_KO = {"1": "배송대기", "2": "배송요청", "3": "배송준비", "4": "배송중", "5": "배송완료"}


def japanese(rows: Iterable[Row], header: Sequence[str] = DETAIL, encoding: str = "utf-8-sig") -> bytes:
    """A file with a Japanese header; `encoding` utf-8-sig (with a byte order mark) or cp932."""
    return _bytes(header, (_cells(row, header, WORDS) for row in rows), encoding)


def korean(rows: Iterable[Row], header: Mapping[str, str] = DETAIL_KO, encoding: str = "utf-8-sig") -> bytes:
    """The same with a Korean screen."""
    return _bytes(tuple(header), (_cells(row, tuple(header.values()), WORDS_KO) for row in rows), encoding)


def _cells(row: Row, header: Sequence[str], words: Mapping[str, str]) -> list[str]:
    return [words[row["STATE"]] if name == "配送状態" else row.get(name, "") for name in header]


def _bytes(header: Sequence[str], rows: Iterable[Sequence[str]], encoding: str) -> bytes:
    """Every cell in quotes, CRLF (section 2.2)."""
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (header, *rows)]
    return "".join(f"{line}\r\n" for line in lines).encode(encoding)


def write(folder: Path, rows: Sequence[Row], stamp: str) -> list[Path]:
    """Detail and brief of the same minute, under QSM's own file names."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for kind, header in (("detail", DETAIL), ("brief", BRIEF)):
        path = folder / f"DeliveryManagement_{kind}_{stamp}.csv"
        path.write_bytes(japanese(rows, header))
        made.append(path)
    return made
