"""Sheets of paper and the document they make: one display list a page, constant parts drawn once.

Lengths are millimetres from the top left corner, `y` of a text is its base line, sizes are points. A sheet is a whole
number of printer dots wide and high, so that bar codes stay on the dot grid whoever turns the page into dots.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from jpship_gui.documents.barcodes import Bars
from jpship_gui.documents.characters import printable
from jpship_gui.documents.fonts import BOLD, FontSet, face, subset_tag
from jpship_gui.documents.linebreak import wrap
from jpship_gui.documents.logo import Logo, pixels

MM = 72 / 25.4
SHRINK = 0.2  # dots taken off each side of a dark area (documents reference, section 10)
_HAIR = 0.012  # points taken off the page so that no rasteriser rounds a whole dot up to one more
_ROUND = 0.5523  # control point of a quarter circle


@dataclass(frozen=True, slots=True)
class Paper:
    """A stock in millimetres and the resolution it is drawn for."""

    width: float = 210.0
    height: float = 297.0
    dpi: int = 300

    @property
    def dots(self) -> tuple[int, int]:
        """Width and height in whole dots."""
        return round(self.width * self.dpi / 25.4), round(self.height * self.dpi / 25.4)

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points of that many whole dots."""
        wide, high = self.dots
        return wide * 72 / self.dpi, high * 72 / self.dpi


class Style:
    """How a text looks: size in points, weight, grey (0 black … 1 white), extra space between characters in em."""

    __slots__ = ("bold", "gray", "operators", "size", "spacing")

    def __init__(self, size: float, bold: bool = False, gray: float = 0.0, spacing: float = 0.0) -> None:
        self.size, self.bold, self.gray, self.spacing = size, bold, gray, spacing
        self.operators = f"/F{int(bold)} {size:g} Tf {gray:g} g {spacing * size:g} Tc\n"

    def sized(self, size: float) -> Style:
        """The same in another size."""
        return Style(size, self.bold, self.gray, self.spacing)


