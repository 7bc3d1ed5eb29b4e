"""Small steps that turn a cell as received into the text jpship reads, chained as data (a profile's `transforms`).

A step works on every text of a tuple, or on the tuple as a whole (join, split into lines). What a step cannot make
sense of it leaves as it is, so that the reader behind it can refuse the cell by its name. A step that mends what a
spreadsheet did notes the code of the damage.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from jpship_gui.domain.address import PREFECTURES, leading_prefecture
from jpship_gui.domain.delivery import SLOT_AFTERNOON, SLOT_MORNING, slot_of_hours
from jpship_gui.formats import values

DECIMAL = "decimal"  # damage: a spreadsheet's ".0" behind an identifier

Texts = tuple[str, ...]
Note = Callable[[str], None]
Arg = str | int

NOTHING = frozenset(
    ("-", "ー", "－", "なし", "無し", "指定なし", "指定無し", "希望なし", "未指定", "null", "n/a")
)
_DASHES = r"\-‐‑‒–—―−－ーｰ"  # inside a character class


class StepError(ValueError):
    """A step nobody can run; `code` is worded by `fault.profile_step_<code>`, `found` is what is wrong."""

    def __init__(self, code: str, found: str) -> None:
        super().__init__(f"{code}: {found}")
        self.code = code
        self.found = found


@dataclass(frozen=True, slots=True)
class Step:
    """One transform with its arguments, as a profile names it."""

    name: str
    args: tuple[Arg, ...] = ()


@dataclass(frozen=True, slots=True)
class Argument:
    """What a step takes: `text`, `number`, `pattern`, `date_form` or one of `choices`; left out it is `default`."""

    name: str
    kind: str = "text"
    default: Arg | None = None  # None = must be given
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A transform on offer. `each` works text by text, `whole` on the tuple; words: `transform.<name>`."""

    name: str
    arguments: tuple[Argument, ...] = ()
    each: Callable[..., str] | None = None
    whole: Callable[..., Texts] | None = None
    notes: bool = False  # takes a Note as its last argument


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps made ready to run; the same texts give the same answer, which is remembered."""

    steps: tuple[Step, ...]
    _runs: tuple[Callable[[Texts, Note], Texts], ...] = ()
    _known: dict[Texts, tuple[Texts, Texts]] = field(default_factory=dict, compare=False, repr=False)

    def run(self, given: Texts) -> tuple[Texts, Texts]:
        """The texts that come out, and the codes of what had to be mended."""
        known = self._known.get(given)
        if known is None:
            codes: list[str] = []
            texts = given
            for one in self._runs:
                texts = one(texts, codes.append)
            known = (texts, tuple(dict.fromkeys(codes)))
            if len(self._known) < _MOST_KNOWN:
                self._known[given] = known
        return known

    def one(self, text: str) -> str:
        """A single cell through the chain; several texts are put together without a separator."""
        return "".join(self.run((text,))[0])


_MOST_KNOWN = 50_000


@cache
def chain(steps: tuple[Step, ...]) -> Chain:
    """The steps as one function; StepError names what is wrong with one of them."""
    return Chain(steps, tuple(_run_of(step) for step in steps))


def check(step: Step) -> None:
    """StepError where the step does not exist or its arguments make no sense."""
    _run_of(step)


def kinds() -> Mapping[str, Kind]:
    """Every transform on offer, by name."""
    return _KINDS


def _run_of(step: Step) -> Callable[[Texts, Note], Texts]:
    kind = _KINDS.get(step.name)
    if kind is None:
        raise StepError("unknown", step.name)
    args = _arguments(kind, step.args)
    if kind.whole is not None:
        whole = kind.whole
        return lambda texts, note: whole(texts, *args)
    each = kind.each
    assert each is not None
    if kind.notes:
        return lambda texts, note: tuple(each(text, *args, note) for text in texts)
    return lambda texts, note: tuple(each(text, *args) for text in texts)


def _arguments(kind: Kind, given: Sequence[Arg]) -> list[Any]:
    if len(given) > len(kind.arguments):
        raise StepError("arguments", f"{kind.name}: {', '.join(map(str, given))}")
    taken: list[Any] = []
    for place, argument in enumerate(kind.arguments):
        value = given[place] if place < len(given) else argument.default
        if value is None:
            raise StepError("argument_missing", f"{kind.name} {argument.name}")
        taken.append(_argument(kind, argument, value))
    return taken


def _argument(kind: Kind, argument: Argument, value: Arg) -> Any:
    if argument.kind == "number" and value != "":
        if isinstance(value, str) and not re.fullmatch(r"-?\d{1,6}", value):
            raise StepError("argument", f"{kind.name} {argument.name}: {value}")
        return int(value)
    if not isinstance(value, str):
        raise StepError("argument", f"{kind.name} {argument.name}: {value}")
    if argument.choices and value not in argument.choices:
        raise StepError("argument", f"{kind.name} {argument.name}: {value}")
    if argument.kind == "pattern":
        return pattern(value)
    return _date_form(value) if argument.kind == "date_form" else value


# -- cleaning -----------------------------------------------------------------------------------------------------


def _strip(text: str) -> str:
    return text.strip()


_DIGIT_RUN = re.compile("[0-9０-９][0-9０-９：．，／－＋～]*")


def _nfkc_digits(text: str) -> str:
    """Full-width digits, and the signs that follow them, in half width; kana and names stay as written."""
    if text.isascii():
        return text
    return _DIGIT_RUN.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)


_DASH_IN_NUMBER = re.compile(
    f"(?<=[0-9０-９])[{_DASHES}](?=[0-9０-９A-Za-zＡ-Ｚａ-ｚ])|(?<=[A-Za-zＡ-Ｚａ-ｚ])[{_DASHES}](?=[0-9０-９])"
)


def _dash_in_numbers(text: str) -> str:
    """Every kind of dash between digits as `-`; the long vowel of コーポ is none of them."""
    return text if text.isascii() else _DASH_IN_NUMBER.sub("-", text)


_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\xad\\u200b-\\u200f\\u202a-\\u202e\\u2060\\ufeff]"
)


def _drop_invisible(text: str) -> str:
    """Zero-width characters go, the no-break space is a space."""
    if text.isascii() and text.isprintable():
        return text
    return _INVISIBLE.sub("", text.replace("\xa0", " "))


_WRAPPED = re.compile(r'=\s*"(.*)"\s*', re.DOTALL)


def _unquote_excel(text: str) -> str:
    """What makes a spreadsheet keep a number as text: `'0123`, `="0123"`, a TAB behind it."""
    bare = text.strip()
    wrapped = _WRAPPED.fullmatch(bare)
    if wrapped:
        bare = wrapped[1].replace('""', '"').strip()
    return bare[1:] if bare.startswith("'") else bare


# -- identifiers --------------------------------------------------------------------------------------------------

_DECIMAL_ZERO = re.compile(r"(\d+)\.0+")
_POSTAL_DRESS = re.compile(f"[〒\\s{_DASHES}]")


def _zip7(text: str, note: Note) -> str:
    """The digits of a postal code. A lost zero is put back later, marked, by the reader of the column."""
    bare = unicodedata.normalize("NFKC", text).strip()
    decimal = _DECIMAL_ZERO.fullmatch(bare)
    if decimal:
        note(DECIMAL)
        bare = decimal[1]
    digits = _POSTAL_DRESS.sub("", bare)
    return digits if digits.isascii() and digits.isdecimal() else text.strip() if digits else ""


_PHONE_DRESS = re.compile(f"[\\s(){_DASHES}.]")
_ABROAD = re.compile(r"(?:\+|00)?81(?:\(0\)|0)?([1-9]\d{7,10})")
_NO_PHONE = re.compile(f"(?:\\+81)?[\\s{_DASHES}]*")


def _phone_jp(text: str, note: Note) -> str:
    """A Japanese number in digits, +81 as 0. What holds more than a number (内線 12) stays as it is."""
    bare = unicodedata.normalize("NFKC", text).strip()
    if _NO_PHONE.fullmatch(bare):
        return ""
    decimal = _DECIMAL_ZERO.fullmatch(bare)
    if decimal:
        note(DECIMAL)
        bare = decimal[1]
    plus = bare.startswith("+")
    digits = _PHONE_DRESS.sub("", bare.replace("(0)", "") if plus else bare).removeprefix("+")
    if not (digits.isascii() and digits.isdecimal()):
        return text.strip()
    # No Japanese number has 12 digits or begins with 81: without the plus sign 81 and ten digits are +81 as well.
    if plus or digits.startswith("0081") or (len(digits) == 12 and digits.startswith("81")):
        abroad = _ABROAD.fullmatch(digits)
        return f"0{abroad[1]}" if abroad else f"+{digits}" if plus else digits
    return digits


_YEN = re.compile(r"[¥\\]?([-▲△]?)[¥\\]?(\d[\d,]*)(?:\.0+)?円?")


def _int_yen(text: str, nothing: Arg) -> str:
    """Whole yen as plain digits; `nothing` is the amount that stands for "no value" (-99999)."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    found = _YEN.fullmatch(bare)
    if found is None:
        return text.strip()
    amount = int(found[2].replace(",", ""))
    amount = -amount if found[1] else amount
    return "" if nothing != "" and amount == int(nothing) else str(amount)


