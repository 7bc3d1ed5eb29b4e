"""All colours of the program, once; palette, style sheet and every painted part take them from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


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

# High contrast: words at 7 : 1 on every ground, lines that part things at 3 : 1; the same hues mean the same.
LIGHT_HIGH = replace(
    LIGHT,
    name="light_high",
    window="#FFFFFF",
    line="#767676",
    line_strong="#1A1A1A",
    hover="#E6EEFF",
    text="#000000",
    text2="#1A1A1A",
    text3="#333333",
    ghost="#5C5C5C",
    rail="#000000",
    rail_on="#3A3A3A",
    rail_text="#FFFFFF",
    rail_text2="#E6E6E6",
    rail_accent="#A9C4FF",
    rail_attention="#FFD27A",
    rail_ng="#FFB4AC",
    accent="#0A3494",
    accent_weak="#E3ECFF",
    accent_line="#0A3494",
    ok="#00523A",
    ok_weak="#E4F8EF",
    ok_strong="#003D2A",
    done="#003F7F",
    done_weak="#E3F0FD",
    done_strong="#002F60",
    attention="#5C3900",
    attention_weak="#FFF3DC",
    attention_strong="#452A00",
    ng="#8A120B",
    ng_weak="#FDECEA",
    ng_strong="#6E0C07",
    variant="#E4E8EE",
    mark="#FFDD8A",
    band_ok="#D6F7E8",
    band_ok_ink="#002A1B",
    band_attention="#FFC247",
    band_attention_ink="#1F1300",
    band_done="#003C7A",
    band_ng="#960F08",
    chips={
        "rakuten": ("#5E0F30", "#FDEBF2"),
        "amazon": ("#4F2B00", "#FEF0DE"),
        "yahoo": ("#3A2080", "#F0EBFD"),
        "qoo10": ("#053E42", "#DFF5F6"),
        "": ("#1A1A1A", "#E8ECF1"),
    },
    carriers={"yamato": "#425709", "sagawa": "#1B438E", "jppost": "#963515", "": "#5C5C5C"},
)

DARK_HIGH = replace(
    DARK,
    name="dark_high",
    window="#000000",
    surface="#0A0C0E",
    raised="#14181C",
    line="#7C8894",
    line_strong="#E2E8EE",
    hover="#1F2A38",
    text="#FFFFFF",
    text2="#F0F3F6",
    text3="#D2D9E0",
    ghost="#96A0AA",
    rail="#000000",
    rail_on="#3A444E",
    rail_text="#FFFFFF",
    rail_text2="#DDE3E9",
    rail_accent="#B9D0FF",
    rail_attention="#FFD27A",
    rail_ng="#FFB4AC",
    accent="#A6C4FF",
    accent_weak="#12203A",
    accent_line="#A6C4FF",
    on_accent="#000000",
    ok="#6BEDB9",
    ok_weak="#0A2A1F",
    ok_strong="#A6F7D6",
    done="#9CCDFF",
    done_weak="#0B2744",
    done_strong="#C9E4FF",
    attention="#FFD27A",
    attention_weak="#2E2410",
    attention_strong="#FFE3AD",
    ng="#FFB0A8",
    ng_weak="#38140F",
    ng_strong="#FFD0CB",
    variant="#2A333D",
    mark="#5A4515",
    desk="#000000",
    band_ok="#A2EBCF",
    band_ok_ink="#00251A",
    band_attention="#F2AE33",
    band_attention_ink="#1C1100",
    band_done="#003C7A",
    band_ng="#960F08",
    chips={
        "rakuten": ("#FFC4DA", "#3A1526"),
        "amazon": ("#FFD9A8", "#332309"),
        "yahoo": ("#DCCFFF", "#281E4A"),
        "qoo10": ("#A8EEF2", "#0C2B2E"),
        "": ("#E6EBF0", "#2A323C"),
    },
    carriers={"yamato": "#C3E472", "sagawa": "#A3C2F7", "jppost": "#FFAB8C", "": "#96A0AA"},
)

THEMES: Mapping[str, Tokens] = {
    "light": LIGHT,
    "dark": DARK,
    "light_high": LIGHT_HIGH,
    "dark_high": DARK_HIGH,
}
