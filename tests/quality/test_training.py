"""What training changes in documents, and what the changes must keep."""

import random
from pathlib import Path

import pytest

from tests.quality.gold import DIRECT, GENERIC, INDIRECT, LOOK_ALIKES, ROLES, read_folder
from training.augment import augment, read_names, with_authors
from training.drafts import Fragment, draft, undraft
from training.passages import borrow, insert, invent, paragraphs, read_templates

ROOT = Path(__file__).parents[2]
NAMES = read_names(ROOT / "rules" / "names_by_origin.json")
MEASURED = read_names(ROOT / "rules" / "names_by_origin.json", "measurement")
TEMPLATES = read_templates(ROOT / "training" / "passages.json")
DRAFTS = [draft(document) for document in read_folder(ROOT / "tests" / "gold" / "extra")]


def words(names):
    return {
        word.lower() for pairs in names.values() for pair in pairs for part in pair for word in part.split()
    }


def test_no_name_that_is_measured_with_is_trained_on():
    assert not words(NAMES) & words(MEASURED)


def test_paragraphs_are_the_whole_document():
    for fragments in DRAFTS:
        assert (
            undraft([part for paragraph in paragraphs(fragments) for part in paragraph])[0]
            == (undraft(fragments)[0])
        )


@pytest.mark.parametrize("kind", TEMPLATES)
def test_invented_sentences_are_filled_and_marked_as_the_guide_says(kind):
    chance = random.Random(kind)
    for template in TEMPLATES[kind]:
        made = invent([template], NAMES, chance)
        text = undraft(made)[0]
        assert not set(text) & set("[]{}")
        assert all(f"%{letter}" not in text for letter in "SGWILYsgw")
        for part in made:
            is_known = (
                part.label in DIRECT + INDIRECT if part.role else part.label in (*LOOK_ALIKES, GENERIC, "")
            )
            assert is_known
            assert part.role in (*ROLES, "")


def test_one_person_of_a_sentence_keeps_the_name():
    made = invent(
        ["[[PERSON/family|%W1]] met [[PERSON/supported|%W2]], so [[PERSON/family|%w1]]"],
        NAMES,
        random.Random(1),
    )
    first, second, again = (part.text for part in made if part.label)
    assert first.lower() == again
    assert first != second


def test_a_passage_stands_between_two_paragraphs():
    fragments = [Fragment("One.\n\nTwo.")]
    added = undraft(insert(fragments, [Fragment("Kolb", "theorist")], random.Random(1)))
    assert added == ("One.\n\nKolb\n\nTwo.", [(6, 10, "theorist", "")])


def test_a_document_of_one_paragraph_gets_no_passage():
    fragments = [Fragment("One.")]
    assert insert(fragments, [Fragment("Kolb", "theorist")], random.Random(1)) == fragments


def test_a_borrowed_paragraph_brings_its_marks():
    other = [Fragment("I met "), Fragment("Ann", "PERSON", "family"), Fragment(".")]
    assert borrow([Fragment("One.\n\nTwo.")], other, random.Random(1))[2] == other[1]


def test_the_same_seed_makes_the_same_changes():
    names = with_authors(NAMES, DRAFTS)
    first, second = ([augment(d, names, random.Random(7)) for d in DRAFTS] for _ in range(2))
    assert first == second


def test_changed_documents_keep_their_marks():
    names = with_authors(NAMES, DRAFTS)
    chance = random.Random(3)
    for fragments in DRAFTS:
        before = [(part.label, part.role) for part in fragments if part.label]
        assert [(p.label, p.role) for p in augment(fragments, names, chance) if p.label] == before
