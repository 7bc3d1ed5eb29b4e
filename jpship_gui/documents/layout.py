"""What a shop may change on a paper, as data: declared in resources/layouts/<kind>.toml, kept as a `Layout`, handed to
renderers as a `PaperLayout`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from jpship_gui.documents.logo import Logo
from jpship_gui.domain.fault import Refused
from jpship_gui.settings.places import resources

STANDARD = "standard"
PAPERS = {
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "A6": (105.0, 148.0),
    "B5": (182.0, 257.0),
    "postcard": (100.0, 148.0),
    "label": (100.0, 150.0),
}
_STEP = 0.5  # points between two sizes


@dataclass(frozen=True, slots=True)
class TextPart:
    """A text of a paper; while a layout has none of its own, the shop's `setting` is printed, else the `words`."""

    name: str
    max: int
    lines: int = 1
    setting: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class SizePart:
    """A size of type in points, within limits."""

    name: str
    default: float
    min: float
    max: float


@dataclass(frozen=True, slots=True)
class LayoutKind:
    """What may be changed on one kind of paper. Words: `layout.<kind>` and `layout.<form|field|text|size>.<name>`.

    `forms` have the papers each fits, the usual one first; `logo` is the room for one in mm, None where the paper has
    none.
    """

    id: str
    forms: Mapping[str, tuple[str, ...]]
    fields: Mapping[str, bool]
    texts: Mapping[str, TextPart]
    sizes: Mapping[str, SizePart]
    logo: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout as it is kept: only what differs from the declaration is in `fields`, `texts` and `sizes`."""

    kind: str
    name: str
    version: int = 1
    form: str = STANDARD
    paper: str = ""
    fields: Mapping[str, bool] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    sizes: Mapping[str, float] = field(default_factory=dict)
    logo: Logo | None = None


@dataclass(frozen=True, eq=False)
class PaperLayout:
    """A layout with nothing left open, as renderers take it. It is compared by identity, so one made for a shop can be
    the key of what all its pages share."""

    kind: str
    form: str
    paper: tuple[float, float]  # mm
    fields: Mapping[str, bool]
    texts: Mapping[str, str]
    sizes: Mapping[str, float]
    logo: Logo | None = None

    def on(self, name: str) -> bool:
        """Whether a field is shown; KeyError for one the kind does not declare."""
        return self.fields[name]

    def text(self, name: str) -> str:
        """A text, "" where there is none."""
        return self.texts[name]

    def size(self, name: str) -> float:
        """A size of type in points."""
        return self.sizes[name]


@cache
def layout_kinds() -> Mapping[str, LayoutKind]:
    """Every kind of paper with a layout, by id."""
    files = sorted((resources() / "layouts").glob("*.toml"))
    return MappingProxyType({path.stem: _kind(path.stem, path.read_text("utf-8")) for path in files})


def layout_kind(kind: str) -> LayoutKind:
    """One kind; Refused("layout_kind_unknown")."""
    found = layout_kinds().get(kind)
    if found is None:
        raise Refused("layout_kind_unknown", kind=kind, known=", ".join(layout_kinds()))
    return found


def _kind(name: str, text: str) -> LayoutKind:
    """A declaration; ValueError or KeyError where shipped data contradicts itself (a bug)."""
    data = tomllib.loads(text)
    texts = {key: TextPart(key, **part) for key, part in data.get("text", {}).items()}
    sizes = {key: SizePart(key, **part) for key, part in data.get("size", {}).items()}
    forms = {key: tuple(part["paper"]) for key, part in data["form"].items()}
    logo = data.get("logo")
    made = LayoutKind(
        id=name,
        forms=MappingProxyType(forms),
        fields=MappingProxyType({key: part["default"] for key, part in data.get("field", {}).items()}),
        texts=MappingProxyType(texts),
        sizes=MappingProxyType(sizes),
        logo=(logo["width"], logo["height"]) if logo else None,
    )
    wrong = [part.name for part in sizes.values() if not part.min <= part.default <= part.max]
    wrong += [paper for papers in forms.values() for paper in papers if paper not in PAPERS]
    if wrong or STANDARD not in forms:
        raise ValueError(f"layouts/{name}.toml: {', '.join(wrong) or STANDARD}")
    return made


def checked(layout: Layout) -> Layout:
    """The same layout, values that equal the declaration's left out; Refused("layout_…") names what does not fit."""
    kind = layout_kind(layout.kind)
    if not layout.name.strip() or len(layout.name) > 60:
        raise Refused("layout_name", name=layout.name)
    _known(layout.fields, kind.fields, "fields")
    _known(layout.texts, kind.texts, "texts")
    _known(layout.sizes, kind.sizes, "sizes")
    papers = kind.forms.get(layout.form)
    if papers is None:
        raise Refused("layout_value", part="form", value=layout.form, expected=" | ".join(kind.forms))
    if layout.paper and layout.paper not in papers:
        raise Refused("layout_value", part="paper", value=layout.paper, expected=" | ".join(papers))
    for name, value in layout.texts.items():
        part = kind.texts[name]
        if len(value) > part.max:
            raise Refused("layout_value", part=name, value=f"{len(value)}", expected=f"≤ {part.max}")
    for name, size in layout.sizes.items():
        limit = kind.sizes[name]
        if not limit.min <= size <= limit.max or size % _STEP:
            wanted = f"{limit.min:g}–{limit.max:g} ({_STEP:g})"
            raise Refused("layout_value", part=name, value=f"{size:g}", expected=wanted)
    if layout.logo is not None and kind.logo is None:
        raise Refused("layout_part_unknown", part="logo", kind=kind.id)
    return Layout(
        kind=layout.kind,
        name=layout.name.strip(),
        version=layout.version,
        form=layout.form,
        paper="" if layout.paper == papers[0] else layout.paper,
        fields={name: on for name, on in layout.fields.items() if on != kind.fields[name]},
        texts={name: value.strip() for name, value in layout.texts.items() if value.strip()},
        sizes={name: size for name, size in layout.sizes.items() if size != kind.sizes[name].default},
        logo=layout.logo,
    )


@cache
def usual(kind: str) -> PaperLayout:
    """The layout of the build without any shop's words."""
    return resolved(Layout(kind, STANDARD), {})


def _known(given: Mapping[str, object], declared: Mapping[str, object], part: str) -> None:
    unknown = sorted(set(given) - set(declared))
    if unknown:
        raise Refused("layout_part_unknown", part=f"{part}.{unknown[0]}", kind=", ".join(declared))


def resolved(layout: Layout, texts: Mapping[str, str]) -> PaperLayout:
    """The layout with every default filled in; `texts` are those a shop has where the layout says nothing."""
    kind = layout_kind(layout.kind)
    papers = kind.forms[layout.form]
    return PaperLayout(
        kind=kind.id,
        form=layout.form,
        paper=PAPERS[layout.paper or papers[0]],
        fields=MappingProxyType({**kind.fields, **layout.fields}),
        texts=MappingProxyType({name: layout.texts.get(name) or texts.get(name, "") for name in kind.texts}),
        sizes=MappingProxyType(
            {name: layout.sizes.get(name, part.default) for name, part in kind.sizes.items()}
        ),
        logo=layout.logo,
    )
