"""The forms of a delivery slip: where things stand on each, and the type a layout gives them. Lengths in mm, as in
`page`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from jpship_gui.documents.layout import STANDARD, PaperLayout, usual
from jpship_gui.documents.page import Paper, Style
from jpship_gui.documents.words import Words

_SMALLEST = 7.5  # points, of anything to be read (documents reference, 9.4)


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edges and widths of the table's columns; quantity, unit price and amount by centre and right edges; `row` is
    the lowest height of a row. Without `priced` the quantity stands at the right edge."""

    left: float
    right: float
    sku: float
    sku_width: float
    name: float
    name_width: float
    quantity: float
    unit: float
    row: float = 9.0
    header: float = 7.0
    priced: bool = True
    coded: bool = True  # with a column of goods codes


@dataclass(frozen=True, slots=True)
class Frame:
    """One page's geometry. `greeting`, `table` and `band` are where these begin unless pushed down, `rows_end` and
    `end` where rows and all else must stop, `text_at` where the shop's text stands if nothing pushes it down.

    `tight` is how far the steps of the sums may shrink where room is short, `scale` scales the type.
    """

    paper: tuple[float, float]
    left: float
    right: float
    middle: float  # left edge of seller and meta table
    title: float
    top: float  # base line of the first line of addressee and seller
    meta: float
    greeting: float
    table: float
    band: float
    rows_end: float
    end: float
    text_at: float
    foot: float
    page_number: float
    sums: float
    columns: Columns
    meta_step: float = 5.6
    tight: float = 1.0
    scale: float = 1.0
    loose: float = 1.0  # of the space around band and message
    bars: float = 12.0
    message: int = 8  # lines of a giver's words that find room above the goods
    module: float = 0.42  # mm; reads at 203 dpi too when made for 300 (documents reference, section 10)
    tracking: float = 92.0  # left edge of the tracking number's code
    tracking_module: float = 0.42
    labelled: bool = True  # the foot's codes have their names above them
    run_on_top: bool = False  # the run number stands beside the title, not in the foot
    returns: bool = False  # a return slip stands below

    @property
    def wide(self) -> float:
        """Width of the addressee's block."""
        return self.middle - self.left - 7.0

    @property
    def beside(self) -> float:
        """Width of the column left of the sums."""
        return self.sums - self.left - 11.0


