"""Layouts of papers: saved in versions, shared as files, given to shops, kept over a restart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from jpship_gui.cli.main import run
from jpship_gui.documents.layout import layout_kinds
from jpship_gui.documents.layout_file import of_text, to_text
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.paper import layouts
from jpship_gui.flows.paper.layouts import Layout
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions, declared
from jpship_gui.store import shops
from tests.flows.carrier_desk import open_desk


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    desk = open_desk(tmp_path)
    yield desk
    desk.close()


def a_logo(path: Path, colour: str = "black", mode: str = "RGBA") -> Path:
    """A picture with an edge nobody needs and what editors write beside it."""
    picture = Image.new(mode, (400, 200), (0, 0, 0, 0) if mode == "RGBA" else "white")
    picture.paste(colour, (50, 40, 350, 160))
    picture.save(path, **({"exif": b"Exif\0\0secret place"} if path.suffix == ".jpg" else {}))
    return path


def a_layout(tmp_path: Path, **changes: object) -> Layout:
    """One that differs in everything a shop can change."""
    given = Layout(
        kind="slip",
        name="春のセール",
        form="half",
        fields={"sku": False, "fold_marks": True, "remark": True},
        texts={"greeting": 'ようこそ "春"\nまた どうぞ \\ ', "footer": "", "title": "お買上明細"},
        sizes={"goods": 9.5, "title": 18},
        logo=layouts.logo_from(a_logo(tmp_path / "logo.png")),
    )
    return replace(given, **changes)  # type: ignore[arg-type]


def test_every_kind_shipped_can_be_listed_shown_and_laid_out(ws: Workspace) -> None:
    assert "slip" in layout_kinds()
    for kind in layout_kinds():
        for listed in layouts.every(ws, kind):
            assert listed.name
            assert not listed.own
            paper = layouts.laid_out(ws, layouts.show(ws, kind, listed.id), ShopOptions({}))
            assert paper.form == listed.id
            for part in layout_kinds()[kind].texts.values():
                assert not part.setting or part.setting in declared()


def test_a_layout_says_only_what_differs_and_the_rest_comes_from_the_shop(
    ws: Workspace, tmp_path: Path
) -> None:
    made = layouts.save(ws, a_layout(tmp_path))
    kept = layouts.show(ws, "slip", made)
    assert kept.fields == {"sku": False, "fold_marks": True}
    assert kept.texts == {"greeting": 'ようこそ "春"\nまた どうぞ \\', "title": "お買上明細"}
    assert kept.sizes == {"goods": 9.5}
    shop = ShopOptions({"slip.greeting": "店の挨拶", "slip.footer": "店の一言"})
    paper = layouts.laid_out(ws, kept, shop)
    assert paper.text("greeting") == 'ようこそ "春"\nまた どうぞ \\'
    assert paper.text("footer") == "店の一言"
    assert layouts.laid_out(ws, Layout("slip", "x"), shop).text("greeting") == "店の挨拶"
    assert "ありがとう" in layouts.laid_out(ws, Layout("slip", "x"), ShopOptions({})).text("greeting")
    assert not paper.on("sku")
    assert paper.on("contact")
    assert (paper.size("goods"), paper.size("name")) == (9.5, 16)
    assert paper.paper == (210.0, 297.0)


def test_versions_stay_and_one_is_taken_back(ws: Workspace, tmp_path: Path) -> None:
    made = layouts.save(ws, a_layout(tmp_path))
    first = layouts.show(ws, "slip", made)
    layouts.save(ws, replace(first, form="compact", logo=None, name="夏"), made)
    layouts.save(ws, replace(layouts.show(ws, "slip", made), texts={}), made)
    assert [v.version for v in layouts.versions(ws, made)] == [3, 2, 1]
    assert layouts.version(ws, made, 1).logo == first.logo
    layouts.take_back(ws, made, 1)
    now = layouts.show(ws, "slip", made)
    assert replace(now, name=first.name, version=1) == first
    assert (now.name, now.version) == ("夏", 4)
    assert len(layouts.versions(ws, made)) == 4
    with pytest.raises(Refused, match="layout_version_unknown"):
        layouts.take_back(ws, made, 9)


def test_two_desks_that_save_the_same_version_are_told(ws: Workspace, tmp_path: Path) -> None:
    made = layouts.save(ws, a_layout(tmp_path))
    seen = layouts.show(ws, "slip", made)
    layouts.save(ws, replace(seen, form="standard"), made)
    with pytest.raises(Refused, match="layout_changed"):
        layouts.save(ws, replace(seen, form="compact"), made)
    with pytest.raises(Refused, match="layout_exists"):
        layouts.save(ws, a_layout(tmp_path))
    with pytest.raises(Refused, match="layout_built_in"):
        layouts.save(ws, a_layout(tmp_path), "standard")
    assert len(layouts.versions(ws, made)) == 2


def test_a_layout_survives_export_import_and_restart(ws: Workspace, tmp_path: Path) -> None:
    made = layouts.save(ws, a_layout(tmp_path))
    file = tmp_path / "spring.toml"
    layouts.export(ws, "slip", made, file)
    again = layouts.import_file(ws, file)
    original = layouts.show(ws, "slip", made)
    taken = layouts.show(ws, "slip", again)
    assert replace(taken, name=original.name) == original
    assert taken.name == "春のセール 2"
    layouts.assign(ws, "slip", "本店", again)
    ws.close()
    desk = open_desk_again(tmp_path)
    try:
        paper = layouts.for_shop(desk, "slip", "本店")
        assert (paper.form, paper.logo) == ("half", original.logo)
        assert layouts.for_shop(desk, "slip", "別の店").form == "standard"
    finally:
        desk.close()


def open_desk_again(folder: Path) -> Workspace:
    """The same folder, opened anew."""
    from jpship_gui.flows.workspace import open_workspace

    return open_workspace(str(folder / "home"))


def test_a_layout_in_use_is_not_removed(ws: Workspace, tmp_path: Path) -> None:
    made = layouts.save(ws, a_layout(tmp_path))
    layouts.assign(ws, "slip", "本店", made)
    with pytest.raises(Refused, match="layout_in_use"):
        layouts.remove(ws, made)
    layouts.assign(ws, "slip", "本店", "compact")
    layouts.remove(ws, made)
    assert [one.id for one in layouts.every(ws, "slip")] == ["standard", "half", "compact"]
    assert layouts.for_shop(ws, "slip", "本店").paper == (148.0, 210.0)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("jpship_layout = 2", "layout_newer"),
        ("jpship_layout = 1\ncolour = 'red'", "layout_part_unknown"),
        ("jpship_layout = 1\n[fields]\nhologram = true", "layout_part_unknown"),
        ("jpship_layout = 1\n[fields]\nsku = 1", "layout_value"),
        ("jpship_layout = 1\n[sizes]\ngoods = 30", "layout_value"),
        ("jpship_layout = 1\n[sizes]\ngoods = 9.3", "layout_value"),
        ("jpship_layout = 1\nform = 'round'", "layout_value"),
        ("jpship_layout = 1\npaper = 'A5'", "layout_value"),
        ("jpship_layout = 1\nlogo = 'no base64!'", "logo_format"),
        ("jpship_layout = 1\nlogo = 'aGVsbG8='", "logo_format"),
        ("no toml", "layout_file"),
        ("form = 'standard'", "layout_file"),
    ],
)
def test_unknown_or_newer_things_are_refused_by_name(line: str, code: str) -> None:
    first, _, rest = line.partition("\n")
    with pytest.raises(Refused, match=code):
        of_text(f"{first}\nkind = 'slip'\nname = 'x'\n{rest}")


def test_a_file_is_written_as_it_is_read(tmp_path: Path) -> None:
    from jpship_gui.documents.layout import checked

    made = checked(a_layout(tmp_path, texts={"footer": "a\x7fb\t\u2028終"}))
    assert of_text(to_text(made)) == made


def test_a_logo_is_cut_flattened_and_freed_of_what_cameras_write(tmp_path: Path) -> None:
    made = layouts.logo_from(a_logo(tmp_path / "logo.png"))
    assert (made.width, made.height) == (300, 120)
    with Image.open(BytesIO(made.png)) as picture:
        assert picture.mode == "L"
    photo = layouts.logo_from(a_logo(tmp_path / "logo.jpg", "red", "RGB"))
    assert b"secret" not in photo.png
    with Image.open(BytesIO(photo.png)) as picture:
        assert picture.mode == "RGB"
    big = tmp_path / "big.png"
    noise = Image.effect_noise((3000, 1000), 60)
    noise.save(big)
    made = layouts.logo_from(big)
    assert (made.width, made.height) == (1200, 400)


def test_what_is_no_logo_is_refused(tmp_path: Path) -> None:
    for name, content, code in (
        ("text.png", b"hello", "logo_format"),
        ("cut.png", a_logo(tmp_path / "whole.png").read_bytes()[:200], "logo_format"),
        ("vector.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo_format"),
        ("huge.png", b"\x89PNG" + bytes(5_000_000), "logo_too_big"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(Refused, match=code):
            layouts.logo_from(path)
    Image.new("RGB", (20, 20), "white").save(tmp_path / "white.png")
    with pytest.raises(Refused, match="logo_empty"):
        layouts.logo_from(tmp_path / "white.png")


def test_the_command_line_does_all_of_it(
    ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = shops.every(ws.store)[0].name

    def call(*words: str) -> object:
        assert run(["--home", str(tmp_path / "home"), "--json", "layout", *words]) == 0
        return json.loads(capsys.readouterr().out)

    kept = call("copy", "half", "--as", "返品票つき")
    assert isinstance(kept, dict)
    assert (kept["form"], kept["version"]) == ("half", 1)
    call("assign", "返品票つき", shop)
    call("export", "返品票つき", "--out", str(tmp_path / "a.toml"))
    assert call("import", str(tmp_path / "a.toml"))["name"] == "返品票つき 2"  # type: ignore[index]
    assert call("back", "返品票つき", "1")["version"] == 2  # type: ignore[index]
    assert len(call("versions", "返品票つき")) == 2  # type: ignore[arg-type]
    call("remove", "返品票つき 2")
    listed = call("list")
    assert isinstance(listed, list)
    assert [one["name"] for one in listed if shop in one["shops"]] == ["返品票つき"]
    assert "half" in call("show", kept["id"])["text"]  # type: ignore[index]
    assert layouts.for_shop(ws, "slip", shop).form == "half"


SVG = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 90 30'>{}</svg>"
SHAPE = "<rect x='10' y='5' width='60' height='20' fill='#064'/>"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>x()</script>",
        "<image href='file:///etc/passwd'/>",
        "<use xlink:href='http://example.jp/a.svg#b'/>",
        "<rect fill='url(http://example.jp/a)'/>",
        "<rect onclick='x()'/>",
        "<foreignObject/>",
        "<style>@import url(http://example.jp/a.css)</style>",
        "<animate/>",
    ],
)
def test_a_vector_logo_that_does_more_than_draw_is_refused(tmp_path: Path, inside: str) -> None:
    path = tmp_path / "logo.svg"
    path.write_text(SVG.format(SHAPE + inside), encoding="utf-8")
    with pytest.raises(Refused, match="logo_vector"):
        layouts.logo_from(path, lambda _: pytest.fail("it was rendered"))


def test_entities_are_refused_and_shapes_are_drawn(tmp_path: Path) -> None:
    path = tmp_path / "logo.svg"
    bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaa'>]>" + SVG.format("<text>&a;</text>")
    path.write_text(bomb, encoding="utf-8")
    with pytest.raises(Refused, match="logo_vector"):
        layouts.logo_from(path, lambda _: b"")
    path.write_text(
        SVG.format("<defs><linearGradient id='a'/></defs><rect fill='url(#a)'/>" + SHAPE), "utf-8"
    )
    png = a_logo(tmp_path / "drawn.png").read_bytes()
    assert layouts.logo_from(path, lambda _: png).width == 300
