"""Two files of one download, orders and goods, read as one (a profile with `rows.mode = "joined"`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jpship_gui.domain.fault import Refused
from jpship_gui.formats.layout import Layout, Row, Table
from jpship_gui.marketplaces.base import Joined
from jpship_gui.marketplaces.profile_data import Profile
from jpship_gui.marketplaces.profile_rows import Headers

Files = Sequence[tuple[Table, Layout]]


def joiner(profile: Profile, orders: Layout, goods: Layout) -> Callable[[Files], list[Joined]]:
    """The function that pairs the files of an import: goods go with the orders that hold most of their numbers."""
    second = profile.rows.second
    assert second is not None

    def join(files: Files) -> list[Joined]:
        heads = {
            n: _keys(table, profile.rows.order_key)
            for n, (table, layout) in enumerate(files)
            if layout.id == orders.id
        }
        found: list[Joined] = []
        used: set[int] = set()
        for n, (table, layout) in enumerate(files):
            if n in heads:
                continue
            keys = _keys(table, second.order_key)
            best = max(heads, key=lambda head: len(set(keys) & set(heads[head])), default=None)
            if best is None or best in used:
                found.append(_alone(n, table, layout, orders))
                continue
            used.add(best)
            joined = _joined(files[best][0], heads[best], table, keys)
            found.append(Joined((best, n), joined, orders))
        return found + [_alone(n, *files[n], goods) for n in heads if n not in used]

    return join


def _alone(place: int, table: Table, layout: Layout, other: Layout) -> Joined:
    fault = Refused("file_needs_other", file=table.name, other=other.title)
    return Joined((place,), table, layout, fault)


def _keys(table: Table, names: Sequence[str]) -> list[str]:
    place = Headers(table.header).first(names)
    return [
        "" if place is None or place >= len(row.cells) else row.cells[place].strip() for row in table.rows
    ]


def _joined(orders: Table, heads: Sequence[str], goods: Table, keys: Sequence[str]) -> Table:
    """A row for each of the goods with its order's cells before its own; an order without goods keeps its row."""
    wide, narrow = len(orders.header), len(goods.header)
    by_key: dict[str, Row] = {}
    for key, row in zip(heads, orders.rows, strict=True):
        by_key.setdefault(key, row)
    blank = Row(0, ("",) * wide)
    rows = [
        _pair(by_key.get(key, blank), row, wide, narrow) for key, row in zip(keys, goods.rows, strict=True)
    ]
    known = set(keys)
    rows += [_pair(row, Row(row.line, ()), wide, narrow) for key, row in by_key.items() if key not in known]
    return Table(
        name=orders.name,
        header=(*orders.header, *goods.header),
        rows=tuple(rows),
        encoding=orders.encoding,
        delimiter=orders.delimiter,
        fingerprint=orders.fingerprint,
        parts=(0, wide),
        part_names=(orders.name, goods.name),
    )


def _pair(head: Row, line: Row, wide: int, narrow: int) -> Row:
    cells = (*_padded(head.cells, wide), *_padded(line.cells, narrow))
    types = head.types.ljust(wide, "s")[:wide] + line.types.ljust(narrow, "s")[:narrow]
    return Row(
        line.line, cells, types if head.types or line.types else "", (head.line or line.line, line.line)
    )


def _padded(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return (*cells[:width], *[""] * (width - len(cells)))