class Sheet:
    """The display list of one page, or of a part that many pages share."""

    def __init__(self, paper: Paper, fonts: FontSet) -> None:
        self.paper = paper
        self.fonts = fonts
        self._height = paper.points[1]
        self._items: list[str] = []
        self._style: Style | None = None

    def content(self) -> bytes:
        """The display list as a content stream."""
        return "".join(self._items).encode("ascii")

    def width(self, words: str, style: Style) -> float:
        """Width in mm of a text on one line."""
        words = printable(words)
        return (self.fonts.width(words, style.bold) + style.spacing * len(words)) * style.size / MM

    def text(self, x: float, y: float, words: str, style: Style, align: float = 0.0) -> None:
        """One line of text; `align` is the part of its width left of x (0 left, 0.5 centred, 1 right)."""
        words = printable(words)
        if not words:
            return
        if align:
            wide = self.fonts.width(words, style.bold) + style.spacing * (len(words) - 1)
            x -= align * wide * style.size / MM
        if self._style is not style:
            self._items.append(style.operators)
            self._style = style
        codes = self.fonts.encode(words, style.bold)
        x, y = x * MM, self._height - y * MM
        if codes is not None:
            self._items.append(f"BT {x:.2f} {y:.2f} Td <{codes}> Tj ET\n")
        else:
            self._mixed(x, y, words, style)

    def _mixed(self, x: float, y: float, words: str, style: Style) -> None:
        """A line with characters outside the main font; the fall-backs have one weight and are thickened for bold."""
        items = [f"BT {x:.2f} {y:.2f} Td "]
        for index, codes, _ in self.fonts.runs(words, style.bold):
            thick = index > BOLD and style.bold
            items.append(f"/F{index} {style.size:g} Tf ")
            if thick:
                items.append(f"2 Tr {style.size * 0.03:.2f} w {style.gray:g} G ")
            items.append(f"<{codes}> Tj ")
            if thick:
                items.append("0 Tr ")
        items.append("ET\n")
        self._items.extend(items)
        self._style = None

    def wrap(self, words: str, style: Style, width: float) -> list[str]:
        """The text cut into lines of at most `width` mm by the rules of Japanese line breaking."""
        limit = width * MM / style.size * 1000.0
        return wrap(printable(words), self.fonts.widths[style.bold], limit, style.spacing * 1000.0)

    def line(self, x1: float, y1: float, x2: float, y2: float, thick: float = 0.1, gray: float = 0.0) -> None:
        """A straight line, `thick` in mm."""
        h = self._height
        self._items.append(
            f"{thick * MM:.3f} w {gray:g} G {x1 * MM:.2f} {h - y1 * MM:.2f} m {x2 * MM:.2f} {h - y2 * MM:.2f} l S\n"
        )

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        radius: float = 0.0,
        fill: float | None = None,
        stroke: float | None = None,
        thick: float = 0.1,
    ) -> None:
        """A rectangle from its top left corner, with rounded corners if `radius`; `fill` and `stroke` are greys."""
        paint = {(True, False): "f", (False, True): "S", (True, True): "B"}[
            fill is not None, stroke is not None
        ]
        state = ""
        if fill is not None:
            state += f"{fill:g} g "
            self._style = None
        if stroke is not None:
            state += f"{stroke:g} G {thick * MM:.3f} w "
        shape = self._rounded(x, y, width, height, radius) if radius else self._plain(x, y, width, height)
        self._items.append(f"{state}{shape}{paint}\n")

    def _plain(self, x: float, y: float, width: float, height: float) -> str:
        return f"{x * MM:.2f} {self._height - (y + height) * MM:.2f} {width * MM:.2f} {height * MM:.2f} re "

    def _rounded(self, x: float, y: float, width: float, height: float, radius: float) -> str:
        left, right, r = x * MM, (x + width) * MM, radius * MM
        top, low = self._height - y * MM, self._height - (y + height) * MM
        c = r * (1 - _ROUND)
        return (
            f"{left + r:.2f} {top:.2f} m {right - r:.2f} {top:.2f} l "
            f"{right - c:.2f} {top:.2f} {right:.2f} {top - c:.2f} {right:.2f} {top - r:.2f} c "
            f"{right:.2f} {low + r:.2f} l "
            f"{right:.2f} {low + c:.2f} {right - c:.2f} {low:.2f} {right - r:.2f} {low:.2f} c "
            f"{left + r:.2f} {low:.2f} l "
            f"{left + c:.2f} {low:.2f} {left:.2f} {low + c:.2f} {left:.2f} {low + r:.2f} c "
            f"{left:.2f} {top - r:.2f} l "
            f"{left:.2f} {top - c:.2f} {left + c:.2f} {top:.2f} {left + r:.2f} {top:.2f} c h "
        )

    def bars(self, x: float, y: float, code: Bars, height: float) -> float:
        """A linear bar code from its top left corner, set on the dot grid, as one path with one fill; gives its
        width in mm."""
        dpi = self.paper.dpi
        left, top, high = round(x * dpi / 25.4), round(y * dpi / 25.4), round(height * dpi / 25.4)
        low = self.paper.dots[1] - top - high + SHRINK
        tall = f"{low:.1f} %.1f {high - 2 * SHRINK:.1f} re"
        start = left + SHRINK
        rects = [f"{start + at:.1f} {tall % (wide - 2 * SHRINK)}" for at, wide in code.dark]
        scale = 72 / dpi
        self._items.append(f"q {scale:.6f} 0 0 {scale:.6f} 0 0 cm 0 g\n{' '.join(rects)} f Q\n")
        return code.width * 25.4 / dpi

    def modules(self, x: float, y: float, matrix: Sequence[Sequence[bool]], module: int) -> float:
        """A two-dimensional code from its top left corner, `module` dots each; gives its side in mm.

        Dark modules side by side are one rectangle, and rows overlap no neighbour, so each dark area is shrunk once.
        """
        dpi = self.paper.dpi
        left, top = round(x * dpi / 25.4), self.paper.dots[1] - round(y * dpi / 25.4)
        rects: list[str] = []
        for row, cells in enumerate(matrix):
            for at, wide in _runs(cells):
                below = row + 1 < len(matrix) and all(matrix[row + 1][at : at + wide])
                low = top - (row + 1) * module + (0.0 if below else SHRINK)
                high = (
                    top
                    - row * module
                    - (SHRINK if not row or not all(matrix[row - 1][at : at + wide]) else 0.0)
                )
                rects.append(
                    f"{left + at * module + SHRINK:.1f} {low:.1f} {wide * module - 2 * SHRINK:.1f} {high - low:.1f} re"
                )
        scale = 72 / dpi
        self._items.append(f"q {scale:.6f} 0 0 {scale:.6f} 0 0 cm 0 g\n{' '.join(rects)} f Q\n")
        return len(matrix) * module * 25.4 / dpi

    def point(self, x: float, y: float) -> str:
        """A place in mm from the top left corner as operands."""
        return f"{x * MM:.2f} {self._height - y * MM:.2f}"

    def draw(self, operators: str) -> None:
        """A shape in PDF operators; it may leave any colour and font behind."""
        self._items.append(operators)
        self._style = None

    def part(self, name: str) -> None:
        """A constant part made by `Document.part`."""
        self._items.append(f"/{name} Do\n")

    def image(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """A picture named by `Document.image`, from its top left corner."""
        low = self._height - (y + height) * MM
        self._items.append(
            f"q {width * MM:.2f} 0 0 {height * MM:.2f} {x * MM:.2f} {low:.2f} cm /{name} Do Q\n"
        )


def _runs(cells: Sequence[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at, dark in enumerate(cells):
        if dark and runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((at, 1))
    return runs


class Document:
    """A PDF under work on ReportLab's document layer, one embedded font object per font file."""

    def __init__(self, paper: Paper, title: str) -> None:
        from reportlab.pdfbase import pdfdoc

        self.paper = paper
        self.fonts = FontSet()
        self._doc = pdfdoc
        self._pdf = pdfdoc.PDFDocument(compression=1, invariant=1, lang="ja")
        self._fonts = pdfdoc.PDFDictionary({})
        self._parts = pdfdoc.PDFDictionary({})
        resources = pdfdoc.PDFDictionary({"Font": self._fonts, "XObject": self._parts})
        self._resources = self._pdf.Reference(resources, "Resources")
        self._boxes: dict[Paper, Any] = {}
        self._parts_made: dict[object, str] = {}
        info = self._pdf.info
        info.title, info.author, info.subject, info.creator, info.keywords = title, "", "", "jpship", ""
        self._pdf.Catalog.ViewerPreferences = pdfdoc.PDFDictionary({"PrintScaling": pdfdoc.PDFName("None")})

    def sheet(self, paper: Paper | None = None) -> Sheet:
        """An empty page of the document's paper or another; `add` puts it into the document once drawn."""
        return Sheet(paper or self.paper, self.fonts)

    def image(self, logo: Logo) -> str:
        """Name for `Sheet.image` of a picture, which is written once."""
        name = self._parts_made.get(logo)
        if name is None:
            dots, gray = pixels(logo)
            name = f"P{len(self._parts_made)}"
            self._parts_made[logo] = name
            head = {
                "Type": "XObject",
                "Subtype": "Image",
                "ColorSpace": "DeviceGray" if gray else "DeviceRGB",
            }
            form = self._stream(dots, {k: self._doc.PDFName(v) for k, v in head.items()})
            form.dictionary["Width"], form.dictionary["Height"] = logo.width, logo.height
            form.dictionary["BitsPerComponent"] = 8
            self._parts[name] = self._pdf.Reference(form, f"Image{name}")
        return name

    def part(self, key: object, draw: Callable[[Sheet], None], paper: Paper | None = None) -> str:
        """Name for `Sheet.part` of a part drawn once for each key and referred to by every page."""
        name = self._parts_made.get(key)
        if name is None:
            sheet = self.sheet(paper)
            draw(sheet)
            name = f"P{len(self._parts_made)}"
            self._parts_made[key] = name
            head = {"Type": "XObject", "Subtype": "Form"}
            form = self._stream(sheet.content(), {k: self._doc.PDFName(v) for k, v in head.items()})
            form.dictionary["BBox"] = self._box(sheet.paper)
            form.dictionary["Resources"] = self._resources
            self._parts[name] = self._pdf.Reference(form, f"Part{name}")
        return name

    def add(self, sheet: Sheet) -> None:
        """The next page."""
        page = self._doc.PDFPage()
        page.MediaBox = self._box(sheet.paper)
        page.Resources = self._resources
        page.Contents = self._stream(sheet.content(), {})
        self._pdf.addPage(page)

    def finish(self) -> bytes:
        """The file's bytes; the same pages always give the same bytes."""
        for index, codes in self.fonts.used():
            self._fonts[f"F{index}"] = self._font(index, codes)
        made = self._pdf.GetPDFData(None)
        return made if isinstance(made, bytes) else str(made).encode("latin-1")

    def _box(self, paper: Paper) -> Any:
        if paper not in self._boxes:
            wide, high = paper.points
            self._boxes[paper] = self._doc.PDFArray([0, 0, round(wide - _HAIR, 4), round(high - _HAIR, 4)])
        return self._boxes[paper]

    def _stream(self, content: bytes, head: dict[str, Any]) -> Any:
        return self._doc.PDFStream(self._doc.PDFDictionary(head), content, [self._doc.PDFZCompress])

    def _font(self, index: int, codes: list[int]) -> Any:
        """A Type0 font: code n is the n-th character used, whatever its glyph."""
        pdf, name, array, dictionary = (
            self._pdf,
            self._doc.PDFName,
            self._doc.PDFArray,
            self._doc.PDFDictionary,
        )
        font = face(index)
        data, glyphs = font.subset(codes)
        file = font.file
        base = f"{subset_tag(codes)}+{file.name.decode('ascii')}"
        descriptor = {
            "Type": name("FontDescriptor"),
            "FontName": name(base),
            "Flags": 4,
            "FontBBox": array(list(file.bbox)),
            "ItalicAngle": file.italicAngle,
            "Ascent": file.ascent,
            "Descent": file.descent,
            "CapHeight": file.capHeight,
            "StemV": file.stemV,
            "FontFile2": pdf.Reference(self._stream(data, {"Length1": len(data)}), f"file{index}"),
        }
        map_ = b"\0\0" + b"".join(glyph.to_bytes(2, "big") for glyph in glyphs)
        system = {
            "Registry": self._doc.PDFString("Adobe"),
            "Ordering": self._doc.PDFString("Identity"),
            "Supplement": 0,
        }
        descendant = {
            "Type": name("Font"),
            "Subtype": name("CIDFontType2"),
            "BaseFont": name(base),
            "CIDSystemInfo": dictionary(system),
            "FontDescriptor": pdf.Reference(dictionary(descriptor), f"descriptor{index}"),
            "DW": 1000,
            "W": array([1, array([round(font.widths.get(code, 1000), 2) for code in codes])]),
            "CIDToGIDMap": pdf.Reference(self._stream(map_, {}), f"map{index}"),
        }
        whole = {
            "Type": name("Font"),
            "Subtype": name("Type0"),
            "BaseFont": name(base),
            "Encoding": name("Identity-H"),
            "DescendantFonts": array([pdf.Reference(dictionary(descendant), f"descendant{index}")]),
            "ToUnicode": pdf.Reference(self._stream(_to_unicode(codes), {}), f"unicode{index}"),
        }
        return pdf.Reference(dictionary(whole), f"font{index}")


def _to_unicode(codes: Sequence[int]) -> bytes:
    """The CMap that gives the characters back when text is copied out of the file."""
    lines = [f"<{n:04X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for n, code in enumerate(codes, 1)]
    blocks = [lines[i : i + 100] for i in range(0, len(lines), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
