"""A carrier's folder of data → frozen values. A key the reader does not know is an error: data has typing
mistakes too."""

from __future__ import annotations

import pkgutil
import tomllib
from typing import Any

from jpship_gui.carriers.base import Service, Variant
from jpship_gui.domain.delivery_state import DeliveryState, DeliveryWord
from jpship_gui.domain.handling_marks import MARKS
from jpship_gui.domain.tracking_no import ALGORITHMS, NumberForm
from jpship_gui.formats.layout import Column, Layout


class DataError(ValueError):
    """A data file of the program itself is wrong; names file and place."""


def _read(package: str, name: str) -> dict[str, Any]:
    data = pkgutil.get_data(package, name)
    if data is None:
        raise DataError(f"{package} has no {name}")
    return tomllib.loads(data.decode("utf-8"))


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def numbers(package: str) -> tuple[NumberForm, ...]:
    """Forms of numbers.toml, belonging to the carrier whose folder it lies in."""
    carrier = package.rpartition(".")[2]
    forms = tuple(
        NumberForm(carrier=carrier, **_tuples(entry)) for entry in _read(package, "numbers.toml")["form"]
    )
    for form in forms:
        if form.algorithm and form.algorithm not in ALGORITHMS:
            raise DataError(f"{package} numbers.toml {form.id}: no algorithm {form.algorithm}")
    return forms


def tracking_url(package: str) -> str:
    """Page of one number, `{number}` in it; "" where none is known."""
    return str(_read(package, "numbers.toml").get("tracking_url", ""))


def services(package: str) -> tuple[Service, ...]:
    """Services of services.toml; a service names one of the file's slot tables."""
    data = _read(package, "services.toml")
    return tuple(
        Service(
            **{**_tuples(entry), "slots": dict(data["slots"][entry["slots"]]) if "slots" in entry else {}}
        )
        for entry in data["service"]
    )


def layout(package: str, name: str) -> Layout:
    """Layout of handover.toml or result.toml; columns stand in the order they are written."""
    data = _read(package, name)
    columns = tuple(Column(**_tuples(entry)) for entry in data.pop("column"))
    data.pop("variant", None)
    return Layout(owner=package.rpartition(".")[2], columns=columns, **_tuples(data))


def delivery(package: str) -> tuple[DeliveryWord, ...]:
    """The carrier's wordings of where a parcel is, of delivery.toml."""
    return tuple(
        DeliveryWord(**{**entry, "state": DeliveryState(entry["state"])})
        for entry in _read(package, "delivery.toml")["word"]
    )


def variants(package: str, name: str = "handover.toml") -> tuple[Variant, ...]:
    """Characters the carrier does not take, with what may be written instead once a person agreed."""
    return tuple(Variant(**entry) for entry in _read(package, name).get("variant", ()))


def marks(package: str) -> dict[str, str]:
    """Our handling marks → the carrier's words or codes, of marks.toml; a mark without counterpart is absent."""
    found = {str(mark): str(word) for mark, word in _read(package, "marks.toml")["marks"].items()}
    unknown = found.keys() - set(MARKS)
    if unknown:
        raise DataError(f"{package} marks.toml: no mark {' '.join(sorted(unknown))}")
    return found
