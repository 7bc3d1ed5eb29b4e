"""`jpship carrier add|list|show|export|take|remove`: carriers the seller describes."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from pathlib import Path

from jpship_gui.cli.output import Answer, columns, fault_text
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.upkeep import own_carriers
from jpship_gui.flows.upkeep.own_carriers import OwnCarrier, OwnCode, OwnNumber, OwnService
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def list_own(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """The carriers of this folder's seller."""
    found = own_carriers.every(ws)
    rows = (
        (
            one.id,
            one.name,
            f"v{one.version}",
            fault_text(one.fault) if one.fault else text("carrier_cli.own_used", count=one.used),
            text("carrier_cli.own_unmapped", names="・".join(one.unmapped)) if one.unmapped else "",
        )
        for one in found
    )
    document = [
        {
            "id": one.id,
            "name": one.name,
            "version": one.version,
            "used": one.used,
            "unmapped": list(one.unmapped),
            "error": fault_text(one.fault) if one.fault else "",
        }
        for one in found
    ]
    return Answer(document, columns(rows) or (text("carrier_cli.no_own"),))


def show(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """One as its file would be, with a number tried where one is given."""
    found = own_carriers.show(ws, arguments.id)
    document = asdict(found)
    lines = [f"{key} = {value}" for key, value in document.items() if not isinstance(value, tuple | list)]
    lines += [str(item) for key in ("numbers", "services", "codes") for item in document[key]]
    if arguments.number:
        tried = own_carriers.try_number(ws, found, arguments.number)
        document["tried"] = {
            "number": tried.checked.number,
            "policy": tried.checked.policy.value,
            "reason": tried.checked.reason,
            "others": list(tried.others),
        }
        words = text(f"tracking.{tried.checked.reason}") if tried.checked.reason else ""
        lines.append(f"{tried.printed}  {tried.checked.policy.value}  {words}".rstrip())
    return Answer(document, tuple(lines))


def add(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Describe a carrier, or change what is said of one."""
    if arguments.id and arguments.change:
        before = own_carriers.show(ws, arguments.id)
    else:
        before = OwnCarrier(arguments.id or own_carriers.free_id(ws, arguments.name), arguments.name)
    wanted = replace(
        before,
        name=arguments.name or before.name,
        full_name=arguments.full_name or before.full_name,
        tracking_url=arguments.url or before.tracking_url,
        numbers=tuple(map(_number, arguments.number)) or before.numbers,
        services=tuple(_service(n, one) for n, one in enumerate(arguments.service, 1)) or before.services,
        codes=tuple(map(_code, arguments.code)) or before.codes,
    )
    kept = own_carriers.save(ws, wanted, new=not (arguments.id and arguments.change))
    return _kept(kept)


def _number(given: str) -> OwnNumber:
    mask, _, rest = given.partition(",")
    check, _, on_bad = rest.partition(",")
    return OwnNumber(mask, check, on_bad or "confirm")


def _service(place: int, given: str) -> OwnService:
    name, _, rest = given.partition(",")
    words = [word for word in rest.split(",") if word]
    cool = tuple(word for word in words if word in own_carriers.COOL)
    slots = tuple(word for word in words if word not in (*own_carriers.COOL, "untracked"))
    return OwnService(f"service_{place}", name, "untracked" not in words, cool, slots)


def _code(given: str) -> OwnCode:
    """MARKETPLACE=CODE or MARKETPLACE/SERVICE=CODE, a name behind a comma."""
    place, equals, said = given.partition("=")
    if not equals:
        raise Refused("own_carrier_code", place="codes", found=given)
    marketplace, _, service = place.partition("/")
    code, _, name = said.partition(",")
    return OwnCode(marketplace, code, service, name)


def _kept(found: OwnCarrier) -> Answer:
    words = text("carrier_cli.own_kept", id=found.id, name=found.name, version=found.version)
    return Answer(asdict(found), (words,))


def export(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Write it to a file."""
    own_carriers.export(ws, arguments.id, Path(arguments.out))
    words = text("carrier_cli.own_exported", id=arguments.id, file=arguments.out)
    return Answer({"id": arguments.id, "file": arguments.out}, (words,))


def take(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Keep one from a file."""
    return _kept(own_carriers.import_file(ws, Path(arguments.file), instead=arguments.replace))


def remove(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Forget one."""
    own_carriers.remove(ws, arguments.id)
    return Answer({"removed": arguments.id}, (text("carrier_cli.own_removed", id=arguments.id),))
