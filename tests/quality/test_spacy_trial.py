"""How a document is given to spaCy, and how two detectors' findings are joined."""

import pytest
import spacy

from tests.quality.score import Found
from training.drafts import Fragment
from training.spacy_trial import example, union

NLP = spacy.blank("en")


def entities(*fragments):
    wanted = example(list(fragments), NLP).reference
    return [(entity.text, entity.label_) for entity in wanted.ents]


@pytest.mark.parametrize(
    ("fragments", "wanted"),
    [
        (
            [Fragment("I met "), Fragment("Ann Lee", "PERSON", "family"), Fragment(".")],
            [("Ann Lee", "PERSON")],
        ),
        ([Fragment("As "), Fragment("Bowlby", "theorist"), Fragment(" says")], [("Bowlby", "theorist")]),
        ([Fragment("the "), Fragment("IT", "generic"), Fragment(" team")], []),
        ([Fragment("Met"), Fragment(" Ann\n", "PERSON", "self"), Fragment("today")], [("Ann", "PERSON")]),
        ([Fragment("Met"), Fragment(" \n", "PERSON", "self"), Fragment("today")], []),
        ([Fragment("Jo", "PERSON", "family"), Fragment("anna went")], [("Joanna", "PERSON")]),
        (
            [Fragment("Lee", "PERSON", "family"), Fragment("\n"), Fragment("Lee", "PERSON", "family")],
            [("Lee", "PERSON"), ("Lee", "PERSON")],
        ),
        ([Fragment("Jo", "PERSON", "family"), Fragment("anna", "DATE", "family")], [("Joanna", "PERSON")]),
    ],
    ids=[
        "name",
        "look-alike kept",
        "general outside",
        "space trimmed",
        "only space",
        "grown",
        "two",
        "overlap",
    ],
)
def test_a_document_is_learnt_by_whole_words(fragments, wanted):
    assert entities(*fragments) == wanted


def test_what_spacy_reads_has_no_marks():
    made = example([Fragment("Ann", "PERSON", "family"), Fragment(" left")], NLP)
    assert not made.predicted.ents
    assert made.predicted.text == made.reference.text == "Ann left"


@pytest.mark.parametrize(
    ("second", "kept"),
    [((0, 3), False), ((4, 7), True), ((0, 7), True), ((1, 5), False), ((20, 24), True)],
)
def test_a_finding_counts_twice_only_if_it_hides_more(second, kept):
    first = [Found(0, 3, "PERSON"), Found(3, 5, "DATE")]
    other = Found(*second, "AGE")
    assert union(first, [other]) == ([*first, other] if kept else first)
