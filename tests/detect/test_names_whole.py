"""Names in pieces: halves that belong together, and what stands at their edges."""

from __future__ import annotations

import pytest

from models.findings import EntityType, LookAlike
from pipeline.claims import SURE as NAME
from pipeline.claims import WEAK, Claim
from pipeline.edges import shape
from pipeline.halves import whole


def marks(marked, name=NAME, kind=EntityType.PERSON):
    """Make claims of words: sure ones in [these], doubtful ones in <these>, authors in {these}."""
    sure, weak, plain = [], [], ""
    opening = {"[": ("]", sure, None), "<": (">", weak, None), "{": ("}", sure, LookAlike.THEORIST)}
    open_at: dict[str, int] = {}
    for letter in marked:
        if letter in opening:
            open_at[opening[letter][0]] = len(plain)
        elif letter in open_at:
            _, into, reason = next(o for o in opening.values() if o[0] == letter)
            score = 0.3 if into is weak else 0.9
            into.append(
                Claim(open_at.pop(letter), len(plain), kind, score, WEAK if into is weak else name, reason)
            )
        else:
            plain += letter
    return plain, sure, weak


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        ("<Job> [Ripley] was here", ["Job Ripley"]),
        ("[Yusuf] <Day> rang", ["Yusuf Day"]),
        ("with [Catrin] ap [Huw] today", ["Catrin ap Huw"]),
        ('[Jeremy] "Jez" [Stride] is', ['Jeremy "Jez" Stride']),
        ("[Tekla] (retd) [Limbu], 60", ["Tekla (retd) Limbu"]),
        ("[Catrin] and [Huw] today", ["Catrin", "Huw"]),
        ("[Catrin], [Huw] today", ["Catrin", "Huw"]),
        ("<Job>, [Ripley] was here", ["Ripley"]),
        ("<Field>, [Ada]  09:05", ["Field, Ada"]),
        ("here\n[Cross], [Ada]\t29", ["Cross, Ada"]),
        ("<Field>, [Ada] said", ["Ada"]),
        ("in <Field>, [Ada]", ["Ada"]),
        ("<Job> <Centre> was full", []),
        ("<Grandma> [Ripley] came", ["Ripley"]),
        ("asked <nurse> [Ripley] twice", ["Ripley"]),
        ("{<Sarah>} [Banks] writes", ["Sarah Banks"]),
        ("{<Sarah>}, [Banks] writes", ["Sarah", "Banks"]),
        ("{<Sarah>} [banks] writes", ["Sarah", "banks"]),
        ("with [Asha] {Banks} today", ["Asha Banks"]),
        ("told [Asha Rao] {Banks} argues", ["Asha Rao", "Banks"]),
    ],
)
def test_halves_of_a_name(marked, found):
    text, sure, weak = marks(marked)
    names = sorted(whole(sure, weak, text), key=lambda c: c.start)
    assert [text[c.start : c.end] for c in names] == found


@pytest.mark.parametrize(("first", "last", "reason"), [(0.9, 0.4, None), (0.4, 0.9, LookAlike.THEORIST)])
def test_the_surer_half_says_whether_a_name_is_an_authors(first, last, reason):
    text = "Asha Banks writes"
    person = Claim(0, 4, EntityType.PERSON, first, NAME)
    author = Claim(5, 10, EntityType.PERSON, last, NAME, LookAlike.THEORIST)
    (name,) = whole([author, person], [], text)
    assert (name.start, name.end, name.look_alike) == (0, 10, reason)


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        ("to Watch Manager [Stubbs] there", "Watch Manager Stubbs"),
        ("the watch manager [Stubbs] there", "Stubbs"),
        ("BEFORE HER HONOUR JUDGE [ROSCARROCK] IN", "HER HONOUR JUDGE ROSCARROCK"),
        ("Rev'd  H. [Caws] spoke", "Rev'd  H. Caws"),
        ("0-19\nPCSO 8123 [Dobbs] first", "PCSO 8123 Dobbs"),
        ("room 8123 [Dobbs] first", "Dobbs"),
        ("STUDENT P. Ó [Doibhlin] signed", "P. Ó Doibhlin"),
        ("asked to [Doibhlin] sign", "Doibhlin"),
        ("[Tola Oyelade (TO]) came", "Tola Oyelade (TO)"),
    ],
)
def test_edges_of_a_name(marked, found):
    text, (claim,), _ = marks(marked)
    shaped = shape(claim, text)
    assert text[shaped.start : shaped.end] == found


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        ("client no. AC [0067719] again", "AC 0067719"),
        ("NHS [6498] again", "6498"),
        ("see DBS [0016833029] of", "0016833029"),
        ("the TEAM [B-0067] again", "B-0067"),
        ("the area [0067719] again", "0067719"),
    ],
)
def test_edges_of_a_reference(marked, found):
    text, (claim,), _ = marks(marked, kind=EntityType.CASE_REFERENCE)
    shaped = shape(claim, text)
    assert text[shaped.start : shaped.end] == found
