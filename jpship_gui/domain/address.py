"""Japanese addresses: one folded spelling for comparing, and the places where an address may be cut.

Folding is for comparing only; what is stored and printed stays as received.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

PREFECTURES: tuple[str, ...] = (
    *(
        "北海道",
        "青森県",
        "岩手県",
        "宮城県",
        "秋田県",
        "山形県",
        "福島県",
        "茨城県",
        "栃木県",
        "群馬県",
        "埼玉県",
        "千葉県",
    ),
    *(
        "東京都",
        "神奈川県",
        "新潟県",
        "富山県",
        "石川県",
        "福井県",
        "山梨県",
        "長野県",
        "岐阜県",
        "静岡県",
        "愛知県",
        "三重県",
    ),
    *(
        "滋賀県",
        "京都府",
        "大阪府",
        "兵庫県",
        "奈良県",
        "和歌山県",
        "鳥取県",
        "島根県",
        "岡山県",
        "広島県",
        "山口県",
        "徳島県",
    ),
    *(
        "香川県",
        "愛媛県",
        "高知県",
        "福岡県",
        "佐賀県",
        "長崎県",
        "熊本県",
        "大分県",
        "宮崎県",
        "鹿児島県",
        "沖縄県",
    ),
)

_KNOWN = frozenset(PREFECTURES)
_LENGTHS = sorted({len(name) for name in PREFECTURES})

# Old or variant form → the usual form, in pairs. Both sides of a comparison are folded, so a pair only has to bring the
# two to the same character, whichever it is.
_FORMS = (
    "龍竜澤沢邊辺邉辺濱浜嶋島嶌島國国廣広櫻桜檜桧藪薮頸頚惠恵鹽塩瀧滝眞真齋斎齊斎斉斎髙高﨑崎嵜崎埼崎壽寿學学縣県區区驛駅"
    "條条淵渕彌弥曾曽圓円舊旧藝芸莊荘當当豐豊燈灯獨独鐵鉄祇祗蘆芦葦芦楳梅桒桑舩船凉涼冨富峯峰舘館枩松鷗鴎鶯鴬籠篭竃竈"
    "靱靭壷壺會会橫横黑黒穗穂賴頼燒焼溪渓澁渋灣湾戶戸來来龜亀麴麹櫛櫛萬万與与應応關関圖図靑青淸清瀨瀬德徳增増榮栄螢蛍"
    "禮礼爐炉稻稲聲声蠶蚕讚讃辯弁鄕郷釋釈鷄鶏黃黄點点齡齢龝秋穐秋潟泻佛仏假仮價価傳伝兒児單単嚴厳團団壤壌寶宝將将屆届峽峡"
    "嶽岳巖岩巌岩廳庁彈弾從従戀恋拂払攝摂數数斷断晝昼樂楽樓楼樣様權権歸帰歡歓殘残毆殴氣気沒没澗澗濟済濕湿爲為狹狭獸獣畫画"
    "疊畳盡尽禪禅竝並粹粋經経絲糸縱縦總総繩縄肅粛膽胆臺台萠萌藥薬虛虚蟲虫裝装覺覚觀観觸触證証譽誉變変豫予貳弐踐践輕軽轉転"
    "遞逓遙遥遲遅醫医釀醸錢銭鎭鎮鑄鋳鑛鉱隨随險険隱隠雙双靈霊靜静顏顔顯顕飜翻餘余驗験髓髄鬪闘鹼鹸麥麦鼈鼈"
)
LINKS = "ケノツ"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−─━﹣－ｰ", "-"))
_SPELLINGS = str.maketrans(
    dict(zip(_FORMS[::2], _FORMS[1::2], strict=True))
    | dict.fromkeys("ヶヵがガ箇", "ケ")
    | dict.fromkeys("の之乃", "ノ")
    | dict.fromkeys("つッっ", "ツ")
    | _DASHES
)
_DROP = re.compile(r"[\s、。,.・'\"’]|大字|小字|字|[︀-️\U000e0100-\U000e01ef]")
_NUMERAL = re.compile("[〇零一二三四五六七八九十百千]+")
_DASHED = re.compile(r"(?<=\d)[ーノ](?=\d)")
_LINKED = re.compile(f"(?<=[一-鿿々0-9])[{LINKS}](?=[一-鿿々])")
_HOUSE_DASH = re.compile(r"(?<=[0-9０-９])[ \u3000]?[‐-―−ーｰ][ \u3000]?(?=[0-9０-９])")
_UNITS = {"十": 10, "百": 100, "千": 1000}
_DIGITS = {kanji: value for value, kanji in enumerate("〇一二三四五六七八九")} | {"零": 0}


def number_of(numeral: str) -> int:
    """Value of a kanji numeral, positional (二〇三) or with units (二百三); mixed runs are read as units."""
    if not any(character in _UNITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    total, digit = 0, 0
    for character in numeral:
        unit = _UNITS.get(character)
        if unit is None:
            digit = digit * 10 + _DIGITS[character]
        else:
            total, digit = total + (digit or 1) * unit, 0
    return total + digit


def _digits(match: re.Match[str]) -> str:
    """The numeral in digits, kept apart from digits that stand next to it (上八2番 is not 上82番)."""
    text, (start, end) = match.string, match.span()
    before = "-" if text[start - 1 : start].isdigit() else ""
    after = "-" if text[end : end + 1].isdigit() else ""
    return f"{before}{number_of(match.group())}{after}"


def flat(text: str) -> str:
    """Half-width digits, letters and dashes; everything else, blanks too, stays as it is."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES)


