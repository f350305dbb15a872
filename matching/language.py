"""The words the engine speaks and understands: message marking, translation, how numbers and days are written.

Sentences are whole German messages with placeholders. The application passes a `Language` whose
`translate` looks the message up in its catalogues; the engine alone speaks German.

People and programs write numbers and days in many ways ("1.200,50", "€1,200.50", "ca. 650", "620,-", "2½"; "1.3.27",
"März 2027", "March 1st, 2027"). Form fields and imports read them with the same functions; what these do not understand
is None, and what may be two numbers is asked (`TwoReadings`).
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_WORDS = (
    ("eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"),
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_NUMBER_WORDS = {"ein": 1.0, "eine": 1.0} | {
    word: float(number) for words in _WORDS for number, word in enumerate(words, start=1)
}
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75}
_ABOUT = r"(?:(?:ca|circa|rd|rund|etwa|ungefähr|about|around|approx|approximately|roughly)\b\.?\s*)?"
_AMOUNT = re.compile(
    rf"{_ABOUT}(?:(?P<currency>€|eur(?:o|os)?\b)\s*)?"
    r"(?P<number>[+-]?\d[\d.,']*(?:[ \u00a0\u202f]\d{3}(?!\d)[\d.,]*)*)(?P<unit>.*)",
    re.I | re.S,
)
_MIXED = re.compile(rf"{_ABOUT}(?P<whole>\d{{1,3}})\s*(?P<part>½|¼|¾|(?<=\s)[13]/[24])(?P<unit>.*)", re.I | re.S)
_SAID = re.compile(rf"{_ABOUT}(?P<word>[a-zäöüß]+)(?P<unit>\s.*)?", re.I | re.S)
UNIT_SPELLINGS = {
    "€": ("eur", "euro", "euros"),
    "m²": ("m2", "qm", "sqm", "sq m"),
    "%": ("prozent", "per cent", "percent"),
    "€/m²": ("€/qm", "euro/m²", "euro/qm"),
    "Stunden im Monat": ("stunden", "std", "std.", "h"),
    "Zimmer": ("räume", "raum"),
    "m": ("meter",),
    "cm": ("zentimeter", "centimetre", "centimetres"),
    "kWh/(m²·a)": ("kwh", "kwh/m²", "kwh/m²a", "kwh/(m²a)", "kwh/(m²*a)", "kwh/qm", "kwh/(qm*a)"),
}
_PER_CENTIMETRE = {"m": 100.0, "meter": 100.0, "metre": 100.0, "metres": 100.0, "mm": 0.1, "millimeter": 0.1}
_NO_CENTS = re.compile(r"[,.][-–]{1,2}(?=\s|€|$)")
_PLAIN = re.compile(r"[+-]?\d{1,15}(?:[.,]\d+)?")
_GERMAN = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH = re.compile(r"[+-]?[1-9]\d{0,2}(?:[,']\d{3})+(?:\.\d+)?")
# "1.200" and "1,200": a thousand and more, or a little more than one.
_ONE_GROUP = re.compile(r"(?P<sign>[+-]?)(?P<first>[1-9]\d{0,2})(?P<mark>[.,])(?P<rest>\d{3})")
# Nobody writes more of them; "1.2000" is a slip.
_MOST_DECIMALS = 3

# In their order; the first three letters tell them apart.
_MONTH_NAMES = (
    "jan(?:uary?)?", "feb(?:ruary?)?", "märz?", "apr(?:il)?", "mai", "june?i?", "july?i?", "aug(?:ust)?",
    "sept?(?:ember)?", "okt(?:ober)?", "nov(?:ember)?", "dez(?:ember)?",
    "mrz", "maerz", "mar(?:ch)?", "may", "oct(?:ober)?", "dec(?:ember)?",
)  # fmt: skip
_OTHER_NAMES = {"mrz": 3, "mae": 3, "mar": 3, "may": 5, "oct": 10, "dec": 12}
_MONTHS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES[:12], start=1)} | _OTHER_NAMES
_NAME = rf"\b(?P<name>{'|'.join(_MONTH_NAMES)})\b\.?"
_OF_MONTH = r"(?P<day>\d{1,2})(?:\.|st\b|nd\b|rd\b|th\b)?"
_BEFORE_A_DAY = re.compile(
    r"(?:(?:ab|am|an|zum|seit|bis|anfang|den|dem|frühestens|spätestens|ca\.?|from|by|on|until|the|beginning of)\s+)+",
    re.I,
)
_ISO_DAY = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_GERMAN_DAY = re.compile(r"(?<!\d)(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})(?!\d)")
_SLASHED_DAY = re.compile(r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4}|\d{2})(?![\d/])")
_NAMED_DAY = re.compile(
    rf"(?:(?<!\d){_OF_MONTH}\s*(?:of\s+)?|(?P<part>mitte|ende|mid|end of)[\s-]+)?{_NAME},?\s+(?P<year>\d{{4}})(?!\d)",
    re.I,
)
_MONTH_FIRST = re.compile(rf"{_NAME}\s+{_OF_MONTH},?\s+(?P<year>\d{{4}})(?!\d)", re.I)
_WEEK = re.compile(
    r"(?<!ende\s)(?<!mitte\s)\b(?:kw|kalenderwoche|woche)\s?(?P<week>\d{1,2})\s?[/.]?\s?(?P<year>\d{4})(?!\d)", re.I
)
_WEEK_FIRST = re.compile(r"(?<!\d)(?P<week>\d{1,2})\.\s?(?:kw|kalenderwoche|woche)\s?/?\s?(?P<year>\d{4})(?!\d)", re.I)
_QUARTER = re.compile(r"\b(?:q(?P<q>[1-4])|(?P<quarter>[1-4])\.\s?quartal)\s?[/.]?\s?(?P<year>\d{4})(?!\d)", re.I)
_MONTH = re.compile(
    r"(?:(?P<part>mitte|ende|mid|end of)\s+)?(?<![\w./])(?<!kw\s)(?<!woche\s)"
    r"(?P<month>\d{1,2})\s?[/.]\s?(?P<year>\d{4})(?!\d)",
    re.I,
)
_ISO_MONTH = re.compile(r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d{2})(?![\d-])")
# "Mai/Juni 2027": nobody can say which of the two.
_TWO_MONTHS = re.compile(
    rf"\b(?:{'|'.join(_MONTH_NAMES)})\.?\s*(?:[-–/]|bis|oder|und|or|to)\s*(?:\d{{1,2}}\.\s*)?{_NAME}", re.I
)
_DAYS = (
    _ISO_DAY,
    _GERMAN_DAY,
    _SLASHED_DAY,
    _MONTH_FIRST,
    _NAMED_DAY,
    _WEEK,
    _WEEK_FIRST,
    _QUARTER,
    _MONTH,
    _ISO_MONTH,
)
_YEARLESS = (
    re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.?"),
    re.compile(rf"{_OF_MONTH}\s*(?:of\s+)?{_NAME}", re.I),
    re.compile(rf"{_NAME}\s+{_OF_MONTH}", re.I),
    re.compile(rf"(?:im\s+)?(?:(?P<part>mitte|ende|mid|end of)[\s-]+)?{_NAME}", re.I),
)
_FROM_NOW = re.compile(
    r"in\s+(?:(?:ca\.?|etwa|about)\s+)?(?P<count>\d{1,2}|[a-zäöüß]+?)(?:e[mnr])?\s+"
    r"(?P<unit>tag|woche|monat|jahr|day|week|month|year)\w{0,2}",
    re.I,
)
_DAYS_OF_UNIT = {"tag": 1, "day": 1, "woche": 7, "week": 7}
_MONTHS_OF_UNIT = {"monat": 1, "month": 1, "jahr": 12, "year": 12}
# A day that has just gone by may be meant as well as the same day next year.
_JUST_GONE = timedelta(days=90)
AT_ONCE = re.compile(
    r"\b(?:sofort|umgehend|ab jetzt|bezugsfrei|schnellst\w*|baldmöglichst|baldigst|möglichst (?:bald|schnell)|"
    r"so (?:bald|schnell|früh|zeitig) wie (?:möglich|es geht)|immediately|as soon as possible|asap)\b",
    re.I,
)


def mark(message: str) -> str:
    """Mark a message for extraction into the translation catalogues; returns it unchanged."""
    return message


STOREYS = {-1: mark("Untergeschoss"), 0: mark("Erdgeschoss"), 1: mark("1. Obergeschoss")}


def unchanged(message: str) -> str:
    return message


def any_day() -> date | None:
    """Read on no day that is known."""
    return None


@dataclass(frozen=True)
class Language:
    """How messages and numbers are put for one reader, and on which day, where that is known."""

    translate: Callable[[str], str] = unchanged
    decimal: str = ","
    thousands: str = "."
    day_format: str = "%d.%m.%Y"
    currency_first: bool = False
    today: Callable[[], date | None] = any_day

    def say(self, message: str, **values: str) -> str:
        """The translated message with its placeholders filled."""
        return self.translate(message) % values if values else self.translate(message)

    def number(self, value: float, decimals: int | None = None) -> str:
        """A number as written in this language: 1.234,50 in German; whole numbers without a comma."""
        if decimals is None:
            decimals = 0 if float(value).is_integer() else (1 if round(value * 10, 9).is_integer() else 2)
        plain = f"{value:,.{decimals}f}"
        return plain.replace(",", "\0").replace(".", self.decimal).replace("\0", self.thousands)

    def money(self, value: float, per: str = "") -> str:
        """An amount of euro with cents or without any: 1.234,50 € in German, €1,234.50 in English; `per` is "/m²"."""
        number = self.number(value, 0 if float(round(value, 2)).is_integer() else 2)
        return f"€{number}{per}" if self.currency_first else f"{number} €{per}"

    def storey(self, value: float) -> str:
        """A storey counted from the ground floor, by its name."""
        if value in STOREYS:
            return self.say(STOREYS[int(value)])
        above, below = mark("%(number)s. Obergeschoss"), mark("%(number)s. Untergeschoss")
        return self.say(above if value > 0 else below, number=self.number(abs(value)))

    def storey_named(self, text: str, low: float, high: float) -> float | None:
        """The storey of that name, in this language or in German; None where none is called so."""
        named, speakers = " ".join(text.split()).casefold(), (self, Language())
        numbers = (float(each) for each in range(int(low), int(high) + 1))
        return next((each for each in numbers if named in (said.storey(each).casefold() for said in speakers)), None)

    def cost_range(self, low: float, high: float) -> str:
        """What works cost, in euro: nothing is said of a lower end that is none."""
        if not low:
            return self.say(mark("bis etwa %(high)s €"), high=self.number(high))
        return self.say(mark("etwa %(low)s bis %(high)s €"), low=self.number(low), high=self.number(high))

    def alternatives(self, words: list[str]) -> str:
        """Several wanted values as one phrase: 'Miete oder Untermiete'."""
        if len(words) < 2:
            return "".join(words)
        return self.say(mark("%(first)s oder %(last)s"), first=", ".join(words[:-1]), last=words[-1])


GERMAN = Language()


class TwoReadings(ValueError):
    """A number that one language reads as thousands and another one as a fraction; both as plain numbers."""

    def __init__(self, thousands: float, fraction: float) -> None:
        super().__init__(f"{thousands:g} or {fraction:g}")
        self.thousands, self.fraction = thousands, fraction


def amount(
    text: str, *, decimal_point: bool = False, language: Language = GERMAN, in_words: bool = True
) -> tuple[float, str] | None:
    """The number in the text, and its unit ("€", "m²") behind or before it; None where it begins with neither.

    "1.250" is 1250, as people write it in German, and "1 250" and "zwei" are numbers; a program that writes a decimal
    point means one and a quarter, and its words are words. In English it is "1,250" that is 1250. Where no number is
    said `in_words`, a word tells of something else: nobody pays "drei" a month.

    **Raises** TwoReadings where people write "1,250" in German or "1.250" in English.
    """
    text = _NO_CENTS.sub("", text.strip())
    if mixed := _MIXED.fullmatch(text):
        return float(mixed["whole"]) + _FRACTIONS[mixed["part"]], mixed["unit"].strip()
    if found := _AMOUNT.fullmatch(text):
        written = found["number"]
        number = _program_number(written) if decimal_point else _number(re.sub(r"\s", "", written), language)
        return None if number is None else (number, found["unit"].strip() or found["currency"] or "")
    said = _SAID.fullmatch(text) if in_words and not decimal_point else None
    if said is None or said["word"].lower() not in _NUMBER_WORDS:
        return None
    return _NUMBER_WORDS[said["word"].lower()], (said["unit"] or "").strip()


def of_unit(unit: str, read: tuple[float, str] | None) -> tuple[float, str] | None:
    """A length that is written in metres or millimetres, in centimetres where that is the unit; else as it is."""
    factor = _PER_CENTIMETRE.get(read[1].lower(), 0.0) if read and unit == "cm" else 0.0
    return (round(read[0] * factor, 2), unit) if read and factor else read


def _number(number: str, language: Language) -> float | None:
    if (group := _ONE_GROUP.fullmatch(number)) and group["mark"] != language.thousands:
        first, rest = group["sign"] + group["first"], group["rest"]
        raise TwoReadings(float(first + rest), float(f"{first}.{rest}"))
    if _GERMAN.fullmatch(number):
        return float(number.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(number):
        return float(number.replace(",", "").replace("'", ""))
    plain = number.replace(",", ".")
    decimals = len(plain.partition(".")[2])
    return float(plain) if _PLAIN.fullmatch(number) and decimals <= _MOST_DECIMALS else None


def _program_number(number: str) -> float | None:
    if _PLAIN.fullmatch(number):
        return float(number.replace(",", "."))
    if _GERMAN.fullmatch(number):
        return float(number.replace(".", "").replace(",", "."))
    return float(number.replace(",", "").replace("'", "")) if _ENGLISH.fullmatch(number) else None


def day_in(text: str) -> date | None:
    """The first day named somewhere in the text; of a month, week or quarter alone its first. None where there is none,
    or where one of two months may be meant."""
    if _TWO_MONTHS.search(text):
        return None
    found = next((found for pattern in _DAYS if (found := pattern.search(text))), None)
    return _date(found.groupdict()) if found else None


def day_of(text: str) -> date | None:
    """The day that the text is, such as "1.3.27", "ab 1. August 2027", "3/2027". None where it is anything else."""
    alone = _BEFORE_A_DAY.sub("", text.strip())
    found = next((found for pattern in _DAYS if (found := pattern.fullmatch(alone))), None)
    return _date(found.groupdict()) if found else None


def lacks_year(text: str) -> bool:
    """Whether the text is a day without its year, such as "1. März", "1.3." or "1st March"."""
    return _yearless(text) is not None


def next_such_day(text: str, today: date) -> date | None:
    """The next day that a text without a year names ("1st March", "Anfang März", "in 3 Monaten"). None where it names
    none, or where one that has just gone by may be meant."""
    if later := _FROM_NOW.fullmatch(text.strip()):
        return _later(today, later["count"].lower(), later["unit"].lower())
    parts = _yearless(text)
    past, coming = (_date({**parts, "year": str(year)}) if parts else None for year in (today.year, today.year + 1))
    if past is None or past >= today:
        return past
    return coming if today - past > _JUST_GONE else None


def _later(today: date, said: str, unit: str) -> date | None:
    count = int(said) if said.isdecimal() else int(_NUMBER_WORDS.get(said, 1 if said in ("a", "an") else 0))
    if not count:
        return None
    if unit in _DAYS_OF_UNIT:
        return today + timedelta(days=count * _DAYS_OF_UNIT[unit])
    year, month = divmod(today.month - 1 + count * _MONTHS_OF_UNIT[unit], 12)
    year, month = today.year + year, month + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def _yearless(text: str) -> dict[str, str | None] | None:
    alone = _BEFORE_A_DAY.sub("", text.strip())
    found = next((found for pattern in _YEARLESS if (found := pattern.fullmatch(alone))), None)
    return found.groupdict() if found else None


def _date(parts: dict[str, str | None]) -> date | None:
    written, name, part = parts["year"] or "", parts.get("name"), (parts.get("part") or "").lower()
    year = int(written) + (2000 if len(written) == 2 else 0)
    month = _MONTHS[name.lower()[:3]] if name else int(parts.get("month") or 0)
    if quarter := parts.get("q") or parts.get("quarter"):
        month = 3 * int(quarter) - 2
    try:
        if week := parts.get("week"):
            return date.fromisocalendar(year, int(week), 1)
        if part in ("ende", "end of"):
            return date(year, month, monthrange(year, month)[1])
        day = 15 if part in ("mitte", "mid") else int(parts.get("day") or 1)
        return date(year, month, day)
    except ValueError:
        return None
