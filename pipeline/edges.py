"""Bring the edges of a claim to where the name or number begins and ends."""

from __future__ import annotations

import re
from dataclasses import replace

from models.findings import EntityType
from pipeline.bare import bare
from pipeline.claims import Claim
from pipeline.names import DAYS, MONTHS, are_initials, fold
from rules.lists.lists import load_list

_NEAR = 24
"""How far an edge may move, in code points."""

_WORD_BEFORE = re.compile(r"(?:[^\W\d_]+['’\-])*[^\W\d_]+['’\-]?$")
_WORD_AFTER = re.compile(
    r"(?:(?<=[^\W\d_])|['’\-](?!(?:s|d|ll|re|ve|m)\b)(?=[^\W\d_]))[^\W\d_]+(?:['’\-](?!(?:s|d|ll)\b)[^\W\d_]+)*"
)
_PARTICLE_BEFORE = re.compile(r"(?<![\w'’.\-])(?:Ó|O|Ní|Nic|Mac|Mc|Van|Von|De|El|Al|ap|van|von|de|el|al)[ ]$")
_INITIALS_BEFORE = re.compile(
    r"(?<![\w.'’])(?:(?:Chas|Edw|Geo|Jas|Jos|Robt|Thos|Wm)\.[ ]"
    r"|(?:[^\W\d_a-z]\.[ ]?\-?){1,3}[ ]?|[B-HJ-Z](?:-[A-Z])?[ ])$"
)
SPELT_OUT = re.compile(r"(?<![\w'’])(?!a[ ][A-Z])[^\W\d_](?:[ -](?!I[ ][a-z])[^\W\d_]){3,25}(?![\w'’])")
"""A word that is spelt out: "P Y N E", "P-Y-N-E"."""

_IS_LETTERS = re.compile(r"[^\W\d_](?:[ -][^\W\d_])*")
_LETTERS_FAR = 52
_SMALL_INITIAL_BEFORE = re.compile(r"(?<![\w.'’])[a-z]\.[ ]?$")
"""An initial before a name in small letters: "c. hale"."""

_INITIAL_AFTER = re.compile(
    r"[ ](?:[B-HJ-Z]|[A-Z](?=\.))(?:-[A-Z])?(?=\.?(?:[\W_]|$))(?!['’\-/&]|[ ]?\d|\.\w)"
)
_STOP_AFTER = re.compile(r"(?<=[^\w.][^\W\d_])\.(?=[ ]?[a-z–—\-,;:)\]])")
"""The full stop of an initial where no sentence ends: "Baby L. was here"."""

_HIDDEN_AFTER = re.compile(
    r"(?<=[^\W\d_])(?:\*{2,12}|_{3,12}|\#{2,12}|█{1,12}|-{3,6}|—{2,4})[^\W\d_]{0,4}(?![\w*])"
)
"""The rest of a half-hidden word, with what hides it: "Sha*****", "J***n"."""

_TITLE_BEFORE = re.compile(
    r"""(?<![\w.])(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|cllr|rev|revd|rev['’]d|fr|pc|wpc|pcso|ps|dc|ds|di|dci|dsgt|sgt
      |supt|insp|cpt|captain|hhj)\.?(?:[ ]\d{2,5})?
    |(?-i:(?:Watch|Crew|Station|Group)[ ]Manager|(?:Staff[ ])?Nurse|(?:Station[ ])?Officer|Pastor|Canon|Major
      |Imam|Rabbi|Bishop|Deacon|Matron|Judge|Governor|Councillor|Inspector|Sergeant|Sheikh)
    |(?:her|his)[ ]honou?r(?:[ ]judge)?|m(?:r|rs|s)[ ]justice
    |captain[ ]\(retd\.?\))[ ]{1,2}$""",
    re.IGNORECASE | re.VERBOSE,
)
_GRADED, _GRADE_BEFORE = ("Nurse ", "Sister "), re.compile(r"(?<![\w'’\-])(?:Staff|Charge|Ward)[ ]$")
"""Titles, and the grade before them: "Charge Nurse Quill"."""

