"""Every known wording of every carrier means its state; what is not known as a whole stays unknown (FW-01)."""

from __future__ import annotations

import pytest

from jpship_gui.carriers import carriers
from jpship_gui.domain.delivery_state import DeliveryState, state_of

# carriers reference 7.4, copied by hand from its table, independent of the data files
KNOWN = {
    "yamato": {
        DeliveryState.NOT_REGISTERED: "伝票番号未登録",
        DeliveryState.BAD_NUMBER: "伝票番号誤り",
        DeliveryState.ACCEPTED: "荷物受付 海外荷物受付",
        DeliveryState.IN_TRANSIT: "発送 発送済み 輸送中 作業店通過 海外発送",
        DeliveryState.AT_DELIVERY_OFFICE: "配達店到着 配達準備中 配達予定 投函予定",
        DeliveryState.OUT_FOR_DELIVERY: "配達中",
        DeliveryState.ATTEMPTED: "持戻（ご不在） 持戻（休業） 持戻（住所不明） 持戻（転居） 持戻（ポスト投函不可） "
        "持戻（置き配不能・雨天） 持戻",
        DeliveryState.REFUSED: "持戻（受取ご辞退）",
        DeliveryState.RESCHEDULED: "依頼受付（再配達） 依頼受付（日・時間帯変更） 依頼受付（保管） 依頼受付（店頭受取） "
        "配達日・時間帯指定（保管中）",
        DeliveryState.HELD: "保管中",
        DeliveryState.READY_FOR_PICKUP: "ご来店予定（保管中） 保管中（ご指定店） 引渡",
        DeliveryState.FORWARDED: "委託先引渡",
        DeliveryState.DELIVERED: "配達完了 配達完了（宅配ボックス） 投函完了 お客様引渡完了",
        DeliveryState.RETURNING: "返品",
        DeliveryState.RETURNED: "返品完了",
        DeliveryState.INVESTIGATION: "調査中（ご不在） 調査中（転居先不明） 調査中（受取ご辞退） 調査中",
    },
    "sagawa": {
        DeliveryState.NOT_REGISTERED: "該当する荷物が見つかりません お問い合わせ番号が見つかりません。",
        DeliveryState.LABELLED: "出荷情報受付",
        DeliveryState.ACCEPTED: "荷物受付 集荷 お荷物をお預かり致しました",
        DeliveryState.IN_TRANSIT: "輸送中 見本店を出発致しました",
        DeliveryState.AT_DELIVERY_OFFICE: "配達店到着",
        DeliveryState.OUT_FOR_DELIVERY: "配達中 見本営業所から配達に出発致しました",
        DeliveryState.ATTEMPTED: "持戻り 不在持戻 ご不在でしたので、お預かりしております 配達店へ持ち帰りました",
        DeliveryState.REFUSED: "受取辞退 受取拒否",
        DeliveryState.HELD: "保管中 営業所保管 長期不在",
        DeliveryState.DELIVERED: "配達完了 配達終了 配達は終了致しました",
        DeliveryState.RETURNING: "返送 返品",
        DeliveryState.INVESTIGATION: "調査中",
    },
    "jppost": {
        DeliveryState.NOT_REGISTERED: "お問い合わせ番号が見つかりません",
        DeliveryState.BAD_NUMBER: "入力桁数に誤りがあります(11～13桁)",
        DeliveryState.LABELLED: "引受予定",
        DeliveryState.ACCEPTED: "引受",
        DeliveryState.IN_TRANSIT: "発送 通過 中継",
        DeliveryState.AT_DELIVERY_OFFICE: "到着",
        DeliveryState.OUT_FOR_DELIVERY: "持ち出し中",
        DeliveryState.ATTEMPTED: "ご不在のため持ち戻り",
        DeliveryState.RESCHEDULED: "配達希望受付",
        DeliveryState.HELD: "保管",
        DeliveryState.READY_FOR_PICKUP: "最寄局・最寄店送付",
        DeliveryState.FORWARDED: "転送",
        DeliveryState.DELIVERED: "お届け先にお届け済み 窓口でお渡し",
        DeliveryState.RETURNING: "差出人に返送",
        DeliveryState.RETURNED: "差出人に返送済み",
        DeliveryState.INVESTIGATION: "調査中",
    },
}
_FREIGHT = {
    DeliveryState.NOT_REGISTERED: "入力されたお問合せ番号が見当りません",
    DeliveryState.ACCEPTED: "受付",
    DeliveryState.IN_TRANSIT: "発送 中継",
    DeliveryState.AT_DELIVERY_OFFICE: "到着",
    DeliveryState.OUT_FOR_DELIVERY: "持出 配達",
    DeliveryState.ATTEMPTED: "持戻",
    DeliveryState.DELIVERED: "配達済みです 配達完了",
}
KNOWN |= {"seino": _FREIGHT, "fukuyama": _FREIGHT}
CASES = [
    pytest.param(carrier, words, state, id=f"{carrier}-{words}")
    for carrier, states in KNOWN.items()
    for state, listed in states.items()
    for words in listed.split(" ")
]


@pytest.mark.parametrize(("carrier", "words", "state"), CASES)
def test_known_wording(carrier: str, words: str, state: DeliveryState) -> None:
    known = carriers()[carrier].delivery
    assert state_of(words, known) is state
    assert (
        state_of(f"　{words.replace('（', '(').replace('）', ')')}\n", known) is state
    )  # as other pages write it


@pytest.mark.parametrize("carrier", KNOWN)
def test_every_wording_of_the_data_stands_in_the_reference(carrier: str) -> None:
    known = carriers()[carrier].delivery
    listed = [words for states in KNOWN[carrier].values() for line in states.split(" ") for words in [line]]
    assert len({one.words for one in known}) == len(known)
    for one in known:
        assert any(one.words in words for words in listed), one.words


@pytest.mark.parametrize(
    ("carrier", "words"),
    [
        ("yamato", "配達完了できませんでした"),
        ("yamato", "只今、当サービスはメンテナンス中の為、ご利用いただけません"),
        ("yamato", "新しい言葉"),
        ("jppost", "引受予定変更"),
        ("sagawa", ""),
    ],
)
def test_unknown_wording_stays_unknown(carrier: str, words: str) -> None:
    assert state_of(words, carriers()[carrier].delivery) is DeliveryState.UNKNOWN


def test_a_remark_in_brackets_never_seen_before_keeps_its_state() -> None:
    known = carriers()["yamato"].delivery
    assert state_of("持戻（門が閉まっていた）", known) is DeliveryState.ATTEMPTED
    assert state_of("返品完了（営業所）", known) is DeliveryState.RETURNED
