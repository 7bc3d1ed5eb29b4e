"""Every answer has words in every language."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.outcomes import CLASSES, Expect, Klass, Outcome
from jpship_gui.domain.packing.world import Block, PackParcel, Proof
from jpship_gui.flows.pack.say import headline_of, message_of
from jpship_gui.texts import LANGUAGES, known, set_language, text
from tests.domain.packing.small_world import a_bench, a_view, number

A, B, C = (make_key(n) for n in (1, 2, 3))
TEXTS = [A, B, C, *(number(n) for n in (1, 2, 3)), *(code_of(c) for c in Command)]
TEXTS += ["MUG", "DISH", "600078420325", "123456789012", "0", "1", "2", "?", ""]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(TEXTS), max_size=40),
    st.booleans(),
    st.sampled_from([Proof.FILE, Proof.LABEL, Proof.DOUBLE, Proof.HANDOVER]),
    st.sampled_from([None, *Block]),
    st.sampled_from(LANGUAGES),
)
def test_no_answer_is_without_words(
    run: list[str], goods: bool, proof: Proof, block: Block | None, language: str
) -> None:
    set_language(language)
    block_of = (
        "order of B" if block is Block.BUNDLED else ""
    )  # the one whose slip is to be read, always named
    boxes = (PackParcel(B, "yamato", file_no=number(2)), PackParcel(f"{B}P2", "yamato"))
    views = (
        a_view(A, ticks=("wrap", "remark")),
        a_view(B, parcels=boxes),
        a_view(C, block=block, block_of=block_of),
    )
    bench = a_bench(*views, goods=goods, proof=proof)
    for raw in run:
        answer = bench.scan(raw)
        assert message_of(answer).strip()
        assert headline_of(answer).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_have_words(language: str) -> None:
    set_language(language)
    for key in (
        *(f"pack.word.{o.value.lower()}" for o in Outcome),
        *(f"pack.expects.{e.value}" for e in Expect),
        *(f"pack.command.{c.value.lower()}" for c in Command),
        *(f"pack.tick.{t}" for t in ("wrap", "noshi", "extra", "remark")),
    ):
        assert text(key)


def test_every_journal_fault_in_the_source_has_words() -> None:
    package = Path(__file__).parents[2] / "jpship_gui"
    codes = {
        str(call.args[0].value)
        for path in (package / "store" / "journal.py", *(package / "flows" / "pack").glob("*.py"))
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("WorldFault", "Refused")
        and isinstance(call.args[0], ast.Constant)
    }
    codes |= {
        f"journal_{found}" for found in ("torn", "unreadable", "changed", "unchained", "rewritten", "cut")
    }
    assert codes
    assert [code for code in codes if not known(f"fault.{code}")] == []


def test_only_a_proven_parcel_is_complete() -> None:
    assert {klass.value for klass in Klass} == {"ok", "complete", "attention", "ng"}
    assert [o for o, klass in CLASSES.items() if klass is Klass.COMPLETE] == [Outcome.OK_DONE]