# -- dates and times ------------------------------------------------------------------------------------------------

_NO_DATE = re.compile(r"0{4}[-/]?0{2}[-/]?0{2}(?:[T\s].*)?")
_ORIENTAL = re.compile(r"(\d{4})\s*[年.]\s*(\d{1,2})\s*[月.]\s*(\d{1,2})\s*日?(.*)", re.DOTALL)
_WEEKDAY = re.compile(r"\s*[(（][日月火水木金土](?:曜日?)?[)）]")
_CLOCK = re.compile(
    r"(午前|午後|AM|PM)?\s*(\d{1,2})\s*(?::|時)\s*(\d{1,2})?(?:(?::|分)\s*(?:(\d{1,2})(?:\.\d+)?秒?)?)?\s*(AM|PM)?",
    re.IGNORECASE,
)
_SOLID = re.compile(r"(20\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_UNIX = re.compile(r"(1\d{9})(\d{3})?")
_HALF_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})\s+(.*\D.*)", re.DOTALL)
_EPOCH = datetime(1899, 12, 30)


def _date(text: str, form: _DateForm | None) -> str:
    """A day or moment as `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`; month-first dates and serial numbers are left to the
    reader, who marks them."""
    bare = _WEEKDAY.sub("", unicodedata.normalize("NFKC", text).strip())
    if not bare or bare.lower() in NOTHING or _NO_DATE.fullmatch(bare):
        return ""
    found = form(bare) if form else _any_date(bare)
    return found or bare


