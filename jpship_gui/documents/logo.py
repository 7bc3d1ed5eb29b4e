"""A shop's logo: any PNG or JPEG is turned into one small picture without what cameras and editors wrote beside it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO

from jpship_gui.domain.fault import Refused

MOST_BYTES = 4_000_000  # of the file a person chooses
_MOST_PIXELS = 40_000_000
_WIDE, _HIGH = 1200, 400  # pixels kept: 600 dpi of the room on a slip
_FORMATS = ("PNG", "JPEG")
_SHAPES = frozenset(
    "svg g defs title desc metadata path rect circle ellipse line polyline polygon text tspan use symbol "
    "linearGradient radialGradient stop clipPath".split()
)
_INSIDE = re.compile(r"url\(\s*['\"]?#[^)]*\)")


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG in grey or RGB, without transparency, at most 1200 × 400 dots; compared by its content."""

    png: bytes
    width: int
    height: int

    @property
    def fingerprint(self) -> str:
        """Name of its content."""
        return hashlib.sha256(self.png).hexdigest()


def read_logo(data: bytes) -> Logo:
    """A logo from a file's bytes: transparency becomes white, white edges go, and it is made smaller if need be.

    Refused("logo_format", "logo_too_big", "logo_empty").
    """
    from PIL import Image, ImageChops

    if len(data) > MOST_BYTES:
        raise Refused("logo_too_big", found=f"{len(data) / 1e6:.1f} MB", limit=f"{MOST_BYTES / 1e6:.0f} MB")
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as found:
            if found.width * found.height > _MOST_PIXELS:
                raise Refused("logo_too_big", found=f"{found.width} × {found.height}", limit="40 MP")
            rgba = found.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        raise Refused("logo_format") from fault
    flat = Image.new("RGB", rgba.size, "white")
    flat.paste(rgba, mask=rgba.getchannel("A"))
    box = ImageChops.difference(flat, Image.new("RGB", flat.size, "white")).getbbox()
    if box is None:
        raise Refused("logo_empty")
    flat = flat.crop(box)
    flat.thumbnail((_WIDE, _HIGH), Image.Resampling.LANCZOS)
    return _packed(flat)


def check_vector(data: bytes) -> None:
    """That an SVG draws shapes and nothing else, before anything renders it: no entities, scripts, foreign content,
    embedded pictures, style sheets or references outside itself. Refused("logo_vector", "logo_format", "logo_too_big").
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if len(data) > MOST_BYTES // 4:
        raise Refused("logo_too_big", found=f"{len(data) / 1e6:.1f} MB", limit=f"{MOST_BYTES / 4e6:.0f} MB")
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as fault:
        raise Refused("logo_vector", part="DOCTYPE") from fault
    except ParseError as fault:
        raise Refused("logo_format") from fault
    if _bare(root.tag) != "svg":
        raise Refused("logo_format")
    for part in root.iter():
        if not isinstance(part.tag, str):
            continue  # a comment
        if _bare(part.tag) not in _SHAPES:
            raise Refused("logo_vector", part=_bare(part.tag))
        for name, value in part.attrib.items():
            outside = "url(" in value and not _INSIDE.search(value)
            linked = _bare(name) == "href" and not value.startswith("#")
            if outside or linked or _bare(name).startswith("on"):
                raise Refused("logo_vector", part=_bare(name))


def _bare(name: str) -> str:
    """A tag's or attribute's name without its name space."""
    return name.rpartition("}")[2]


def kept_logo(png: bytes) -> Logo:
    """A logo as it was kept or exported: checked as any other file, its dots unchanged."""
    from PIL import Image

    try:
        with Image.open(BytesIO(png), formats=("PNG",)) as found:
            if found.width > _WIDE or found.height > _HIGH or found.mode not in ("L", "RGB"):
                return read_logo(png)
            found.load()
            return Logo(png, found.width, found.height)
    except (OSError, SyntaxError, ValueError) as fault:
        raise Refused("logo_format") from fault


def pixels(logo: Logo) -> tuple[bytes, bool]:
    """Its dots row by row, and whether they are grey (one byte each) instead of RGB."""
    from PIL import Image

    with Image.open(BytesIO(logo.png), formats=("PNG",)) as found:
        return found.tobytes(), found.mode == "L"


def _packed(picture: object) -> Logo:
    from PIL import Image, ImageChops

    assert isinstance(picture, Image.Image)
    red, green, blue = picture.split()
    plain = max(
        ImageChops.difference(red, green).getextrema()[1], ImageChops.difference(red, blue).getextrema()[1]
    )
    kept = picture.convert("L") if isinstance(plain, int) and plain <= 8 else picture
    buffer = BytesIO()
    kept.save(buffer, "PNG", optimize=True)
    return Logo(buffer.getvalue(), kept.width, kept.height)
