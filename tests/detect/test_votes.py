"""Votes: when all mentions of a name decide, and when what stands beside one of them does."""

from __future__ import annotations

import re

import pytest

from models.findings import EntityType, LookAlike
from pipeline.claims import SURE as NAME
from pipeline.claims import Claim
from pipeline.vote import Votes
from rules.lists.lists import load_list

_MARK = re.compile(r"\[([^\]|]+)\|([a-z]+) (\.\d+)\]")


def voted(marked):
    """Read marks such as [Hope|word .9] and give the words that are somebody's after all votes."""
    text, claims = "", []
    for plain, words, kind, score in re.findall(r"([^\[]*)" + _MARK.pattern + r"|$", marked):
        text += plain
        reason = None if kind in ("person", "") else LookAlike(kind)
        if words:
            end = len(text) + len(words)
            claims.append(Claim(len(text), end, EntityType.PERSON, float(score), NAME, reason))
        text += words
    text += marked.rpartition("]")[2]
    votes = Votes(load_list("words"))
    votes.count(text, claims)
    return [text[c.start : c.end] for c in votes.decide(text, claims) if c.look_alike is None]


STORY = "[Hope Mbatha|person .99] came. [Kolb Mbatha|person .99] too. [Martha Mbatha|person .99] sat. "
CITED = "[Gibbs|theorist .99] says. [Gibbs|theorist .99] adds. [Gibbs|theorist .99] ends. "
NAMED = ["Hope Mbatha", "Kolb Mbatha", "Martha Mbatha"]


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        ("Then [Hope|word .7] laughed.", ["Hope"]),
        ("[Hope|word .7] was cold.", ["Hope"]),
        ("[Hope|word .7] is not a plan.", []),
        ("I saw [Kolb|theorist .9] again.", ["Kolb"]),
        ("I saw [Kolb|theorist .99] again.", []),
        ("I saw [Kolb|theorist .9] (1984) again.", []),
        ("[Kolb|theorist .9] et al say so.", []),
        ("[Kolb|theorist .6] (2 years old) cried.", ["Kolb"]),
        ("[Kolb|theorist .98] on attachment; then more.", []),
        ("[Kolb|theorist .98]; [Hope|theorist .98] and Ruch too.", []),
        ("[Kolb|theorist .98] on the phone to us.", ["Kolb"]),
        ("[Kolb|theorist .9] on attachment; then more.", ["Kolb"]),
        ("[Martha|law .9]'s Rule was used.", []),
        ("[Martha|law .9]'s ruler was used.", ["Martha"]),
    ],
)
def test_a_look_alike_named_so_elsewhere(marked, found):
    assert voted(STORY + marked) == NAMED + found


@pytest.mark.parametrize("marked", ["I like [Gibbs|person .6] there.", "I like [Quarmby|person .45] there."])
def test_a_person_among_authors_stays_one(marked):
    assert voted(CITED + marked) == [_MARK.search(marked)[1]]


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        ("Then [Rubbish|person .2] came up.", []),
        ("Then [Rubbish|person .2] and [Rubbish|person .25] came up.", []),
        ("Then [Rubbish|person .2] and [Rubbish|person .6] came up.", ["Rubbish", "Rubbish"]),
        ("Then [rubbish|person .2] and [rubbish|person .3] came up.", ["rubbish", "rubbish"]),
        ("Then [Rubbish|person .5] came up.", ["Rubbish"]),
        ("Then [Grace|person .2] came up.", ["Grace"]),
        ("Then [Quarmby|person .2] came up.", ["Quarmby"]),
        ("Then [Mr Rubbish|person .2] came up.", ["Mr Rubbish"]),
        ("Then [Chair|person .2] and [Chair Ortez|person .9].", ["Chair", "Chair Ortez"]),
    ],
)
def test_one_ordinary_word_is_nobodys_name(marked, found):
    assert voted(STORY + marked)[3:] == found


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        ("She left. [Court|person .45] was late.", []),
        ("She left. [Grace|person .45] was late.", ["Grace"]),
        ("She left. [Grace|person .25] was late.", []),
        ("She told [Court|person .45] so.", ["Court"]),
        ("\n| [Court|person .45] | 2 |", []),
        ('called "[Court|person .45]" by all.', ["Court"]),
        ("She left. [Court|person .45] came. [Court|person .55] sat.", ["Court", "Court"]),
        ("She left. [Quarmby|person .2] sat.", ["Quarmby"]),
    ],
)
def test_a_capital_at_a_start_makes_no_name_of_an_ordinary_word(marked, found):
    assert voted(marked) == found
