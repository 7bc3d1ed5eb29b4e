"""Settings: declared once, typed, checked, kept whole in the desk's file."""

from __future__ import annotations

import tomllib
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.settings.options import (
    Options,
    Scope,
    ShopOptions,
    as_text,
    check_shop_setting,
    declared,
    parse,
    read_declarations,
)
from jpship_gui.texts import LANGUAGES, text_in


@pytest.fixture
def options(tmp_path: Path) -> Options:
    """A desk without settings of its own."""
    return Options(tmp_path / "desk" / "options.toml")


@pytest.mark.parametrize("key", sorted(declared()))
def test_every_default_is_a_value_its_own_check_takes(key: str) -> None:
    option = declared()[key]
    assert parse(option, as_text(option, option.default)) == option.default


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_and_choice_has_words(language: str) -> None:
    for option in declared().values():
        assert text_in(language, option.text_key)
        for choice in option.choices:
            assert text_in(language, f"{option.text_key}.{choice}")


def test_what_is_set_is_there_for_the_next_start(options: Options, tmp_path: Path) -> None:
    options.set("pack.scale", 120)
    options.set("theme", "dark")
    options.set("table.columns", {"all": ["ship_by", "shop"]})
    options.set("desk.name", '梱包台"1"\x7f')
    again = Options(tmp_path / "desk" / "options.toml")
    assert again.get("pack.scale") == 120
    assert again.get("theme") == "dark"
    assert again.get("table.columns") == {"all": ["ship_by", "shop"]}
    assert again.get("desk.name") == '梱包台"1"\x7f'
    assert again.get("language") == "ja"


def test_another_programs_change_is_seen(options: Options, tmp_path: Path) -> None:
    options.set("pack.scale", 90)
    other = Options(tmp_path / "desk" / "options.toml")
    other.set("theme", "light")
    assert (options.get("theme"), options.get("pack.scale")) == ("light", 90)


def test_a_key_of_a_newer_version_stays(options: Options, tmp_path: Path) -> None:
    path = tmp_path / "desk" / "options.toml"
    path.parent.mkdir()
    path.write_text('"from.tomorrow" = 7\n"some.list" = ["a", "b"]\n', encoding="utf-8")
    options.set("theme", "dark")
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {
        "from.tomorrow": 7,
        "some.list": ["a", "b"],
        "theme": "dark",
    }


def test_reset_gives_the_default_back(options: Options) -> None:
    options.set("pack.scale", 200)
    options.reset("pack.scale")
    assert options.get("pack.scale") == 100


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("pack.scale", 79, "option_value"),
        ("pack.scale", "wide", "option_value"),
        ("theme", "pink", "option_value"),
        ("no.such", "1", "option_unknown"),
        ("pack.goods", "off", "option_scope"),
    ],
)
def test_a_wrong_value_is_refused_and_nothing_written(
    options: Options, tmp_path: Path, key: str, value: object, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        options.set(key, value)
    assert refused.value.code == code
    assert not (tmp_path / "desk").exists()


def test_a_file_broken_by_hand_is_named(options: Options, tmp_path: Path) -> None:
    path = tmp_path / "desk" / "options.toml"
    path.parent.mkdir()
    path.write_text("theme = = dark", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        options.get("theme")
    assert (refused.value.code, refused.value.values["path"]) == ("options_unreadable", str(path))


def test_a_folder_that_cannot_be_written_is_the_worlds_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WorldFault) as fault:
        Options(tmp_path / "file" / "options.toml").set("theme", "dark")
    assert fault.value.code == "options_not_written"


@pytest.mark.parametrize(
    ("key", "given_text", "kept"),
    [
        ("pack.goods", "Off", "off"),
        ("pack.goods", "1", "on"),
        ("pack.proof", " file ", "file"),
        ("shipby.cutoff", "9:05", "09:05"),
        ("shipby.lead_days", "03", "3"),
        ("remark.templates", "一行目\\n二行目\n\n三行目 ", "一行目\n二行目\n三行目"),
        ("sender.postal_code", "123-4567", "123-4567"),
        ("shipby.transit", '{"沖縄県": 3}', '{"沖縄県": 3}'),
    ],
)
def test_a_shops_setting_is_kept_in_one_form(key: str, given_text: str, kept: str) -> None:
    assert check_shop_setting(key, given_text) == kept


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("pack.goods", "maybe", "option_value"),
        ("shipby.cutoff", "25:00", "option_value"),
        ("shipby.cutoff", "12", "option_value"),
        ("shipby.transit", "[]", "option_value"),
        ("shipby.transit", "{", "option_value"),
        ("sender.postal_code", "123456", "option_value"),
        ("sender.phone", "1234", "option_value"),
        ("yamato.customer_code", "12345", "option_value"),
        ("language", "en", "option_scope"),
        ("no.such", "", "option_unknown"),
    ],
)
def test_a_wrong_shop_setting_is_refused(key: str, text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_shop_setting(key, text)
    assert refused.value.code == code


def test_a_refused_value_says_what_would_be_right() -> None:
    with pytest.raises(Refused) as refused:
        check_shop_setting("pack.proof", "none")
    assert refused.value.values["expected"] == "file | label | double | handover | readback"


def test_a_shop_reads_typed_values_and_defaults() -> None:
    shop = ShopOptions({"shipby.cutoff": "11:30", "pack.goods": "off"})
    assert (shop.get("shipby.cutoff"), shop.get("pack.goods")) == (time(11, 30), False)
    assert (shop.get("shipby.lead_days"), shop.get("remark.templates")) == (2, ())


def test_a_marketplace_declares_its_own_fields(tmp_path: Path) -> None:
    path = tmp_path / "options.toml"
    path.write_text(
        '["licence_key"]\nscope = "shop"\ntype = "secret"\ndefault = ""\n\n'
        '["shop_number"]\nscope = "shop"\ntype = "text"\npattern = \'\\d*\'\ndefault = ""\n',
        encoding="utf-8",
    )
    own = read_declarations(path)
    assert own["shop_number"].scope is Scope.SHOP
    assert check_shop_setting("shop_number", "123", own) == "123"
    assert ShopOptions({}, own).get("shop_number") == ""
    with pytest.raises(Refused) as refused:
        check_shop_setting("licence_key", "x", own)
    assert refused.value.code == "option_secret"


def test_a_marketplace_gives_a_common_setting_another_default(tmp_path: Path) -> None:
    file = tmp_path / "options.toml"
    file.write_text('["api.pace_ms"]\nscope = "shop"\ntype = "number"\ndefault = 1100\nmin = 0\nmax = 9000\n')
    own = read_declarations(file)
    assert (ShopOptions({}, own).get("api.pace_ms"), ShopOptions({}).get("api.pace_ms")) == (1100, 1000)
    assert ShopOptions({"api.pace_ms": "0"}, own).get("api.pace_ms") == 0


def test_a_declaration_that_contradicts_itself_is_a_bug(tmp_path: Path) -> None:
    path = tmp_path / "options.toml"
    path.write_text('["x"]\nscope = "shop"\ntype = "colour"\ndefault = ""\n')
    with pytest.raises(ValueError, match="colour"):
        read_declarations(path)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40))
def test_any_text_survives_the_file(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    options = Options(tmp_path_factory.mktemp("desk") / "options.toml")
    options.set("desk.name", name)
    assert Options(options._path).get("desk.name") == name.strip()
