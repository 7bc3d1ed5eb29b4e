"""A profile as an ordinary `Marketplace`: whatever a shop of the build can do, a seller's own shop can (SY-05)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from jpship_gui.formats.detect import plain
from jpship_gui.formats.layout import Column, Layout, Reading, Table
from jpship_gui.marketplaces.base import DatedCode, Marketplace, OrderReader, ReadOrders, ShopAccount, Takes
from jpship_gui.marketplaces.profile_data import DELIMITERS, JOINED, Profile, of_text
from jpship_gui.marketplaces.profile_join import joiner
from jpship_gui.marketplaces.profile_out import confirm_layout, filler, rows_of
from jpship_gui.marketplaces.profile_rows import EXPONENT, read_orders
from jpship_gui.settings.options import Option, read_declarations

_UPLOAD_ROWS = 5_000  # of one upload file, where nothing is known
_CARRIER = frozenset(("carrier_code", "carrier_name", "method"))


@cache
def profile_in(package: str) -> Profile:
    """The profile in a marketplace's folder."""
    return of_text(files(package).joinpath("profile.toml").read_text(encoding="utf-8"))


def marketplace_in(package: str) -> Marketplace:
    """The marketplace of a folder that holds a profile and no code."""
    return marketplace_of(profile_in(package))


def marketplace_of(profile: Profile) -> Marketplace:
    """What a sound profile (`flaws` finds nothing) declares; an ability it lacks is absent."""
    orders = layouts_of(profile)
    made = Marketplace(
        id=profile.id,
        name=profile.title,
        order_layouts=orders,
        read_orders=_reader(profile) if orders else None,
        carrier_codes=_carrier_codes(profile),
        options=_options(),
        takes=_takes(profile),
        join=joiner(profile, orders[0], orders[1]) if len(orders) > 1 else None,
        grade=profile.grades.weakest,
        names_carriers=profile.out is None or any(c.field in _CARRIER for c in profile.out.columns),
        profile=True,
    )
    if not profile.writes or profile.out is None:
        return made
    if profile.out.mode == "fill":
        kept = frozenset(layout.id for layout in orders)
        return replace(made, keeps=kept, fill=filler(profile, reading_of(profile)))
    return replace(made, confirm_layout=confirm_layout(profile), confirm_rows=rows_of(profile))


def reading_of(profile: Profile) -> Reading:
    """How its files are opened."""
    part = profile.file
    return Reading(part.encodings, DELIMITERS[part.delimiter], part.skip_lines, part.header_row, part.sheet)


def layouts_of(profile: Profile) -> tuple[Layout, ...]:
    """What its files are recognised by; of a joined pair the orders come first."""
    if not profile.reads:
        return ()
    rows, second = profile.rows, profile.rows.second
    used = [column for sources in profile.fields.values() for source in sources for column in source.columns]
    used += [*rows.line_key, *(rule.column for rule in rows.drop_if)]
    known = [*profile.file.columns, *(() if second else used)]
    first = _layout(profile, "orders", profile.title, rows.order_key, profile.detect.required, known)
    first = replace(first, none_of=profile.detect.forbidden)
    if second is None:
        return (first,)
    return first, _layout(profile, "goods", second.title, second.order_key, second.required, second.columns)


def _layout(
    profile: Profile,
    kind: str,
    title: str,
    keys: tuple[str, ...],
    required: tuple[str, ...],
    known: list[str] | tuple[str, ...],
) -> Layout:
    """The order number's column by any of its names, what the file must have, and whatever else is known of it."""
    number = Column("number", keys[0], keys[1:], kind="id", required=True)
    names = {plain(name) for name in keys}
    columns = [number]
    must = {plain(name) for name in required}
    for name in (*required, *known):
        if plain(name) in names or ("#" in name and name.rpartition("#")[2].isdecimal()):
            continue
        names.add(plain(name))
        columns.append(Column(f"column.{len(columns)}", name, required=plain(name) in must))
    return Layout(
        id=f"{profile.id}.{kind}",
        owner=profile.id,
        title=title,
        columns=tuple(columns),
        encodings=profile.file.encodings or ("utf-8", "cp932"),
        signature=tuple(dict.fromkeys((*keys[:1], *required))),
        reading=reading_of(profile) if profile.rows.mode != JOINED else _content(profile),
        order_number_pattern=_recognised_by(profile),
    )


def _recognised_by(profile: Profile) -> str:
    """What order numbers look like where a file is recognised: also those a spreadsheet spoilt, so that the refusal can
    say what happened."""
    own = profile.rows.number_pattern
    return f"(?:{own})|{EXPONENT.pattern}" if own else r"\S"


def _content(profile: Profile) -> Reading:
    """Of a pair both files are opened alike; a sheet of one is none of the other."""
    return replace(reading_of(profile), sheet="")


def _reader(profile: Profile) -> OrderReader:
    def read(
        table: Table,
        layout: Layout,
        shop_of: Callable[[str], ShopAccount | None],
        refused: frozenset[str] = frozenset(),
    ) -> ReadOrders:
        return read_orders(profile, table, layout, shop_of, refused)

    return read


def _carrier_codes(profile: Profile) -> tuple[DatedCode, ...]:
    return tuple(
        DatedCode(
            carrier=rule.carrier,
            code=rule.code,
            name=rule.name or rule.code,
            service=rule.service,
            valid_from=rule.valid_from,
            source=rule.source or profile.source or profile.title,
            method=rule.method,
            carrier_name=rule.carrier_name,
        )
        for rule in profile.carriers
    )


def _takes(profile: Profile) -> tuple[Takes, ...]:
    part = profile.out
    if part is None:
        return ()
    source = profile.source or profile.title
    return (
        Takes(source, profile.grades.confirm, numbers=part.numbers, upload_rows=part.rows or _UPLOAD_ROWS),
    )


@cache
def _options() -> Mapping[str, Option]:
    """Settings every shop of a profile has."""
    return read_declarations(Path(str(files("jpship_gui.marketplaces").joinpath("profile_options.toml"))))
