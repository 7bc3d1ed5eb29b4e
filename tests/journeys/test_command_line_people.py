"""People by the command line alone: enter, badge, scan, help each other, report."""

from __future__ import annotations

from pathlib import Path

from tests.documents.reading import codes, picture
from tests.journeys.desk_program import Program


def test_a_day_with_badges(desk: Program, keys: list[str], tmp_path: Path) -> None:
    desk.done("shop", "set", "本店", "pack.goods=on")
    owner = desk.done("people", "add", "佐藤", "--person", "佐藤")
    assert (owner["role"], owner["code"]) == ("owner", "01")
    packer = desk.done("people", "add", "鈴木", "--code", "s7", "--person", "佐藤")
    assert (packer["role"], packer["code"]) == ("packer", "S7")
    refused = desk("people", "add", "山田", "--person", "鈴木")
    assert (refused.code, refused.said["error"]["code"]) == (2, "not_allowed")
    assert "佐藤" in refused.said["error"]["text"]
    desk.done(
        "people", "settings", "people.required=on", "pack.reasons.skip=数えた\\n別便", "--person", "佐藤"
    )

    desk.done("print", "paper", "--document", "badges", "--out", tmp_path / "badges.pdf")
    badges = sorted(codes(picture((tmp_path / "badges.pdf").read_bytes(), 1, 300))["Code 128"])
    assert badges == sorted([owner["badge"], packer["badge"]])

    key = keys[0]
    answers = desk.scan(key, "JPCMDACK", packer["badge"], key, "JPCMDSKIP1", "JPCMDACK")
    assert [a["outcome"] for a in answers] == [
        *("NG_ORDER", "OK_ACK", "OK_WHO", "OK_OPEN", "NG_RIGHT", "OK_ACK")
    ]
    answers = desk.scan(owner["badge"], "JPCMDSKIP1")  # another run of the program at the same desk
    assert [a["outcome"] for a in answers] == ["OK_WHO", "OK_SKIP"]
    assert "数えた" in answers[-1]["message"]

    report = {one["person"]: one for one in desk.done("scan-report")}
    assert report["鈴木"]["ng"] == {"NG_RIGHT": 1}
    assert sum(report["佐藤"]["skipped"].values()) == 1

    desk.done("people", "rights", "packer", "--give", "skip", "--person", "佐藤")
    assert "skip" in desk.done("people", "rights")["packer"]
    wrong = desk("people", "rights", "packer", "--give", "fly", "--person", "佐藤")
    assert (wrong.code, wrong.said["error"]["code"]) == (2, "right_unknown")
    desk.done("people", "retire", "鈴木", "--person", "佐藤")
    listed = {one["name"]: one["active"] for one in desk.done("people", "list")}
    assert listed == {"佐藤": True, "鈴木": False}
    assert desk("scan-report", "--since", "yesterday").said["error"]["code"] == "day_wrong"
