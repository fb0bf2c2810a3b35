"""Nobody: what the classifier takes for somebody and that names no one."""

from __future__ import annotations

import re
from itertools import chain, islice, product

from pipeline.memory import begins, is_written_as_name
from pipeline.names import fold
from rules.lists.lists import load_list

_ORDINARY = load_list("words")
_WORD_NAMES = load_list("word_names")
_PLAIN = _ORDINARY - _WORD_NAMES
_NOBODY = load_list("nobody") | load_list("role_words")

_OF_PLACES = frozenset(
    (
        *("road", "street", "lane", "avenue", "close", "court", "house", "estate", "terrace"),
        *("place", "park", "way"),
    )
)
"""Plain words that say what kind of place it is."""

_SMALL = frozenset(
    (
        *("a", "an", "the", "of", "by", "in", "on", "at", "and", "or", "to", "for", "from", "with"),
        *("up", "is", "was", "s", "my", "our", "this", "that"),
    )
)
_OF_KINDS = frozenset(
    (
        *("team", "town", "village", "hospital", "community", "care", "worker", "service", "suite"),
        *("zone", "ward", "unit", "office", "school", "centre"),
    )
)
"""Words that tell what kind of place or body it is, and not which."""

_DESKS = frozenset(
    (
        *("inbox", "mailbox", "desk", "helpdesk", "helpline", "switchboard", "voicemail"),
        *("reception", "rota", "folder", "drive"),
    )
)
"""Last words of what many answer, and nobody is called: "Duty Inbox"."""

_NAMED_DAYS = frozenset(("monday", "friday", "saturday", "sunday"))
"""Days of the week after which people are named."""

_SHORTHAND = frozenset("acinqruvwxy")
"""Single small letters that are words in notes: "w/ her", "v kind", "r mine"."""

_LONG, _FEW = 40, 4
"""What is longer than so many letters, and of so few different ones, is noise."""

_ASK = frozenset(("will", "may", "can", "do", "might"))
_OF_WHOM = re.compile(r"[ ](?:I|we|you|he|she|they|it)\b")
"""What follows "Will" where something is asked: "Will she come?"."""

_OF_ALL = re.compile(r"[ ](?:every|any|some)(?:body|one)\b")
"""What follows it at the start of a sentence: "Will everybody come?", unlike "I told Will everyone came"."""

_SCANNED = {"0": "o", "1": "l", "5": "s", "6": "b", "8": "b", "rn": "m", "vv": "w", "l": "i"}
"""What scanners read, with what stood there."""

_MISREAD = re.compile(r"([01568]|rn|vv|(?<!\w)l(?=[bcdfgjkmnpqrstvwxz]))")
_SCANNED_WORD = re.compile(r"\b[^\W_]{2,40}\b")
_SCANNED_NEAR = 150
"""How far off words that a scanner misread speak for one more, in code points."""

_LETTERS = 2
"""Most characters of what may be initials."""

_READINGS = 64
"""Most readings of one word that are tried."""

_PIECE_BEFORE = re.compile(r"(?<![^\W\d_])(?P<piece>[^\W\d_]{2,})(?:-[ ]?\n?|[ ])$")
_PIECE_AFTER = re.compile(r"(?:-[ ]?\n?|[ ])(?P<piece>[a-z]{2,})(?![^\W\d_])")
"""The letters before and after such a piece, behind a space or the end of a line."""

_ASKED = re.compile(r"(?P<what>[^\W\d_]{3,})[?:][ \t]{0,8}$")
_ANSWERED = re.compile(r"[ \t]{0,3}(?:$|\n|[,;|)/]|[ \t]{2})")
_NEAR = 24
OF_PEOPLE = (
    load_list("role_words")
    | load_list("kin")
    | {
        *(
            "child",
            "client",
            "initials",
            "mother",
            "father",
            "mum",
            "dad",
            "name",
            "person",
            "present",
            "user",
            "young",
        ),
    }
)
"""What a form asks for that somebody's initial answers."""

_SOMEBODYS = re.compile(r":|[ ]?\(\d{1,3}[),]|[ ]?[&+][ ]?[^\W\d_a-z]\b")
"""What follows the letter I where it is somebody's: "I (8)", "I & D"."""

_NO_DATE = "n.d."
_OF_BIRTH = re.compile(r"D\.[ ]?O\.[ ]?B\b", re.IGNORECASE)
_AFTER_TITLE = re.compile(r"Dr\.?[ ]I(?=[ ](?:like|would|have|had|was|am|saw|see|know|knew|met|trust)\b)")
"""A title before who goes on: "the Dr I like"."""

_WORD = re.compile(r"[^\W\d_]+")
_LETTERS_FIRST = re.compile(
    r"(?<!\w)(?P<letters>[A-Z]{3,5})[ ]\((?P<words>[a-z]{1,24}(?:[ \-][a-z]{1,24}){1,5})\)"
)
_IN_BRACKETS = re.compile(r"\((?P<letters>[A-Z]{2,5})\)")
_EQUALS = re.compile(
    r"(?<!\w)(?P<letters>[A-Z]{2,5})[ ]?=[ ]?(?P<words>[a-z]{1,24}(?:[ \-][a-z]{1,24}){1,5})"
)
_BEFORE = 100


