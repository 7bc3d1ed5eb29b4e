"""The arguments of `jpship label-sheet` and `jpship form`."""

from __future__ import annotations

from jpship_gui.cli.arguments.parsers import Parsers

_SHEETS = (
    ("list", "stocks:list_sheets", "all label sheets and envelopes, one's own first"),
    ("import", "stocks:take_sheets", "take over label sheets from a file"),
    ("export", "stocks:export_sheet", "write one as a file: the pattern for a sheet of one's own"),
    ("measure", "stocks:measure_sheet", "offset, scale, padding and first free label at this desk"),
)
_FORMS = (
    ("list", "stocks:list_forms", "all pre-printed forms and their offsets on this desk's printer"),
    ("import", "stocks:take_form", "take over a form from a file"),
    ("export", "stocks:write_form", "write a form as a file; without an id the example"),
    ("remove", "stocks:remove_form", "forget a form"),
    ("offset", "stocks:offset_form", "how far this desk's printer must move a form"),
)


def add_stock(to: Parsers) -> None:
    """Label sheets by their geometry, and forms by the fields measured on them."""
    sheets = to.group("label-sheet", "label sheets: geometry and alignment", _SHEETS, "WHAT")
    forms = to.group("form", "pre-printed forms as they were measured", _FORMS, "WHAT")
    for parts in (sheets, forms):
        parts["import"].add_argument("file", help="as `export` writes it")
        parts["export"].add_argument("--out", metavar="FILE.toml", required=True, help="where to write it")
    sheets["export"].add_argument("sheet", help="its id as `label-sheet list` shows it")
    forms["export"].add_argument("form", nargs="?", default="", help="its id as `form list` shows it")
    forms["remove"].add_argument("form", help="its id as `form list` shows it")
    forms["offset"].add_argument("form", help="its id as `form list` shows it")
    for axis, way in (("x", "right"), ("y", "down")):
        forms["offset"].add_argument(f"--{axis}", type=int, default=None, help=f"tenths of a mm, {way}")
    measure = sheets["measure"]
    measure.add_argument("sheet", help="its id as `label-sheet list` shows it")
    for name, about in (
        ("x", "tenths of a mm, right"),
        ("y", "tenths of a mm, down"),
        ("scale", "tenths of a percent, 980 to 1020"),
        ("padding", "tenths of a mm inside each label"),
        ("first", "the first free label of the sheet in use"),
    ):
        measure.add_argument(f"--{name}", type=int, default=None, help=about)
