"""Names in Cyrillic and Arabic script as one hears and spells them in Latin letters.

Cyrillic follows the Ukrainian passport (resolution 55 of 27 January 2010), with the letters that only Russian and
Bulgarian have. Arabic writes few vowels, so its words are compared by consonants alone: محمد and Mohammed are "mhmd".
"""

import re

CYRILLIC = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ъ": "",
    "ю": "iu", "я": "ia", "ы": "y", "э": "e", "ё": "io", "ў": "u", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c",
    "ђ": "dj", "џ": "dz", "\N{RIGHT SINGLE QUOTATION MARK}": "", "'": "",
})  # fmt: skip
# With the letters that Persian, Dari and Urdu add.
ARABIC = str.maketrans({
    "ب": "b", "پ": "b", "ت": "t", "ة": "", "ث": "t", "ج": "j", "چ": "c", "ح": "h", "خ": "k", "د": "d", "ذ": "d",
    "ر": "r", "ز": "s", "ژ": "j", "س": "s", "ش": "c", "ص": "s", "ض": "d", "ط": "t", "ظ": "s", "ع": "", "غ": "g",
    "ف": "f", "ق": "k", "ك": "k", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "", "ي": "",
    "ی": "", "ى": "", "ا": "", "أ": "", "إ": "", "آ": "", "ء": "", "ئ": "", "ؤ": "",
})  # fmt: skip
ARABIC_WORD = r"[\u0621-\u06d3]+"
_SOUNDS = (("tsch", "c"), ("dsch", "j"), ("dj", "j"), ("sch", "c"), ("sh", "c"), ("ch", "c"), ("kh", "k"), ("gh", "g"),
           ("th", "t"), ("dh", "d"), ("ph", "f"))  # fmt: skip
_LETTERS = str.maketrans({"z": "s", "q": "k", "v": "f", "p": "b", "x": "ks", **dict.fromkeys("aeiouyw", "")})
MARK = "="


def consonants(word: str) -> str:
    """What a Latin and an Arabic spelling of one name have in common, marked as such; empty where it is too little to
    tell names apart."""
    plain = word.translate(ARABIC)
    for written, sound in _SOUNDS:
        plain = plain.replace(written, sound)
    bare = re.sub(r"(.)\1+", r"\1", re.sub(r"[^a-z]", "", plain.translate(_LETTERS)))
    return f"{MARK}{bare}" if len(bare) > 1 else ""
