"""CK-08: a remark holds until it is read; words stand out, a plain wish can be copied."""

from datetime import date

from jpship_gui.domain.order import Wish
from jpship_gui.domain.problem import Severity
from jpship_gui.domain.rules import Surroundings
from jpship_gui.domain.rules.remark_unread import remark_unread

from .conftest import Make

TEXT = "領収書をお願いします。23日の午前中に。"


def test_an_unread_remark_holds_with_its_words_marked(subject: Make, around: Surroundings) -> None:
    (problem,) = remark_unread(subject(buyer_text=TEXT), around)
    assert (problem.code, problem.severity, problem.field) == ("remark_unread", Severity.BLOCK, "remark")
    assert problem.values["marks"] == "0-3:paper 15-17:when"
    assert problem.values["wish"] == "23日の午前中"


def test_the_wish_can_be_copied_or_the_remark_just_read(subject: Make, around: Surroundings) -> None:
    (problem,) = remark_unread(subject(buyer_text=TEXT), around)
    copy, read = problem.repairs
    assert (copy.kind, dict(copy.values)) == (
        "copy_wish",
        {"day": "2026-11-23", "slot": "am", "text": "23日の午前中"},
    )
    assert (read.kind, dict(read.values)) == ("mark_read", {})


def test_a_wish_already_kept_is_not_proposed(subject: Make, around: Surroundings) -> None:
    wish = Wish(date(2026, 11, 23), "am")
    (problem,) = remark_unread(subject(buyer_text=TEXT, wish=wish), around)
    assert [r.kind for r in problem.repairs] == ["mark_read"]


def test_a_time_alone_keeps_the_wished_day(subject: Make, around: Surroundings) -> None:
    (problem,) = remark_unread(subject(buyer_text="午前中に", wish=Wish(date(2026, 11, 25))), around)
    assert problem.repairs[0].values["day"] == "2026-11-25"


def test_quiet_once_read_or_without_words_of_the_buyer(subject: Make, around: Surroundings) -> None:
    assert remark_unread(subject(own={"remark_read": True}, buyer_text=TEXT), around) == []
    assert remark_unread(subject(buyer_text=" \n", remark="[配送日時指定:]\n\n"), around) == []
