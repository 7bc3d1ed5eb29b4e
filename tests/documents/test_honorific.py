"""敬称."""

from __future__ import annotations

import pytest

from jpship_gui.documents.honorific import titled


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("山田 花子", ("山田 花子", "様")),
        ("山田　花子", ("山田 花子", "様")),
        ("山田花子様", ("山田花子様", "")),
        ("佐藤先生", ("佐藤先生", "")),
        ("ことり株式会社 御中", ("ことり株式会社 御中", "")),
        ("株式会社ことり", ("株式会社ことり", "御中")),
        ("㈱ことり舎", ("㈱ことり舎", "御中")),
        ("株式会社 ことり", ("株式会社 ことり", "御中")),
        ("ことり病院", ("ことり病院", "御中")),
        ("株式会社ことり 営業部", ("株式会社ことり 営業部", "御中")),
        ("株式会社ことり 山田太郎", ("株式会社ことり 山田太郎", "様")),
        ("株式会社ことり 営業部 山田太郎", ("株式会社ことり 営業部 山田太郎", "様")),
        ("山田 花子 宛", ("山田 花子", "様")),
        ("ことり商店行", ("ことり商店", "御中")),
        ("", ("", "")),
    ],
)
def test_the_title_that_follows_a_name(name: str, printed: tuple[str, str]) -> None:
    assert titled(name) == printed
