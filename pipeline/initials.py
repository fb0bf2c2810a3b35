"""Initials: the letters of which a text itself says whose they are."""

from __future__ import annotations

import re

from pipeline.names import are_initials, fold
from rules.lists.lists import load_list

_ORDINARY = load_list("words")
_WORD_NAMES = load_list("word_names")
_ACRONYMS = load_list("acronyms")

WHO_ACT = frozenset(
    (
        *("sw", "yp", "ot", "pe", "pm", "hv", "gp", "dn", "iro", "ewo", "cpn", "pom", "vlo", "tvn"),
        *("fsw", "csw", "imca", "amhp", "senco", "dsl", "lado", "nok", "psw", "asw", "ssw"),
    )
)
"""Letters for people of no name that do things in every record: "SW to ring", "YP said"."""

_PART = r"[^\W\d_a-zß-öø-ÿ](?:\.|[^\W\d_]{0,30}(?:['’\-][^\W\d_]{1,30}){0,3})"
_NAME = rf"(?<![\w'’\-])(?P<name>(?:{_PART}[ ]){{1,3}}{_PART})"
_SMALL = rf"(?=[^ \n]{{0,20}}[a-zß-öø-ÿ]){_PART}"
_NAME_IN_ROW = rf"(?P<name>(?:{_SMALL}[ ]){{1,3}}{_SMALL})"
"""A name that is not in capitals, as the initials behind it are."""

_GAP = r"(?:[ ]?[=|–][ ]?|[ ]{2,30}|[ ]?\t[ ]?)"
_DECLARED = (
    re.compile(rf"{_NAME}(?:[ ]?\(|{_GAP})(?P<letters>[A-Z]{{2,3}})(?!\w)"),
    re.compile(rf"(?<!\w)(?P<letters>[A-Z]{{2,3}}){_GAP}{_NAME}"),
)
"""A name with its initials in brackets, or beside it in a list: "Ada Quill (AQ)", "AQ | Ada Quill"."""

_EXPLAINED = re.compile(rf"(?<!\w)(?P<letters>[A-Z]{{2,4}})(?:[ ]\(|[ ]is[ ]){_NAME}")
"""Initials before the name, as methods and bodies are explained too: "AQ (Ada Quill)", "AQ is Ada Quill"."""

_ROW = re.compile(
    rf"^[ \t|*•\d.\-]{{0,6}}{_NAME_IN_ROW}(?=[ |\t,])(?=[^\n]{{0,60}}(?:[|\t,]|[ ]{{2}}|[ ]\())"
    r"(?P<rest>[^\n]{1,120})$",
    re.MULTILINE,
)
_CELL = re.compile(r"(?<=[ |\t,])(?P<letters>[A-Z]{2,4})(?=[ ]?[|\t]|[ ]{2}|[ ]\(|[ ]?$)")
"""A row that a name begins, and letters that fill a cell or end it: "Ada Quill | social worker | AQ"."""


def declared_initials(text: str) -> set[str]:
    """Gather the initials that stand in brackets after a name that has them, before it, or in its row."""
    found = [(match["letters"], match["name"]) for p in _DECLARED for match in p.finditer(text)]
    found += [(m["letters"], m["name"]) for m in _EXPLAINED.finditer(text) if _is_no_body(m["name"])]
    found += [
        (cell["letters"], row["name"])
        for row in _ROW.finditer(text)
        for cell in _CELL.finditer(row["rest"])
        if cell["letters"].casefold() not in _ACRONYMS or cell.end() == len(row["rest"])
    ]
    return {letters.casefold() for letters, name in found if _are_initials(letters.casefold(), name)}


def _is_no_body(name: str) -> bool:
    """Tell whether no word behind the first of a name is an ordinary one, as it is of a body or a method."""
    return all(word not in _ORDINARY or word in _WORD_NAMES for word in map(fold, name.split()[1:]))


def _are_initials(letters: str, name: str) -> bool:
    """Tell whether letters are the first ones of a name that is not made of ordinary words."""
    words = [fold(word) for word in name.split()]
    if words[0] not in _WORD_NAMES and all(word in _ORDINARY for word in words):
        return False
    return are_initials(letters, name)
