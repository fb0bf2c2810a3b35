"""A known name in small letters, and words that are written like it."""

import pytest

from models.findings import EntityType, LookAlike
from pipeline.claims import Claim, Places
from pipeline.initials import declared_initials
from pipeline.memory import Memory
from pipeline.people import parse
from rules.lists.lists import load_list

CAREFUL = "We met on Monday. It went well. {} I left at noon. The bus was late."
CARELESS = "we met on monday. it went well. {} i left at noon. the bus was late."


@pytest.mark.parametrize(
    ("name", "around", "words", "recalled"),
    [
        ("Ye Quill", CAREFUL, "When ye came in.", []),
        ("Ye Quill", CARELESS, "when ye came in.", ["ye"]),
        ("Ye Quill", CAREFUL, "When Ye came in.", ["Ye"]),
        ("Ms He", CAREFUL, "He was late. So was she.", []),
        ("Oonagh Quill", CAREFUL, "When oonagh came in.", ["oonagh"]),
        ("Kian Reed", CAREFUL, "Saved as review_kian.docx.", ["kian"]),
        ("Kian Reed", CAREFUL, "Seat changed. – kian", ["kian"]),
        ("Wis Reed", CAREFUL, "Saved as review_wis.docx.", ["wis"]),
        ("Wis Reed", CAREFUL, "The wis here.", []),
        ("Kian Reed", CAREFUL, "When kian came in.", ["kian"]),
    ],
)
def test_a_short_name_in_small_letters_is_meant_where_nothing_has_capitals(name, around, words, recalled):
    memory = Memory(load_list("words"), load_list("acronyms"))
    memory.learn([name])
    text = around.format(words)
    assert [text[c.start : c.end] for c in memory.recall(text, Places())] == recalled


@pytest.mark.parametrize(
    ("name", "around", "words", "recalled"),
    [
        ("LADO Abebe", CAREFUL, "The LADO rang, and Abebe came.", ["Abebe"]),
        (
            "LADO Abebe",
            CAREFUL,
            "AS WAS AGREED AT TEN ON MONDAY THE LADO ABEBE CAME TO THE MEETING.",
            ["LADO", "ABEBE"],
        ),
        ("mark amhp", CARELESS, "the amhp came.", []),
        ("Lacey Quill", CAREFUL, "Three LAC live there.", []),
        ("Reggie Quill", CAREFUL, "Reg went home.", ["Reg"]),
        ("Zebo Quill", CAREFUL, "The ZEBO rang.", ["ZEBO"]),
        ("Paula Ed Quill", CAREFUL, "Ed rang.", ["Ed"]),
    ],
)
def test_letters_of_an_office_are_not_recalled_where_others_are_no_capitals(name, around, words, recalled):
    memory = Memory(load_list("words"), load_list("acronyms"))
    memory.learn([name])
    text = around.format(words)
    assert [text[c.start : c.end] for c in memory.recall(text, Places())] == recalled


@pytest.mark.parametrize(
    ("written", "titles", "words"),
    [
        ("Honour", (), ("honour",)),
        ("Auntie Honour", ("auntie",), ("honour",)),
        ("Her Honour Judge Quill", ("honour", "judge"), ("her", "quill")),
        ("Mr Justice Quill", ("mr", "justice"), ("quill",)),
        ("Honour Blake", (), ("honour", "blake")),
        ("Miss Honour Blake", ("miss",), ("honour", "blake")),
        ("Sister", ("sister",), ()),
    ],
)
def test_a_title_that_is_a_name_too_is_one_where_no_name_follows(written, titles, words):
    name = parse(written)
    assert (name.titles, name.words) == (titles, words)


@pytest.mark.parametrize(
    ("marked", "reason", "recalled"),
    [
        ("Kitwood", LookAlike.THEORIST, []),
        ("Kitwood", LookAlike.LAW, ["Tom"]),
        ("Kitwood", None, ["Tom"]),
        ("said", LookAlike.THEORIST, ["Tom"]),
    ],
)
def test_the_given_name_of_an_author_is_nobody_elses(marked, reason, recalled):
    memory = Memory(load_list("words"), load_list("acronyms"))
    memory.learn(["Tom Quill"])
    text = "Tom Kitwood said so."
    at = text.index(marked)
    taken = Places([Claim(at, at + len(marked), EntityType.PERSON, 0.9, "tagger", reason)])
    assert [text[c.start : c.end] for c in memory.recall(text, taken)] == recalled


@pytest.mark.parametrize(
    ("row", "letters"),
    [
        ("Oonagh Blake-Quill | HV | OBQ | Y", {"obq"}),
        ("- Oonagh Quill  social worker  OQ", {"oq"}),
        ("2. Oonagh Quill, manager OQ", {"oq"}),
        ("Oonagh Quill | HV | CP | Y", set()),
        ("Oonagh Quill told me of the OQ team", set()),
        ("On duty: OB (Oonagh Blakely), bank: Jo", {"ob"}),
        ("here OB is Oonagh Blakely, not a bank", {"ob"}),
        ("Oonagh Blakely OB (social worker)", {"ob"}),
        ("MBT (Mentalisation Based Treatment) helps", set()),
        ("KCC (Kent County Council) paid", set()),
        ("Hannah Vale visits as the family HV", set()),
        ("Paul Clark | arresting officer | PC | Quay", set()),
        ("Grace Price is GP at the surgery", set()),
    ],
)
def test_a_row_gives_the_initials_of_whom_it_begins_with(row, letters):
    assert declared_initials(f"Present\n{row}\n") == letters


@pytest.mark.parametrize(
    ("words", "recalled"),
    [
        ("That is Q U I L L with two.", ["Q U I L L"]),
        ("Her name is a Q U I L L and", ["Q U I L L"]),
        ("I spell Q U I L L I think", ["Q U I L L"]),
        ("O O N A G H Q U I L L", ["O O N A G H Q U I L L"]),
        ("that's q-u-i-l-l", ["q-u-i-l-l"]),
        ("It said B E S T.", []),
    ],
)
def test_a_name_that_is_spelt_out_is_known(words, recalled):
    memory = Memory(load_list("words"), load_list("acronyms"))
    memory.learn(["Oonagh Quill"])
    assert [words[c.start : c.end] for c in memory.recall(words, Places())] == recalled


@pytest.mark.parametrize(
    ("minutes", "recalled"),
    [
        ("OQ opened. ZB and KW agreed. ID asked for more.", ["OQ", "ZB", "KW", "ID"]),
        ("OQ opened. ID asked for more.", ["OQ"]),
        ("OQ opened. ZB and KW agreed on the ID card.", ["OQ", "ZB", "KW"]),
    ],
)
def test_where_people_are_named_by_initials_office_letters_can_be_somebodys(minutes, recalled):
    memory = Memory(load_list("words"), load_list("acronyms"))
    memory.learn(["Oonagh Quill", "Zed Blake", "Kit Wren", "Iqra Daud"])
    found = memory.recall(minutes, Places())
    assert sorted(minutes[c.start : c.end] for c in found) == sorted(recalled)


def test_half_a_title_is_nobodys_name():
    memory = Memory(load_list("words"), load_list("acronyms"))
    memory.learn(["Station Officer Oonagh Quill"])
    assert "station" not in memory.words