_CALLED_BEFORE = re.compile(r"(?<![\w'’\-])(?:Baby|Big|Little|Mama|Old|Wee)[ ]$")
_GIVEN_BEFORE = re.compile(r"(?<=[a-z,;][ ])(?P<name>[^\W\d_a-z][^\W\d_A-Z]+)[ ]$")
"""A capitalised word inside a sentence, before a name of one word."""

_NO_NAMES = (
    (load_list("words") - load_list("word_names"))
    | load_list("role_words")
    | load_list("kin")
    | DAYS
    | MONTHS
    | {"storm", "english", "welsh", "irish", "scottish", "polish", "french", "in", "on"}
)
"""What no given name is, before a surname."""

_SHORT = 2
_AS_LONG = 4
"""What is part of what somebody is called, "Big Pete"; and fewest letters of the name behind it."""

_SUFFIX_AFTER = re.compile(
    r"(?<=[^\W\d_]{2})[ ](?:(?:snr|jnr|sr|jr)\b\.?"
    r"|(?:senior|junior)(?=[ ]?[.,;:)(\n\t|]|[ ]?$|[ ](?:and|has|had|is|was|said)\b))",
    re.IGNORECASE,
)
"""Which of two with one name it is: "Hamish Case snr"."""

_SYSTEM_BEFORE = re.compile(
    r"(?<![\w/\-])(?!(?:NHS|UPN|NINO|NI|ID|REF|CASE|NO|URN|DOB|CRN|CHI|SWE|HCPC|DBS)\b)[A-Z]{2,5}[ ]$"
)
_KEPT_IN = re.compile(
    r"(?:RiO|Mosaic|Liquid ?logic|Datix|Eclipse|SystmOne|Care ?First|Home Office)[ :#/(]{1,3}(?=\w)"
)
"""Whose number it is, no part of it: software and a department that everybody has."""

_NOTE_AFTER = re.compile(r"[ ]*\([\"“'‘]?(?P<note>[A-Z0-9]{1,4})[\"”'’]?\)?$")
"""What somebody is, or is called in what follows: "Dr Oake (F2)", "GRACE OAKE ("P")"."""

_VERB_BEFORE = re.compile(r"[^\W\d_]{2,}[.:]?\s{1,3}(?=[+(0-9](?:\D{0,3}\d){8})")
"""What is no part of a whole number that stands after it: "Ring 07700 900123"."""

_YEAR_AFTER = re.compile(r",?[ ](?:19|20)\d\d(?!\w)")
_NAMED_AFTER = frozenset(
    {EntityType.ORGANISATION, EntityType.LOCATION, EntityType.STREET_ADDRESS, EntityType.HEALTH}
)
"""What is called after somebody, the possessive being part of its name: "St Peter's", "Huntington's"."""

_POSSESSIVE = re.compile(r"['’](?:[sSdD]|ll)$")
_RAGS = ' \t\n\r,;:|"“”‘*([<>'