def _any_date(text: str) -> str:
    if values.moment(text) is not None:
        return text
    oriental = _ORIENTAL.fullmatch(text)
    if oriental:
        return _moment(oriental[1], oriental[2], oriental[3], oriental[4])
    solid = _SOLID.fullmatch(text)
    if solid:
        clock = f"{solid[4]}:{solid[5]}:{solid[6] or '00'}" if solid[4] else ""
        return _moment(solid[1], solid[2], solid[3], clock)
    unix = _UNIX.fullmatch(text)
    if unix:
        return _from_unix(int(unix[1]))
    half = _HALF_DAY.fullmatch(text)
    return _moment(half[1], half[2], half[3], half[4]) if half else ""


def _moment(year: str, month: str, day: str, clock: str) -> str:
    """ "" where there is no such day or the rest is no time of day."""
    try:
        made = datetime(int(year), int(month), int(day))
        if not clock.strip():
            return f"{made:%Y-%m-%d}"
        found = _CLOCK.fullmatch(clock.strip())
        if found is None:
            return ""
        half = (found[1] or found[5] or "").upper()
        hour = int(found[2])
        if half:
            hour = hour % 12 + (12 if half in ("午後", "PM") else 0)
        made = made.replace(hour=hour, minute=int(found[3] or 0), second=int(found[4] or 0))
    except ValueError:
        return ""
    return f"{made:%Y-%m-%d %H:%M:%S}"


def _from_unix(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}Z"


_DateForm = Callable[[str], str]
_TOKENS = {
    "yyyy": r"(?P<year>\d{4})",
    "yy": r"(?P<short>\d{2})",
    "MM": r"(?P<month>\d{2})",
    "M": r"(?P<month>\d{1,2})",
    "dd": r"(?P<day>\d{2})",
    "d": r"(?P<day>\d{1,2})",
    "HH": r"(?P<hour>\d{2})",
    "H": r"(?P<hour>\d{1,2})",
    "mm": r"(?P<minute>\d{2})",
    "ss": r"(?P<second>\d{2})",
}
_TOKEN = re.compile("yyyy|yy|MM|M|dd|d|HH|H|mm|ss")


def _date_form(form: str) -> _DateForm | None:
    """The reader of a date form; None = judge each text by itself."""
    if form == "auto":
        return None
    special = {"unix": _by_unix, "unix_ms": lambda text: _by_unix(text[:-3]), "excel": _by_serial}
    if form in special:
        return special[form]
    names = _TOKEN.findall(form)
    if len(set(map(_part, names))) != len(names) or not {"year", "month", "day"} <= set(map(_part, names)):
        raise StepError("date_form", form)
    places = _TOKEN.split(form)
    parts = [re.escape(places[0])]
    for name, after in zip(names, places[1:], strict=True):
        parts += [_TOKENS[name], re.escape(after)]
    compiled = re.compile("".join(parts))
    return lambda text: _by_form(compiled, text)


