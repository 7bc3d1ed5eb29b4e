"""Numbers against every sample of the check-digit reference, and the rules as properties."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.carriers import carriers, number_forms
from jpship_gui.domain.order_key import make_key, parcel_key
from jpship_gui.domain.tracking_no import (
    NumberForm,
    Policy,
    carriers_matching,
    check_digit_holds,
    check_number,
    fits_pattern,
    grouped,
    gtin_holds,
    is_untracked,
    normalise,
    untracked_no,
)

REFERENCE: dict[str, Any] = json.loads(Path(__file__).with_name("check_digits.json").read_text("utf-8"))
FORMS = number_forms()
ENTRIES = [entry for entry in REFERENCE["entries"] if entry["carrier"] != "nittsu"]
HISTORIC = next(entry for entry in REFERENCE["entries"] if entry["carrier"] == "nittsu")
YAMATO = next(form for form in FORMS if form.id == "yamato_12")


def form_of(entry: dict[str, Any]) -> NumberForm:
    return next(form for form in FORMS if form.id == entry["id"])


def samples(field: str) -> list[Any]:
    return [pytest.param(e, n, id=f"{e['id']}-{n}") for e in ENTRIES for n in e[field]]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_every_form_of_the_reference_is_a_carriers_data(entry: dict[str, Any]) -> None:
    form = form_of(entry)
    assert form.pattern == entry["pattern"].strip("^$")
    assert form.algorithm == (entry["algorithm"] or "")
    assert form.on_bad_check_digit == entry["on_bad_check_digit"]
    assert form.on_other_length == entry["on_other_length"]
    assert form.confidence == entry["confidence"]


@pytest.mark.parametrize(("entry", "number"), samples("valid") + samples("valid_synthetic"))
def test_valid_sample_is_taken(entry: dict[str, Any], number: str) -> None:
    checked = check_number(number, FORMS, form_of(entry).carrier)
    assert checked.policy in (Policy.ACCEPT, Policy.WARN), checked
    assert checked.tracking_no is not None
    assert checked.tracking_no.digits == number


@pytest.mark.parametrize(("entry", "number"), samples("invalid"))
def test_invalid_sample_fails_its_form(entry: dict[str, Any], number: str) -> None:
    form = form_of(entry)
    assert not check_digit_holds(number, form)
    checked = check_number(number, [form], form.carrier)
    assert checked.reason in ("bad_check_digit", "pattern")
    assert checked.policy is not Policy.ACCEPT


@pytest.mark.parametrize("number", HISTORIC["valid"])
def test_historic_numbers_prove_the_same_rule(number: str) -> None:
    assert check_digit_holds(number, YAMATO)


@pytest.mark.parametrize("number", HISTORIC["invalid"])
def test_historic_errors_are_found(number: str) -> None:
    assert not check_digit_holds(number, YAMATO)


@pytest.mark.parametrize("example", REFERENCE["normalise_examples"], ids=lambda e: e["raw"])
def test_normalise_example(example: dict[str, str]) -> None:
    if "carrier_chosen" in example:
        checked = check_number(example["raw"], FORMS, example["carrier_chosen"])
        assert checked.tracking_no is not None
        assert checked.tracking_no.digits == example["number"]
    else:
        assert normalise(example["raw"]) == example["number"]


WRONG_SCANS = {
    "4901234567894": ("yamato", "looks_like_jan", Policy.REJECT),
    "49123456": ("yamato", "looks_like_jan", Policy.REJECT),
    "9784000000000": ("sagawa", "looks_like_jan", Policy.REJECT),
    "036000291452": ("yamato", "bad_check_digit", Policy.REJECT),
    "250-1234567-1234567": ("yamato", "looks_like_order", Policy.REJECT),
    "09012345678": ("yamato", "looks_like_phone", Policy.REJECT),
    "811029000000": ("yamato", "spreadsheet_damage", Policy.REJECT),
    "8.11029E+11": ("jppost", "spreadsheet_damage", Policy.REJECT),
    "99723653466": ("yamato", "lost_zero", Policy.CONFIRM),
}


@pytest.mark.parametrize("scan", REFERENCE["wrong_scans"], ids=lambda scan: scan["raw"])
def test_wrong_scan_is_explained(scan: dict[str, str]) -> None:
    carrier, reason, policy = WRONG_SCANS[scan["raw"]]
    checked = check_number(scan["raw"], FORMS, carrier)
    assert (checked.reason, checked.policy) == (reason, policy)
    assert checked.tracking_no is None


def test_lost_zero_is_proposed_whole_but_not_taken() -> None:
    checked = check_number("99723653466", FORMS, "yamato")
    assert checked.proposal == "099723653466"
    assert (
        check_number("99723653466", FORMS, "fukuyama").tracking_no is not None
    )  # the chosen carrier decides


def test_phone_number_is_judged_by_the_check_digit_where_eleven_digits_are_possible() -> None:
    assert check_number("09012345678", FORMS, "jppost").reason == "bad_check_digit"


def test_rakuten_order_number_is_named() -> None:
    assert check_number("345678-20261121-0000100123", FORMS, "yamato").reason == "looks_like_order"


@pytest.mark.parametrize("number", [1, 4711])
def test_our_own_slip_is_named(number: int) -> None:
    assert check_number(make_key(number), FORMS, "yamato").reason == "looks_like_slip"
    assert check_number(parcel_key(make_key(number), 2), FORMS, "yamato").reason == "looks_like_slip"


def test_foreign_country_and_uncertain_form_are_taken_with_a_note() -> None:
    assert check_number("RB123456785GB", FORMS, "jppost").reason == "other_country"
    assert check_number("TBA000000000000", FORMS, "amazon").reason == "uncertain_form"


def test_other_length_needs_a_second_confirmation() -> None:
    checked = check_number("12345678901234", FORMS, "yamato")
    assert (checked.reason, checked.policy, checked.tracking_no) == ("other_length", Policy.CONFIRM, None)


def test_a_number_inside_a_longer_code_is_proposed_never_taken() -> None:
    checked = check_number("YMT|099723653466|1/1", FORMS, "yamato")
    assert (checked.reason, checked.policy, checked.proposal) == ("pattern", Policy.REJECT, "099723653466")
    assert check_number("YMT|099723653460|1/1", FORMS, "yamato").proposal == ""
    assert check_number("099723653466|123456789013|X", FORMS, "yamato").proposal == ""


def test_empty_text_is_refused() -> None:
    assert check_number(" \r\n", FORMS, "yamato").reason == "empty"


def test_three_big_carriers_cannot_be_told_apart() -> None:
    assert carriers_matching("0997-2365-3466", FORMS)[:3] == ("yamato", "sagawa", "jppost")
    assert carriers_matching("1Z5R89390357567127", FORMS) == ("ups",)


def test_pattern_alone_tells_a_waybill_from_goods() -> None:
    assert fits_pattern("099723653460", FORMS)  # wrong check digit, meant as a number all the same
    assert not fits_pattern("MUG-BLUE-01", FORMS)


@pytest.mark.parametrize(
    ("number", "carrier", "shown"),
    [
        ("099723653466", "yamato", "0997-2365-3466"),
        ("13112383852", "jppost", "131-12-38385-2"),
        ("12345678903", "fukuyama", "123-4567-8903"),
        ("EN123456785JP", "jppost", "EN 123 456 785 JP"),
        ("TBA000000000000", "amazon", "TBA000000000000"),
        ("1Z5R89390357567127", "ups", "1Z 5R8 939 03 5756 712 7"),
        ("73891051146", "dhl", "73 8910 51146"),
        ("099723653466", "", "0997-2365-3466"),
        ("free text", "", "free text"),
    ],
)
def test_grouped_as_printed(number: str, carrier: str, shown: str) -> None:
    assert grouped(number, FORMS, carrier) == shown


def test_gtin_check_digit() -> None:
    assert gtin_holds("4901234567894")
    assert not gtin_holds("4901234567893")
    assert not gtin_holds("49012345678AB")


def test_all_carriers_have_numbers() -> None:
    assert all(carrier.numbers for carrier in carriers().values())


def yamato_number(payload: int) -> str:
    return f"{payload:011d}{payload % 7}"


PAYLOADS = st.integers(1, 10**11 - 1).filter(lambda n: n % 100_000)


@given(PAYLOADS)
def test_a_made_number_holds_however_it_is_written(payload: int) -> None:
    number = yamato_number(payload)
    wide = number.translate({ord(str(d)): 0xFF10 + d for d in range(10)})
    for raw in (number, grouped(number), f"A{number}A\r\n", f"d{number}d", wide, f" {number}\t"):
        assert check_number(raw, FORMS, "yamato").tracking_no is not None, raw


@given(PAYLOADS, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_found_unless_it_differs_by_seven(payload: int, place: int, step: int) -> None:
    number = yamato_number(payload)
    digit = (int(number[place]) + step) % 10
    wrong = f"{number[:place]}{digit}{number[place + 1 :]}"
    blind = place < 11 and abs(digit - int(number[place])) == 7
    assert check_digit_holds(wrong, YAMATO) == blind


@given(PAYLOADS, st.integers(0, 9))
def test_swapped_neighbours_are_found_unless_they_differ_by_seven(payload: int, place: int) -> None:
    number = yamato_number(payload)
    left, right = number[place], number[place + 1]
    wrong = f"{number[:place]}{right}{left}{number[place + 2 :]}"
    assert check_digit_holds(wrong, YAMATO) == (abs(int(left) - int(right)) in (0, 7))


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text: str) -> None:
    for carrier in carriers():
        checked = check_number(text, FORMS, carrier)
        assert (checked.tracking_no is not None) == (checked.policy in (Policy.ACCEPT, Policy.WARN))


@given(st.text(alphabet=st.characters(min_codepoint=0, max_codepoint=0x7E), max_size=40))
def test_normalising_twice_changes_only_start_and_stop_letters(text: str) -> None:
    once = normalise(text)
    assert normalise(once) in (once, once[1:], once[:-1], once[1:-1])


NW7 = st.sampled_from(["A", "B", "C", "D", "T", "N", "*", "E", "a", "b", "c", "d", "t", "n", "e"])
ENDS = st.sampled_from(["", "\r", "\r\n", "\t", " "])
HYPHENS = st.sampled_from(["", "-", "‐", "－", "ー", "−", " "])


@given(PAYLOADS, NW7, NW7, ENDS, HYPHENS)
def test_start_and_stop_letters_of_any_reader_and_hyphens_of_any_kind_come_off(
    payload: int, start: str, stop: str, end: str, hyphen: str
) -> None:
    number = yamato_number(payload)
    printed = hyphen.join((number[:4], number[4:8], number[8:]))
    assert check_number(f"{start}{printed}{stop}{end}", FORMS, "yamato").number == number
    assert check_number(f"{start}{number}{end}", FORMS, "yamato").number == number
    assert check_number(f"{number}{stop}{end}", FORMS, "yamato").number == number


@given(st.integers(1, 10**10 - 1), st.integers(1, 99), NW7)
def test_fukuyama_s_piece_number_comes_off_and_is_no_part_of_the_number(
    payload: int, piece: int, letter: str
) -> None:
    number = f"{payload:010d}{payload % 7}"
    checked = check_number(f"{letter}{number}{piece:02d}{letter}", FORMS, "fukuyama")
    assert checked.tracking_no is not None
    assert checked.tracking_no.digits == number
    assert grouped(number, FORMS, "fukuyama") == f"{number[:3]}-{number[3:7]}-{number[7:]}"


@given(st.sampled_from(["EN123456785JP", "RB123456785GB"]), st.booleans())
def test_an_international_number_is_read_in_any_width_and_case(number: str, wide: bool) -> None:
    spaced = " ".join((number[:2], number[2:5], number[5:8], number[8:11], number[11:])).lower()
    raw = spaced.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)}) if wide else spaced
    assert check_number(raw, FORMS, "jppost").number == number


def test_what_stands_for_no_number_is_nobody_s_number() -> None:
    stands = untracked_no(make_key(1))
    assert is_untracked(stands)
    assert not any(check_number(stands, FORMS, carrier).tracking_no for carrier in carriers())
    assert not any(is_untracked(number) for entry in ENTRIES for number in entry["valid"])