def shape(claim: Claim, text: str) -> Claim:
    """Trim what is no part of the words, and take in the rest of a name that is cut.

    A name takes in its title, initials beside it and the other half of a double name.
    """
    start, end = _trimmed(text, claim.start, claim.end)
    if claim.entity_type not in _NAMED_AFTER:
        end = _without_possessive(text, start, end)
    if claim.look_alike is None:
        start, end = _WHOLE.get(claim.entity_type, _as_it_is)(text, start, end)
    return claim if (start, end) == (claim.start, claim.end) else replace(claim, start=start, end=end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out spaces and opening marks at the edges."""
    while start < end - 1 and text[start] in _RAGS:
        start += 1
    while end - 1 > start and text[end - 1] in _RAGS:
        end -= 1
    return start, end


def _without_possessive(text: str, start: int, end: int) -> int:
    """Return where a name ends without the possessive after it."""
    possessive = _POSSESSIVE.search(text, max(start + 1, end - 3), end)
    return possessive.start() if possessive and possessive.start() - start > 1 else end


def _whole_name(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in what belongs to a name on both sides of it, and leave the sentence around it out."""
    start, end = bare(text, start, end)
    after = _WORD_AFTER.match(text, end, end + _NEAR)
    if after and text[end - 1].isalpha():
        end = after.end()
    for pattern in (_WORD_BEFORE, _PARTICLE_BEFORE, _INITIALS_BEFORE, _TITLE_BEFORE):
        if pattern is _WORD_BEFORE and not (
            text[start].isalpha() and start and (text[start - 1].isalpha() or text[start - 1] in "'’-")
        ):
            continue
        before = pattern.search(text, max(0, start - _NEAR), start)
        start = before.start() if before else start
    given = _GIVEN_BEFORE.search(text, max(0, start - _NEAR), start)
    if given and text[start:end].istitle() and text[start:end].isalpha() and _is_given(given["name"]):
        start = given.start("name")
    small = _SMALL_INITIAL_BEFORE.search(text, max(0, start - _NEAR), start)
    if small and text[start:end].islower():
        start = small.start()
    if text[start].isupper() and end - start >= _AS_LONG:
        grade = text.startswith(_GRADED, start, end) and _GRADE_BEFORE.search(
            text, max(0, start - _NEAR), start
        )
        called = grade or _CALLED_BEFORE.search(text, max(0, start - _NEAR), start)
        start = called.start() if called else start
    for pattern in (_INITIAL_AFTER, _SUFFIX_AFTER, _STOP_AFTER):
        after = pattern.match(text, end, end + _NEAR)
        end = after.end() if after else end
    hidden = (
        _HIDDEN_AFTER.match(text, end, end + _NEAR) if text[start - 1 : start] not in ("*", "_") else None
    )
    return _closed(text, *_spelt_out(text, start, hidden.end() if hidden else end))


def _spelt_out(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in all letters of a name that is spelt out and cut."""
    if not _IS_LETTERS.fullmatch(text, start, end):
        return start, end
    runs = SPELT_OUT.finditer(text, max(0, start - _LETTERS_FAR), end + _LETTERS_FAR)
    over = [run for run in runs if run.start() < end and start < run.end()]
    return min([start, *(run.start() for run in over)]), max([end, *(run.end() for run in over)])


def _is_given(word: str) -> bool:
    """Tell whether a word before a surname can be a given name: no ordinary word, no role."""
    return fold(word) not in _NO_NAMES and len(word) > _SHORT


def _closed(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the bracket that belongs to one in a name: "Gwen (Wendy)", "[J] Smith"."""
    name = text[start:end]
    note = _NOTE_AFTER.search(name)
    if note and note.start() and not are_initials(note["note"].casefold(), name[: note.start()]):
        return start, start + note.start()
    is_open = "(" in name and ")" not in name and text[end : end + 1] == ")"
    is_shut = "]" in name and "[" not in name and text[start - 1 : start] == "["
    return start - is_shut, end + is_open


def _whole_reference(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the letters of the system that a case number begins with: "ICS 2011275-U".

    A program's name is no part of it: "RiO 3087741".
    """
    kept_in = _KEPT_IN.match(text, start, end)
    if kept_in:
        return kept_in.end(), end
    before = _SYSTEM_BEFORE.search(text, max(0, start - _NEAR), start)
    return before.start() if before and text[start].isdigit() else start, end


def _whole_date(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the year that follows a day: "29th February 2016"."""
    year = _YEAR_AFTER.match(text, end, end + _NEAR)
    return start, year.end() if year and text[start].isdigit() and text[end - 1].isalpha() else end


def _bare_number(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave the word out that stands before a whole telephone number."""
    verb = _VERB_BEFORE.match(text, start, end)
    return verb.end() if verb else start, end


def _as_it_is(_text: str, start: int, end: int) -> tuple[int, int]:
    """Leave other kinds as they are."""
    return start, end


_WHOLE = {
    EntityType.PERSON: _whole_name,
    EntityType.CASE_REFERENCE: _whole_reference,
    EntityType.PHONE_NUMBER: _bare_number,
    EntityType.DATE: _whole_date,
    EntityType.DATE_OF_BIRTH: _whole_date,
}