def _part(token: str) -> str:
    return {"y": "year", "M": "month", "d": "day", "H": "hour", "m": "minute", "s": "second"}[token[0]]


def _by_form(compiled: re.Pattern[str], text: str) -> str:
    found = compiled.fullmatch(text)
    if found is None:
        return ""
    parts = found.groupdict()
    year = parts.get("year") or f"20{parts['short']}"
    clock = (
        f"{parts['hour']}:{parts.get('minute') or '00'}:{parts.get('second') or '00'}"
        if "hour" in parts
        else ""
    )
    return _moment(year, parts["month"], parts["day"], clock)


def _by_unix(text: str) -> str:
    return _from_unix(int(text)) if re.fullmatch(r"\d{9,10}", text) else ""


def _by_serial(text: str) -> str:
    if not re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return ""
    moment = _EPOCH + timedelta(days=float(text), milliseconds=500)
    return f"{moment:%Y-%m-%d}" if "." not in text else f"{moment:%Y-%m-%d %H:%M:%S}"


_HOURS = re.compile(
    r"(?<!\d)(\d{1,2})(?::00|時)?\s*(?:[-~〜‐–—ー至]|から)\s*(\d{1,2})(?::00|時)?(?![\d:])(?:まで|の間)?"
)
_HALVES = (
    (re.compile("午前|(?<![A-Za-z])AM(?![A-Za-z])", re.IGNORECASE), SLOT_MORNING),
    (re.compile("午後"), SLOT_AFTERNOON),
)


def _time_slot(text: str) -> str:
    """jpship's code of a delivery slot (`am`, `1416`); 8 to 12 is what the carriers call 午前中."""
    bare = unicodedata.normalize("NFKC", text).strip()
    if not bare or bare.lower() in NOTHING or bare in ("0", "00"):
        return ""
    if bare in (SLOT_MORNING, SLOT_AFTERNOON):
        return bare
    hours = re.fullmatch(r"(\d{2})(\d{2})", bare) or _HOURS.search(bare)
    if hours:
        try:
            slot = slot_of_hours(int(hours[1]), int(hours[2]))
        except ValueError:
            return bare
        return SLOT_MORNING if slot == "0812" else slot
    return next((slot for found, slot in _HALVES if found.search(bare)), bare)


# -- taking apart and putting together --------------------------------------------------------------------------------


def _split(text: str, separator: str, place: int) -> str:
    """The part at a place (1 = first, -1 = last), "" where there is none; a blank separator is any white space."""
    parts = text.split(separator) if separator.strip() else text.split()
    index = place - 1 if place > 0 else place
    return parts[index].strip() if -len(parts) <= index < len(parts) and place else ""


def _join(texts: Texts, separator: str) -> Texts:
    return (separator.join(filter(None, texts)),)


def _regex(text: str, found: re.Pattern[str], group: int) -> str:
    match = found.search(text[:_LONGEST_TEXT])
    if match is None or group > (match.re.groups or 0):
        return ""
    return (match[group] or "").strip()


def _prefecture_split(text: str, part: str) -> str:
    bare = text.strip()
    prefecture = leading_prefecture(bare)
    return prefecture if part == "prefecture" else bare[len(prefecture) :].lstrip()


_ROMAJI = (
    "hokkaido aomori iwate miyagi akita yamagata fukushima ibaraki tochigi gunma saitama chiba tokyo kanagawa niigata "
    "toyama ishikawa fukui yamanashi nagano gifu shizuoka aichi mie shiga kyoto osaka hyogo nara wakayama tottori "
    "shimane okayama hiroshima yamaguchi tokushima kagawa ehime kochi fukuoka saga nagasaki kumamoto oita miyazaki "
    "kagoshima okinawa"
).split()
_MACRONS = str.maketrans("āīūēōâôû", "aiueoaou")
_BY_NAME = {
    **dict(zip(_ROMAJI, PREFECTURES, strict=True)),
    **{name if name == "北海道" else name[:-1]: name for name in PREFECTURES},
}


def _prefecture_name(text: str) -> str:
    """A prefecture by its ISO code (`JP-13`), romaji (`Tokyo`, `TOKYO-TO`) or short name (東京) as its full name."""
    bare = unicodedata.normalize("NFKC", text).strip()
    iso = re.fullmatch(r"JP-?(\d{2})", bare, re.IGNORECASE)
    if iso and 1 <= int(iso[1]) <= len(PREFECTURES):
        return PREFECTURES[int(iso[1]) - 1]
    roman = re.sub(r"[-\s](?:to|fu|ken|prefecture)$", "", bare.lower().translate(_MACRONS))
    return _BY_NAME.get(roman, _BY_NAME.get(bare, bare))


