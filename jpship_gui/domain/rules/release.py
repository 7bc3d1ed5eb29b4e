"""Whether the marketplace lets the order go at all, and what it says about handling it (Rakuten reference 6)."""

from __future__ import annotations

from jpship_gui.domain.order import OrderState
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.rules.subject import CheckInput, Surroundings

STOP, BLOCK, WARN = Severity.STOP, Severity.BLOCK, Severity.WARN

# Flag of the order → how much it weighs. A flag without a line here is shown with the order and needs nobody.
_FLAGS: dict[str, Severity] = {
    "rakuten_checking": STOP,  # 楽天確認中
    "caution_cancel_fixed": STOP,  # 警告表示タイプ 2
    "suspect": STOP,  # Yahoo!: Suspect 1
    "suspect_message": BLOCK,
    "fraud_hold": BLOCK,
    "read_only": BLOCK,
    "unpaid": BLOCK,
    "arrive_today": WARN,
    "arrive_tomorrow": WARN,
    "excellent_next_day": WARN,
    "abroad": STOP,  # carriers of this country do not take it
    "cancel_requested": STOP,  # by the buyer: the marketplace asks not to ship
    "cod_ended": BLOCK,  # money to be collected where that is no longer offered
    "no_parcel": BLOCK,  # 店頭受取, 発送を伴わない
    "caution": WARN,
    "caution_unpaid": WARN,
    "caution_refusal": WARN,
    "caution_absence": WARN,
    "caution_opened_return": WARN,
    "caution_demands": WARN,
    "isolated_island": WARN,
    "modified": WARN,
    "drug": WARN,
    "subscription": WARN,
    "subscription_box": WARN,
    "reservation": WARN,
    "express_cert": WARN,
    "one_day": WARN,
    "next_day": WARN,
    "label_elsewhere": WARN,
    "transparency": WARN,
    "customized": WARN,
    "replacement": WARN,
    "exchange": WARN,
    "handover_check": WARN,
    "prime": WARN,
    "premium": WARN,
    "verge_cancel": WARN,
    "verge_late": WARN,
    "unpromised": WARN,  # the marketplace waits for a promised ship date
}
# Money that slip or waybill need: undecided at the marketplace they must not be printed.
_NEEDED_MONEY = frozenset({"goods", "postage", "cod_fee", "payment_fee", "total", "charged"})


def release(subject: CheckInput, around: Surroundings) -> list[Problem]:
    """Flags, undecided amounts, unknown recipients.

    A state that forbids shipping is no problem but the stage 'waiting'; one nobody told us (a template without it, a
    new code) is for a person to decide.
    """
    flags = list(subject.order.flags)
    if any(flag.startswith("caution_") for flag in flags):
        flags = [flag for flag in flags if flag != "caution"]  # the detail says it better
    found = [Problem(flag, _FLAGS[flag], "order") for flag in flags if flag in _FLAGS]
    undecided = [name for name in subject.order.money.undecided if name in _NEEDED_MONEY]
    if undecided:
        found.append(Problem("money_undecided", STOP, "money", {"fields": ", ".join(undecided)}))
    if subject.order.state is OrderState.UNKNOWN:
        found.append(Problem("state_unknown", BLOCK, "order", {"code": subject.order.state_code}))
    return found + _package(subject)


def _package(subject: CheckInput) -> list[Problem]:
    package = subject.package
    found = []
    if subject.order.several_recipients and len(subject.order.packages) < 2:
        found.append(Problem("recipients_missing", BLOCK, "packages"))
    if package is None:
        return found
    if package.placeholder:
        found.append(Problem("gift_recipient_waiting", STOP, "recipient"))
    if package.drop_off:
        found.append(Problem("drop_off", WARN, "recipient", {"place": package.drop_off}))
    return found
