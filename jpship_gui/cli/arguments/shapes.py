"""The arguments of `jpship profile` and `jpship layout`: what sellers describe as data."""

from __future__ import annotations

from jpship_gui.cli.arguments.parsers import Parsers


def add_profile(to: Parsers) -> None:
    """Kinds of files."""
    parts = to.group(
        "profile",
        "kinds of files described as data: further shops without code",
        (
            ("list", "profiles:list_profiles", "all profiles, own and ready ones"),
            ("show", "profiles:show", "a profile as TOML"),
            ("copy", "profiles:copy", "make an own profile from another"),
            ("import", "profiles:take", "take over a profile from a file"),
            ("export", "profiles:export", "write a profile to a file"),
            ("remove", "profiles:remove", "forget an own profile no shop works by"),
            ("try", "profiles:try_file", "show what a profile makes of an order file, write nothing"),
        ),
    )
    for part in ("show", "copy", "export", "remove"):
        parts[part].add_argument("id", help="its id as `profile list` shows it")
    parts["copy"].add_argument("--as", dest="new_id", metavar="ID", default="", help="default: a free id")
    parts["copy"].add_argument("--title", default="", help="name shown everywhere")
    parts["import"].add_argument("file", help="a profile as TOML")
    parts["import"].add_argument(
        "--as", dest="new_id", metavar="ID", default="", help="default: the file's id"
    )
    parts["import"].add_argument(
        "--replace", action="store_true", help="as the next version of the own profile of that id"
    )
    parts["export"].add_argument("--out", metavar="FILE.toml", required=True, help="where to write it")
    parts["try"].add_argument("id", metavar="PROFILE", help="its id, or a file that holds a profile")
    parts["try"].add_argument("files", metavar="FILE", nargs="+", help="an order file, or the two of a pair")


def add_layout(to: Parsers) -> None:
    """What stands on papers."""
    parts = to.group(
        "layout",
        "what stands on papers and how, as a shop wants it",
        (
            ("list", "layouts:list_layouts", "all layouts of a paper and who uses them"),
            ("show", "layouts:show", "a layout as TOML"),
            ("copy", "layouts:copy", "make an own layout from another"),
            ("import", "layouts:take", "take over a layout from a file"),
            ("export", "layouts:export", "write a layout with its logo to a file"),
            ("assign", "layouts:assign", "let a shop use a layout"),
            ("versions", "layouts:list_versions", "all versions of an own layout"),
            ("back", "layouts:back", "make an older version the newest again"),
            ("remove", "layouts:remove", "forget an own layout no shop uses"),
        ),
    )
    for name, part in parts.items():
        if name != "import":
            part.add_argument("--kind", metavar="PAPER", default="slip", help="which paper (default: slip)")
        if name not in ("list", "import"):
            part.add_argument("layout", help="its id or name as `layout list` shows it")
    parts["copy"].add_argument("--as", dest="name", metavar="NAME", default="", help="default: a free name")
    parts["import"].add_argument("file", help="a layout as TOML")
    parts["import"].add_argument("--as", dest="name", metavar="NAME", default="", help="default: the file's")
    parts["export"].add_argument("--out", metavar="FILE.toml", required=True, help="where to write it")
    parts["assign"].add_argument("shop", help="the shop's name")
    parts["back"].add_argument("version", type=int, help="which one")
