"""All colours of the program, once; palette, style sheet and every painted part take them from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme. Values are #RRGGBB; pairs are (ink, ground)."""

    name: str
    window: str
    surface: str
    raised: str
    line: str
    line_strong: str
    hover: str
    text: str
    text2: str
    text3: str
    ghost: str
    rail: str
    rail_on: str
    rail_text: str
    rail_text2: str
    rail_accent: str
    rail_attention: str
    rail_ng: str
    accent: str
    accent_weak: str
    accent_line: str
    on_accent: str
    ok: str
    ok_weak: str
    ok_strong: str
    done: str
    done_weak: str
    done_strong: str
    attention: str
    attention_weak: str
    attention_strong: str
    ng: str
    ng_weak: str
    ng_strong: str
    variant: str  # ground of the variant's name in the table
    mark: str  # ground of words picked out in a buyer's remark
    desk: str  # ground behind a page preview
    dark: bool = False
    paper: str = "#FFFFFF"
    paper_line: str = "#E1E5E9"  # a grid on paper, which is white in both themes
    ink: str = "#000000"
    shadow: str = "#000000"  # always with an alpha of 3 to 8 of 255, stacked
    practice: str = "#7A3FA0"
    on_practice: str = "#FFFFFF"
    band_ok: str = "#C9F0DF"
    band_ok_ink: str = "#05452F"
    band_attention: str = "#F7B940"
    band_attention_ink: str = "#2E1D00"
    band_done: str = "#084A8E"
    band_done_ink: str = "#FFFFFF"
    band_ng: str = "#A51D14"
    band_ng_ink: str = "#FFFFFF"
    chips: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    carriers: Mapping[str, str] = field(default_factory=dict)


LIGHT = Tokens(
    name="light",
    window="#F3F5F8",
    surface="#FFFFFF",
    raised="#FFFFFF",
    line="#E1E6EC",
    line_strong="#B9C2CD",
    hover="#F3F6FA",
    text="#17202B",
    text2="#4D5968",
    text3="#5F6A77",
    ghost="#9AA5B1",
    rail="#1B2530",
    rail_on="#2E3E50",
    rail_text="#E8EDF2",
    rail_text2="#A3B0BE",
    rail_accent="#7EA6FF",
    rail_attention="#F3B95C",
    rail_ng="#FF8A7E",
    accent="#2457C5",
    accent_weak="#E8EFFD",
    accent_line="#A9C0F2",
    on_accent="#FFFFFF",
    ok="#0B7A55",
    ok_weak="#DDF3EA",
    ok_strong="#065639",
    done="#0A5FB4",
    done_weak="#DCEBFA",
    done_strong="#084A8E",
    attention="#8F5A00",
    attention_weak="#FFF1D6",
    attention_strong="#6E4500",
    ng="#B3261E",
    ng_weak="#FBE8E6",
    ng_strong="#8F1A14",
    variant="#EEF1F5",
    mark="#FFE7B3",
    desk="#E4E8EF",
    chips={
        "rakuten": ("#8C1F4B", "#F9E6EE"),
        "amazon": ("#7A4300", "#FCEBD4"),
        "yahoo": ("#5A3AA5", "#ECE6FA"),
        "qoo10": ("#0B5F66", "#D9F0F1"),
        "": ("#4D5968", "#E8ECF1"),
    },
    carriers={"yamato": "#5D7A12", "sagawa": "#2B5FB8", "jppost": "#C2502B", "": "#9AA5B1"},
)

DARK = Tokens(
    name="dark",
    window="#12161B",
    surface="#1A2027",
    raised="#222A33",
    line="#2A323C",
    line_strong="#48545F",
    hover="#202833",
    text="#EEF2F6",
    text2="#B4BFCB",
    text3="#8C98A5",
    ghost="#5F6B78",
    rail="#0D1115",
    rail_on="#232D38",
    rail_text="#E8EDF2",
    rail_text2="#97A4B1",
    rail_accent="#7EA6FF",
    rail_attention="#F3B95C",
    rail_ng="#FF8A7E",
    accent="#7EA6FF",
    accent_weak="#1C2941",
    accent_line="#3C5A95",
    on_accent="#0B1730",
    ok="#43C795",
    ok_weak="#143529",
    ok_strong="#7BE3BC",
    done="#6FB4F5",
    done_weak="#132F4A",
    done_strong="#A8D4FB",
    attention="#F3B95C",
    attention_weak="#33291A",
    attention_strong="#F8D08E",
    ng="#FF8A7E",
    ng_weak="#3A201E",
    ng_strong="#FFB4AC",
    variant="#262E38",
    mark="#4A3A1C",
    desk="#0B0E12",
    dark=True,
    band_ok="#8EDDBE",
    band_ok_ink="#03301F",
    band_attention="#E8A838",
    band_attention_ink="#2A1A00",
    chips={
        "rakuten": ("#F2A3C1", "#43202F"),
        "amazon": ("#F0BE84", "#3D2C18"),
        "yahoo": ("#C3AEF5", "#312850"),
        "qoo10": ("#7FD3D8", "#16373A"),
        "": ("#B4BFCB", "#2A323C"),
    },
    carriers={"yamato": "#A9C95A", "sagawa": "#7FA8EE", "jppost": "#EE8E6B", "": "#5F6B78"},
)

THEMES: Mapping[str, Tokens] = {"light": LIGHT, "dark": DARK}