def house_dashes(text: str) -> str:
    """Dashes between digits that are no plain hyphens (U+2010 to U+2015, U+2212, ー, ｰ) as hyphens: carriers' tools
    take them for unknown characters or for sounds. Everything else stays."""
    return _HOUSE_DASH.sub("-", text)


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """One spelling of an address or a part of it: width, old characters, ヶ/ケ/が, 大字, numerals, dashes, blanks."""
    text = unicodedata.normalize("NFKC", text).upper().translate(_SPELLINGS)
    text = _NUMERAL.sub(_digits, _DROP.sub("", text))
    return _LINKED.sub("", _DASHED.sub("-", text))


def without_prefecture(text: str, prefecture: str) -> tuple[str, bool]:
    """Text without a prefecture written in front of it once more, and whether one stood there."""
    bare = text.lstrip()
    if prefecture and bare.startswith(prefecture):
        return bare[len(prefecture) :].lstrip(), True
    return text, False


def leading_prefecture(text: str) -> str:
    """The prefecture a text begins with, "" if with none."""
    bare = text.lstrip()
    return next((name for length in _LENGTHS if (name := bare[:length]) in _KNOWN), "")


def raw_tail(raw: str, folded: str) -> str:
    """The shortest end of `raw` whose folding is `folded`, or "" if no end of it folds so."""
    for start in range(len(raw), -1, -1):
        if fold(raw[start:]) == folded:
            while start > 0 and fold(raw[start - 1 :]) == folded and raw[start - 1].isspace():
                start -= 1
            return raw[start:].lstrip()
    return ""


_HOUSE = re.compile(r"[0-9０-９]|[〇零一二三四五六七八九十百千]+(?=丁目|番|号|の|－|-|ー|−)")


def house_start(street: str) -> int:
    """Index of the first house number (digit, or kanji numeral before 丁目, 番, 号 …); len(street) if none."""
    match = _HOUSE.search(street)
    return match.start() if match else len(street)


_DESIGNATED = (
    *("札幌", "仙台", "さいたま", "千葉", "横浜", "川崎", "相模原", "新潟", "静岡", "浜松", "名古屋", "京都"),
    *("大阪", "堺", "神戸", "岡山", "広島", "北九州", "福岡", "熊本"),
)
# Names in which 市, 郡, 町 or 村 stands before the end; tried before the patterns, which would stop there.
_LONG_NAMES = (
    *("四日市市", "廿日市市", "野々市市", "市川市", "市原市", "大和郡山市", "郡山市", "郡上市", "蒲郡市"),
    *("小郡市", "十日町市", "大町市", "町田市", "村上市", "村山市", "東村山市", "武蔵村山市", "羽村市"),
    *("田村市", "大村市", "余市郡余市町", "高市郡明日香村", "佐波郡玉村町", "杵島郡大町町"),
)
_MUNICIPALITY = re.compile(
    rf"(?:(?:{'|'.join(_DESIGNATED)})市(?:[^区\d]{{1,4}}区)?|{'|'.join(_LONG_NAMES)}"
    r"|(?:余市|高市|[^市区\d]{1,5}?)郡[^\d]{1,6}?[町村]|[^区\d]{1,7}?市|[^\d]{1,6}?[町村])"
)
_TOKYO_WARD = re.compile(r"[^市\d]{1,3}区")


def part_address(text: str) -> tuple[str, str, str]:
    """Prefecture, municipality (county and ward included) and the rest of an address in one field, blanks between them
    left out; what is not found is "" and stays in the rest."""
    bare = text.strip()
    prefecture = leading_prefecture(bare)
    rest = bare[len(prefecture) :].lstrip()
    if not prefecture:
        return "", "", bare
    squeezed = "".join(rest.split())
    ward = _TOKYO_WARD.match(squeezed) if prefecture == "東京都" else None
    found = ward or _MUNICIPALITY.match(squeezed)
    if found is None:
        return prefecture, "", rest
    end = _place_of(rest, found.end())
    return prefecture, found.group(), rest[end:].lstrip()


def _place_of(text: str, count: int) -> int:
    """Index behind the first `count` characters that are no blanks."""
    for place, character in enumerate(text):
        count -= not character.isspace()
        if not count:
            return place + 1
    return len(text)
