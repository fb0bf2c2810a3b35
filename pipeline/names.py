"""Names as they are compared: folded, without titles, and their initials."""

from __future__ import annotations

import re
import unicodedata

from pipeline.normalise import normalise

_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_FOLDED = re.compile(r"[^\W_]+")
_SHORT_NAMES = frozenset({"al", "bo", "cy", "ed", "jo", "mo", "oz", "su", "ty", "vi", "xi", "yi", "yu"})
_UNCOMPOSED = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe"}
)
"""Letters with a stroke or without a dot, which Unicode does not take apart."""

DAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
MONTHS = frozenset(
    (
        *("january", "february", "march", "april", "may", "june"),
        *("july", "august", "september", "october", "november", "december"),
    )
)

_VOWELS = frozenset("aeiouy")


def fold(text: str) -> str:
    """Return a text for comparison: lower case, no accents, no punctuation, single spaces.

    A possessive "'s" goes; a hyphen or an apostrophe inside a name becomes a space.
    """
    plain = normalise(text).text.replace("’", "'").strip().removesuffix("'s").removesuffix("'S")
    if not plain.isascii():
        taken_apart = unicodedata.normalize("NFKD", plain).casefold().translate(_UNCOMPOSED)
        plain = "".join(c for c in taken_apart if not unicodedata.combining(c))
    return " ".join(_FOLDED.findall(plain.lower()))


def name_words(text: str, titles: frozenset[str]) -> tuple[str, ...]:
    """Return the folded words of a name without its titles."""
    words = fold(text).split()
    return tuple(w for w in words if w not in titles) or tuple(words)


def are_initials(letters: str, name: str) -> bool:
    """Tell whether folded letters are the first ones of a name's last words, or of its first and last."""
    firsts = "".join(word[0] for word in re.split(r"[ \-]", name) if word).casefold()
    return bool(firsts) and (firsts.endswith(letters) or letters == firsts[0] + firsts[-1])


def is_initials(text: str, titles: frozenset[str]) -> bool:
    """Tell whether a name is given as bare initials: "J.O.", "JB", "Miss T".

    Short names in capitals ("JO", "AMY") are names: three letters count as initials only
    when none of them is a vowel.
    """
    words = [w for w in _WORD.findall(re.sub(r"['’]s$", "", text)) if w.casefold() not in titles]
    if not words:
        return False
    if all(len(w) == 1 for w in words):
        return True
    word = words[0]
    if len(words) > 1 or not word.isupper() or len(word) > 3:
        return False
    return word.casefold() not in _SHORT_NAMES if len(word) == 2 else not _VOWELS & set(word.casefold())
