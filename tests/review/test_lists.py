"""Words proposed from decisions, with what they would have done; adopted, they act in the line."""

from datetime import timedelta

import pytest

from models.document import Found, Place, SegmentKind, assemble
from models.entry import Step
from models.findings import EntityType, Finding, LookAlike, Role
from models.results import ListedWord, Versions
from models.text import Span
from pipeline.listed import listed, with_lists
from storage.refusals import RefusalCode, RequestRefusedError
from storage.review_lists import Adopting, adopt, listed_words, measure, proposals, remove, words_on_lists

DOCUMENT = assemble([Found(SegmentKind.TEXT, Place("text"), "Zebra Trust met Zebra. Quay House.", body=True)])
TRUST = Finding("s1", Span(0, 11), EntityType.ORGANISATION, 0.9, "r")
NAME = Finding("s1", Span(16, 21), EntityType.PERSON, 0.9, "r")


def test_only_the_same_words_of_the_same_type_are_left_alone():
    words = [ListedWord("1", "zebra", EntityType.ORGANISATION, LookAlike.PUBLIC_BODY)]
    assert listed(DOCUMENT, (TRUST, NAME), words) == (TRUST, NAME)
    words = [ListedWord("1", "zebra trust", EntityType.ORGANISATION, LookAlike.PUBLIC_BODY)]
    assert [f.look_alike for f in listed(DOCUMENT, (TRUST, NAME), words)] == [LookAlike.PUBLIC_BODY, None]


def test_a_flagged_word_is_found_where_nothing_was():
    words = [
        ListedWord("1", "quay house", EntityType.ORGANISATION),
        ListedWord("2", "zebra", EntityType.LOCATION),
    ]
    found = listed(DOCUMENT, (TRUST, NAME), words)
    assert [(f.span, f.recognizer) for f in found[2:]] == [(Span(23, 33), "own_list")]


def test_lists_make_another_version_of_the_rules_by_ids_alone():
    plain = Versions("r", "m", "c")
    one = with_lists(plain, [ListedWord("1", "zebra", EntityType.LOCATION)])
    assert with_lists(plain, ()) == plain
    assert one.rules != "r"
    assert one == with_lists(plain, [ListedWord("1", "other", EntityType.LOCATION)])


def decided(desk, reason="public_figure"):
    """Have one name dismissed in two entries and confirmed in a third."""
    for step, why in ((Step.DISMISS, reason), (Step.DISMISS, reason), (Step.CONFIRM, "identifies_someone")):
        entry, document = desk.checked("I read Zebedee.")
        (finding,) = desk.findings(entry, document)
        desk.take(entry, document, step, why, finding=finding.id)


def test_a_proposal_says_what_it_would_have_done(desk):
    decided(desk)
    (proposal,) = proposals(measure(desk.store))
    assert (proposal.word, proposal.dismissed, proposal.confirmed) == ("zebedee", 2, 1)
    assert (proposal.may_allow, proposal.may_flag) == (True, False)
    adopt(desk.store, "lee", Adopting("Zebedee", EntityType.PERSON, is_allowed=True, days=90))
    (word,) = words_on_lists(desk.store)
    assert (word.word, word.removes, word.hides, word.owner) == ("zebedee", 2, 1, "lee")
    assert listed_words(desk.store)[0].look_alike is LookAlike.THEORIST


@pytest.mark.parametrize("reason", ["made_up", "about_me", "too_general"])
def test_words_about_people_are_never_proposed(desk, reason):
    decided(desk, reason)
    assert proposals(measure(desk.store)) == []
    with pytest.raises(RequestRefusedError) as error:
        adopt(desk.store, "lee", Adopting("Zebedee", EntityType.PERSON, is_allowed=True, days=90))
    assert error.value.code is RefusalCode.NOT_ALLOWED


def test_names_that_were_missed_are_never_flagged_by_a_list_and_places_may_be(desk):
    for _ in range(2):
        entry, document = desk.checked("Mr Pinnock of Quay House.")
        for words, kind in (("Mr Pinnock", EntityType.PERSON), ("Quay House", EntityType.LOCATION)):
            more = {"kind": kind, "role": Role.SUPPORTED}
            desk.take(entry, document, Step.ADD, "identifies_someone", words=words, **more)
    assert [(p.word, p.may_flag) for p in proposals(measure(desk.store))] == [("quay house", True)]


def test_a_word_ends_and_can_be_taken_off(desk, clock, tmp_path):
    decided(desk)
    adopting = Adopting("Zebedee", EntityType.PERSON, is_allowed=True, days=90)
    adopt(desk.store, "lee", adopting)
    for path in tmp_path.rglob("*sqlite*"):
        assert b"zebedee" not in path.read_bytes().lower()
    clock.now += timedelta(days=91)
    assert words_on_lists(desk.store) == []
    word = adopt(desk.store, "lee", adopting)
    remove(desk.store, "lee", word)
    assert words_on_lists(desk.store) == []
    with pytest.raises(RequestRefusedError):
        remove(desk.store, "lee", word)
