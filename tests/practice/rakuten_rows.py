"""Rows of Rakuten's order file for tests: valid by default, vary one thing."""

from __future__ import annotations

from datetime import datetime, timedelta

from jpship_gui.domain.clock import now_utc, to_jst


def jst_text(moment: datetime) -> str:
    """A moment as the order file writes it."""
    return to_jst(moment).strftime("%Y-%m-%d %H:%M:00")


def a_row(serial: int = 1, *, shop: str = "900001", **changes: str) -> dict[str, str]:
    """One order of one line to one recipient, ordered yesterday, ready to ship."""
    ordered = to_jst(now_utc() - timedelta(days=1))
    row = {
        "注文番号": f"{shop}-{ordered:%Y%m%d}-{serial:010d}",
        "ステータス": "300",
        "注文日時": ordered.strftime("%Y-%m-%d 10:15:00"),
        "注文確認日時": ordered.strftime("%Y-%m-%d 10:20:00"),
        "注文確定日時": ordered.strftime("%Y-%m-%d 10:40:00"),
        "発送指示日時": ordered.strftime("%Y-%m-%d 10:40:00"),
        "支払方法名": "クレジットカード",
        "配送方法": "宅配便",
        "注文種別": "1",
        "複数送付先フラグ": "0",
        "送付先一致フラグ": "1",
        "離島フラグ": "0",
        "楽天確認中フラグ": "0",
        "警告表示タイプ": "0",
        "楽天会員フラグ": "1",
        "購入履歴修正有無フラグ": "0",
        "商品合計金額": "2200",
        "送料合計": "0",
        "代引料合計": "0",
        "請求金額": "2200",
        "合計金額": "2200",
        "ポイント利用額": "",
        "クーポン利用総額": "0",
        "店舗発行クーポン利用額": "0",
        "楽天発行クーポン利用額": "0",
        "送付先ID": f"{2_000_000_000 + serial}",
        "送付先送料": "0",
        "送付先代引料": "0",
        "送付先商品合計金額": "2200",
        "送付先合計金額": "2200",
        "商品明細ID": f"{2_000_000_000 + serial}",
        "商品ID": "10000123",
        "商品名": "マグカップ",
        "商品番号": "mug-01",
        "商品管理番号": "mug-01",
        "単価": "1100",
        "個数": "2",
        "送料込別": "1",
        "税込別": "1",
        "代引手数料込別": "0",
        "ポイント倍率": "1",
        "在庫タイプ": "2",
        "コメント": "[配送日時指定:]\n\n",
        "利用端末": "0",
        "メールキャリアコード": "0",
        "あす楽希望フラグ": "0",
        "医薬品受注フラグ": "0",
        "楽天スーパーDEAL商品受注フラグ": "0",
        "メンバーシッププログラム受注タイプ": "0",
        "決済手数料": "0",
        "注文者負担金合計": "0",
        "店舗負担金合計": "0",
        "決済手数料税率": "0.1",
        "送付先送料税率": "0.1",
        "送付先代引料税率": "0.1",
        "商品税率": "0.1",
        "商品毎税込価格": "1100",
        "10%税率": "0.1",
        "10%請求金額": "2200",
        "10%請求額に対する税額": "200",
        "10%合計金額": "2200",
        "10%決済手数料": "0",
        "10%クーポン割引額": "0",
        "10%利用ポイント数": "0",
        "単品配送フラグ": "0",
        "購入時配送会社": "1001",
        "領収書発行回数": "0",
        "SKU管理番号": "blue",
        "システム連携用SKU番号": "MUG-BLUE",
        "SKU情報": "カラー:青",
        **_person("注文者"),
        **_person("送付先"),
    }
    return row | changes


def _person(whose: str) -> dict[str, str]:
    parts = ("530", "0001", "大阪府", "大阪市北区", "梅田9-99-9", "山田", "花子", "ヤマダ", "ハナコ")
    names = (
        "郵便番号1",
        "郵便番号2",
        "住所都道府県",
        "住所郡市区",
        "住所それ以降の住所",
        "姓",
        "名",
        "姓カナ",
        "名カナ",
    )
    phone = dict(zip(("電話番号1", "電話番号2", "電話番号3"), ("090", "0000", "0001"), strict=True))
    found = {f"{whose}{name}": part for name, part in zip(names, parts, strict=True)}
    return found | {f"{whose}{name}": part for name, part in phone.items()}