_A4 = Columns(15.0, 195.0, 23.0, 24.8, 49.0, 96.0, 152.0, 174.0)
_A5 = Columns(10.0, 138.0, 16.5, 21.0, 39.0, 47.0, 92.5, 113.0, row=8.0, header=6.2)
FRAMES = {
    STANDARD: Frame(
        *((210.0, 297.0), 15.0, 195.0, 120.0),
        title=24.1,
        top=37.4,
        meta=61.2,
        greeting=77.0,
        table=97.0,
        band=70.0,
        rows_end=230.5,  # 14 rows of 9 mm below the header
        end=242.0,
        text_at=215.3,
        foot=246.0,
        page_number=285.0,
        sums=130.0,
        columns=_A4,
    ),
    "half": Frame(
        *((210.0, 297.0), 15.0, 195.0, 120.0),
        title=11.5,
        top=18.6,
        meta=38.6,
        greeting=49.0,
        table=61.5,
        band=43.0,
        rows_end=123.5,
        end=127.5,
        text_at=999.0,
        foot=128.0,
        page_number=146.9,
        sums=130.0,
        columns=replace(_A4, row=7.2, header=6.0),
        meta_step=4.7,
        tight=0.66,
        scale=0.9,
        loose=0.6,
        message=3,
        bars=8.0,
        labelled=False,
        returns=True,
    ),
    "compact": Frame(
        *((148.0, 210.0), 10.0, 138.0, 78.0),
        title=15.0,
        top=24.5,
        meta=46.0,
        greeting=55.0,
        table=74.0,
        band=52.0,
        rows_end=171.0,
        end=178.0,
        text_at=163.0,
        foot=179.5,
        page_number=205.5,
        sums=87.0,
        columns=_A5,
        meta_step=4.8,
        tight=0.78,
        scale=0.9,
        loose=0.8,
        message=5,
        bars=10.0,
        tracking=82.0,
        tracking_module=0.34,
        run_on_top=True,
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Type:
    """The styles of a slip."""

    title: Style
    title_long: Style
    name: Style
    name_small: Style
    honorific: Style
    body: Style
    small_body: Style
    company: Style
    shop: Style
    shop_line: Style
    label: Style
    values: tuple[Style, Style, Style]
    greeting: Style
    texts_title: Style
    texts: Style
    remark: Style
    note: Style
    goods: Style
    variant: Style
    option: Style
    small_goods: Style
    small_variant: Style
    skus: tuple[Style, Style, Style]
    number: Style
    heading: Style
    money: tuple[Style, ...]
    quantity: Style
    many: Style
    goods_factor: float  # steps between lines of goods, of the usual size
    texts_factor: float


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A form with a layout's type: what all pages of its slips are drawn by; `rest` is that of further pages."""

    frame: Frame
    type: Type
    layout: PaperLayout
    words: Words
    paper: Paper
    columns: tuple[Columns, Columns, Columns]  # priced, free of charge, gift
    rest: Form | None = None


def form_of(layout: PaperLayout | None, words: Words, dpi: int) -> Form:
    """The form a layout asks for."""
    layout = layout or usual("slip")
    frame = FRAMES[layout.form]
    rest = None
    if frame.returns:
        whole = replace(FRAMES[STANDARD], scale=frame.scale, columns=frame.columns)
        rest = _form(whole, layout, words, dpi, None)
    return _form(frame, layout, words, dpi, rest)


def form_in(frame: Frame, layout: PaperLayout, words: Words, dpi: int) -> Form:
    """A form of another paper that has goods in a table."""
    return _form(frame, layout, words, dpi, None)


def _form(frame: Frame, layout: PaperLayout, words: Words, dpi: int, rest: Form | None) -> Form:
    sizes = tuple(layout.size(name) for name in ("title", "name", "goods", "texts"))
    type_ = _type(frame.scale, *sizes)
    return Form(frame, type_, layout, words, Paper(*frame.paper, dpi), _columns(frame, layout, type_), rest)


def _columns(frame: Frame, layout: PaperLayout, type_: Type) -> tuple[Columns, Columns, Columns]:
    given = frame.columns
    row = given.row * max(1.0, type_.goods_factor)
    priced = replace(given, row=row)
    if not layout.on("sku"):
        gained = given.name - given.sku
        priced = replace(priced, name=given.sku, name_width=given.name_width + gained, coded=False)
    room = given.right - 15.0 - priced.name
    free = replace(priced, name_width=room, quantity=given.right, priced=False)
    name = given.left + 10.0
    gift = replace(
        free, name=name, name_width=given.right - 15.0 - name, coded=False, row=row * 10 / 9, priced=False
    )
    return priced, free, gift


@cache
def _type(scale: float, title: float, name: float, goods: float, texts: float) -> Type:
    """Styles are shared by all slips of one look, as a sheet notices a change of style by identity."""

    def of(size: float, bold: bool = False, gray: float = 0.0, spacing: float = 0.0) -> Style:
        return Style(max(size * scale, min(size, _SMALLEST)), bold, gray, spacing)

    part, text = goods / 10, texts / 9
    return Type(
        title=of(title, bold=True, spacing=0.42),
        title_long=of(title, bold=True),
        name=of(name, bold=True),
        name_small=of(name * 0.75, bold=True),
        honorific=of(name * 0.75),
        body=of(10),
        small_body=of(7.5),
        company=of(12, bold=True),
        shop=of(11, bold=True),
        shop_line=of(8.5),
        label=of(8.5, gray=0.33),
        values=(of(9.5), of(8.7), of(7.2)),
        greeting=of(9.5 * text),
        texts_title=of(9.5 * text, bold=True),
        texts=of(9 * text),
        remark=of(9.5 * text),
        note=of(8.5 * text, gray=0.33),
        goods=of(10 * part),
        variant=of(10 * part, bold=True),
        option=of(8 * part, gray=0.33),
        small_goods=of(8.5 * part),
        small_variant=of(9 * part, bold=True),
        skus=(of(9 * part, gray=0.33), of(7.5 * part, gray=0.33), of(min(7, 7 * part), gray=0.33)),
        number=of(8.5, gray=0.33),
        heading=of(9 * part, bold=True),
        money=(of(10 * part), of(8.5 * part), Style(7), Style(6)),
        quantity=of(10.5 * part),
        many=of(11 * part, bold=True),
        goods_factor=part * scale,
        texts_factor=text * scale,
    )