def is_nobody(text: str, start: int, end: int) -> bool:
    """Tell whether words stand for nobody: a small word, a form's head, a day of the week."""
    word = fold(text[start:end])
    if len(word) > _LONG and len(set(word)) <= _FEW:
        return True
    if word.rpartition(" ")[2] in _DESKS or word in _NOBODY or (word in _SHORTHAND and text[start].islower()):
        return True
    if text[start:end] == "I" and not _SOMEBODYS.match(text, end):
        return True
    after = _AFTER_TITLE.match(text, start)
    if (after and after.end() == end) or _OF_BIRTH.match(text, start):
        return True
    if _NO_DATE in (text[start : end + 1], text[max(0, start - 2) : end + 1]):
        return True
    return word in _NAMED_DAYS and not is_written_as_name(text, start, end)


def is_question(text: str, start: int, end: int) -> bool:
    """Tell whether a word asks: "Will I ring them?"."""
    if fold(text[start:end]) not in _ASK:
        return False
    return bool(_OF_WHOM.match(text, end) or (begins(text, start) and _OF_ALL.match(text, end)))


def is_label(text: str, start: int, end: int) -> bool:
    """Tell whether words are an ordinary one that labels what follows it: "Reason: ..."."""
    word = fold(text[start:end])
    is_before = text[end : end + 1] == ":" and text[start:end].istitle()
    return is_before and word in _ORDINARY and word not in _WORD_NAMES


def is_misread(text: str, start: int, end: int) -> bool:
    """Tell whether words are ordinary ones in which a scanner took letters for others: "srnall", "w0rks".

    Letters in place of letters, as in "horne", are the scanner's only where it misread other words nearby.
    """
    words = fold(text[start:end]).split()
    if end - start <= _LETTERS or len(words) > _FEW:
        return False
    if not all(word in _PLAIN or _misread_plain(word) for word in words):
        return False
    if any(map(_is_with_figure, words)):
        return True
    around = (text[max(0, start - _SCANNED_NEAR) : start], text[end : end + _SCANNED_NEAR])
    is_scanned = any(_misread_plain(fold(word)) for part in around for word in _SCANNED_WORD.findall(part))
    return is_scanned and any(map(_misread_plain, words))


def _is_with_figure(word: str) -> bool:
    """Tell whether a word is an ordinary one with figures for letters."""
    return not word.isalpha() and not word.isdigit() and _misread_plain(word)


def _misread_plain(word: str) -> bool:
    """Tell whether a word is no ordinary one, and would be with the letters that scanners misread."""
    if word in _ORDINARY or not _LETTERS <= len(word) <= _LONG:
        return False
    parts = [(part, _SCANNED[part]) if part in _SCANNED else (part,) for part in _MISREAD.split(word)]
    return any("".join(reading) in _PLAIN for reading in islice(product(*parts), _READINGS))


def is_piece(text: str, start: int, end: int) -> bool:
    """Tell whether letters are a piece of an ordinary word that a page's layout broke: "re ferring"."""
    piece = text[start:end]
    if not piece.islower() or not piece.isalpha():
        return False
    before, after = _PIECE_BEFORE.search(text, max(0, start - _LONG), start), _PIECE_AFTER.match(text, end)
    return bool(
        (before and _is_broken(before["piece"], piece)) or (after and _is_broken(piece, after["piece"]))
    )


def _is_broken(first: str, second: str) -> bool:
    """Tell whether two pieces, neither of them an ordinary word, make one."""
    return first + second in _ORDINARY and not {first, second} & _ORDINARY


def is_ticked(text: str, start: int, end: int) -> bool:
    """Tell whether a letter answers a form's question: "Insured: Y"."""
    if text[start:end] not in ("Y", "N") or not _ANSWERED.match(text, end):
        return False
    asked = _ASKED.search(text, max(0, start - _NEAR), start)
    return asked is not None and fold(asked["what"]) not in OF_PEOPLE


def is_plain(words: str) -> bool:
    """Tell whether words are ordinary ones in lower case, and none says what kind of place it is."""
    return all(word.islower() and word in _ORDINARY and word not in _OF_PLACES for word in words.split())


def is_nothing(words: str) -> bool:
    """Tell whether words tell nothing of anybody: small ones, and the kind of a place without which."""
    return all(word in _SMALL or word in _OF_KINDS for word in fold(words).split())


def explained_letters(text: str) -> frozenset[str]:
    """Gather the letters of which a text says that they are short for plain words; names explain none.

    "Expert by experience (EBE)", "EBE = expert by experience", "EBE (expert by experience)".
    """
    found = {
        match["letters"].casefold()
        for match in chain(_EQUALS.finditer(text), _LETTERS_FIRST.finditer(text))
        if _are_short_for(match["letters"], _WORD.findall(match["words"]))
    }
    for match in _IN_BRACKETS.finditer(text):
        words = _WORD.findall(text, max(0, match.start() - _BEFORE), match.start())
        if _are_short_for(match["letters"], words[-len(match["letters"]) :]):
            found.add(match["letters"].casefold())
    return frozenset(found)


def _are_short_for(letters: str, words: list[str]) -> bool:
    """Tell whether letters are the first ones of plain words, of which the first is no name."""
    plain = [fold(word) for word in words]
    if not plain or plain[0] in _WORD_NAMES or any(word not in _ORDINARY for word in plain):
        return False
    return "".join(word[0] for word in plain).startswith(letters.casefold())
