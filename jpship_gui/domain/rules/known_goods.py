"""CK-01: what was bought is in the goods list, as this very variant; a set with everything in it."""

from __future__ import annotations

from jpship_gui.domain.goods_list import GoodsList
from jpship_gui.domain.goods_set import key_of
from jpship_gui.domain.order import OrderLine
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.rules.subject import CheckInput, Surroundings


def known_goods(subject: CheckInput, around: Surroundings) -> list[Problem]:
    """One problem for each line; lines without a SKU are another rule's finding."""
    listed = around.goods
    if listed is None:
        return []
    severity = Severity.BLOCK if around.holds_unknown_goods else Severity.WARN
    found = []
    for line in subject.lines:
        if line.sku and not line.deleted:
            problem = _of_line(line, listed)
            found += [Problem(problem[0], severity, "lines", problem[1])] if problem else []
    return found


def _of_line(line: OrderLine, listed: GoodsList) -> tuple[str, dict[str, str]] | None:
    made = listed.sets.get(key_of(line.sku))
    if made is not None:
        missing = [part.sku for part in made.components if key_of(part.sku) not in listed.skus]
        values = {"name": made.name or line.name, "skus": "・".join(missing)}
        return ("set_component_unknown", values) if missing else None
    if key_of(line.sku) in listed.skus:
        return None
    values = {"name": line.name, "variant": line.variant, "sku": line.sku}
    others = listed.variants.get(line.name.strip(), ())
    if line.variant and others:
        return "variant_unknown", {**values, "known": "・".join(others)}
    return "goods_unknown", values