_PACKED = re.compile(r"(?:^|&)L(\d+)=")


def _packed_lines(texts: Texts, separator: str) -> Texts:
    """One cell that holds a value for each line of the order: `L1=a&L2=b` by the line's number (a value may hold `&`),
    or parted by `separator`. A plain value is the value of one line."""
    text = "".join(texts)
    if separator:
        return tuple(part.strip() for part in text.split(separator))
    found = list(_PACKED.finditer(text))
    if not found or found[0].start():
        return (text,)
    ends = [*(match.start() for match in found[1:]), len(text)]
    by_line = {int(match[1]): text[match.end() : end] for match, end in zip(found, ends, strict=True)}
    most = max(by_line)
    # A number far beyond the count of values is no line number.
    return tuple(by_line.get(n, "") for n in range(1, most + 1)) if 0 < most <= _MOST_LINES else (text,)


_MOST_LINES = 1_000


def _pairs(text: str, separator: str, sign: str, name: str) -> str:
    """Of `name:value/name:value` the value of one name, or all values joined by `・` as a variant is written."""
    found = []
    for part in text.split(separator) if separator else [text]:
        before, mark, after = part.partition(sign)
        if name and before.strip() == name:
            return after.strip()
        found.append((after if mark else before).strip())
    return "" if name else "・".join(filter(None, found))


# -- patterns a person may write --------------------------------------------------------------------------------------


@cache
def pattern(source: str) -> re.Pattern[str]:
    """A person's regular expression; StepError where it is none, or one that can take for ever on an unlucky text."""
    try:
        compiled = re.compile(source)
        slow = _ambiguous(re._parser.parse(source))  # type: ignore[attr-defined]
    except (re.error, RecursionError, OverflowError) as error:
        raise StepError("pattern", f"{source} ({error})") from error
    if slow or len(source) > _LONGEST_PATTERN:
        raise StepError("pattern_slow", source)
    return compiled


_LONGEST_PATTERN = 400
_LONGEST_TEXT = 2_000  # characters a person's pattern is tried on
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT")
_FEW = 20


def _ambiguous(tree: Iterable[Any], within: bool = False) -> bool:
    """Whether what repeats without an end can match one text in several ways, as `(a+)+` and `(a|aa)*` do: then every
    way of cutting a text apart is tried."""
    for name, argument in tree:
        here = within
        if str(name) in _REPEATS:
            least, most = argument[0], argument[1]
            if within and least != most:
                return True
            here = within or most > _FEW
        elif str(name) == "BRANCH" and within:
            return True
        if any(_ambiguous(part, here) for part in _parts(argument)):
            return True
    return False


def _parts(argument: Any) -> list[Any]:
    """The sub-patterns of a parsed element."""
    if type(argument).__name__ == "SubPattern":
        return [argument]
    if isinstance(argument, (tuple, list)):
        return [part for item in argument for part in _parts(item)]
    return []


_SEPARATOR = Argument("separator")
_KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("strip", each=_strip),
        Kind("nfkc_digits", each=_nfkc_digits),
        Kind("dash_in_numbers", each=_dash_in_numbers),
        Kind("drop_invisible", each=_drop_invisible),
        Kind("unquote_excel", each=_unquote_excel),
        Kind("zip7", each=_zip7, notes=True),
        Kind("phone_jp", each=_phone_jp, notes=True),
        Kind("date", (Argument("form", "date_form", "auto"),), each=_date),
        Kind("time_slot", each=_time_slot),
        Kind("split", (_SEPARATOR, Argument("place", "number", 1)), each=_split),
        Kind("join", (Argument("separator", default=""),), whole=_join),
        Kind("regex", (Argument("pattern", "pattern"), Argument("group", "number", 1)), each=_regex),
        Kind(
            "prefecture_split",
            (Argument("part", default="prefecture", choices=("prefecture", "rest")),),
            each=_prefecture_split,
        ),
        Kind("prefecture_name", each=_prefecture_name),
        Kind("int_yen", (Argument("nothing", "number", ""),), each=_int_yen),
        Kind("packed_lines", (Argument("separator", default=""),), whole=_packed_lines),
        Kind(
            "pairs",
            (Argument("separator", default="/"), Argument("sign", default=":"), Argument("name", default="")),
            each=_pairs,
        ),
    )
}
