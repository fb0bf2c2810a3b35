"""Names without what stands beside them, and words that name nobody."""

from __future__ import annotations

import re
import time

import pytest

from pipeline.bare import bare
from pipeline.nobody import (
    explained_letters,
    is_label,
    is_misread,
    is_nobody,
    is_nothing,
    is_piece,
    is_question,
    is_ticked,
)


@pytest.mark.parametrize(
    ("claimed", "name"),
    [
        ("Midwife Oonagh", "Oonagh"),
        ("Partner Dezzie Quill", "Dezzie Quill"),
        ("cousin V.", "V."),
        ("Sister Oonagh", "Sister Oonagh"),
        ("Midwife", "Midwife"),
        ("Oonagh Son", "Oonagh Son"),
        ("MRS QUILLFEATHER WAS IN BED", "MRS QUILLFEATHER"),
        ("mrs quillfeather was in bed", "mrs quillfeather"),
        ("Hilda and", "Hilda"),
        ("Hilda and Ferguson", "Hilda and Ferguson"),
        ("Mr and Mrs Quill", "Mr and Mrs Quill"),
        ("Cllr B. queried", "Cllr B"),
        ("Quill Reed", "Quill Reed"),
        ("quill reed", "quill reed"),
        ("MARY WILL", "MARY WILL"),
        ("Qu1ll is", "Qu1ll is"),
        ("J----n", "J----n"),
    ],
)
def test_a_name_is_left_without_what_stands_beside_it(claimed, name):
    start, end = bare(f"({claimed})", 1, len(claimed) + 1)
    assert f"({claimed})"[start:end] == name


@pytest.mark.parametrize(
    ("text", "marked", "nobody"),
    [
        ("[09:43] Me: that is not on", "Me", True),
        ("| Name | Role |", "Name", True),
        ("discussed w/ her", "w", True),
        ("and k rang at noon", "k", False),
        ("kids: I (8), Zed (5)", "I", False),
        ("carers I & D came", "I", False),
        ("then I (the student) asked", "I", True),
        ("Quill (n.d.) On rest", "d", True),
        ("Quill (n.d.) On rest", "n.d", True),
        ("Quill (d. 2020) rang", "d", False),
        ("W rang at noon", "W", False),
        ("which I would use by Thursday. Then", "Thursday", True),
        ("and then Sunday said that she", "Sunday", False),
        ("Opening: all present", "Opening", True),
        ("the eldest came late", "eldest", True),
        ("so " + "haha" * 20, "haha" * 20, True),
        ("with Ha", "Ha", False),
    ],
)
def test_some_words_name_nobody(text, marked, nobody):
    at = text.index(marked)
    assert is_nobody(text, at, at + len(marked)) is nobody


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Will I ring?", True),
        ("Will everybody ring?", True),
        ("Will everyone ring?", True),
        ("Will rang", False),
        ("Will, I rang", False),
        ("May she come?", True),
        ("Quill I saw", False),
    ],
)
def test_a_word_that_asks_is_no_name(text, asks):
    assert is_question(text, 0, re.match(r"\w+", text).end()) is asks


@pytest.mark.parametrize(
    ("text", "marked", "label"),
    [
        ("Bravery: all present", "Bravery", True),
        ("Grace: I was late", "Grace", False),
        ("Quillfeather: I was late", "Quillfeather", False),
        ("Bravery came late", "Bravery", False),
        ("the bravery: it came late", "bravery", False),
    ],
)
def test_an_ordinary_word_before_a_colon_is_a_label(text, marked, label):
    at = text.index(marked)
    assert is_label(text, at, at + len(marked)) is label


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("an expert by experience (EBE) came", {"ebe"}),
        ("(EBE = expert by experience, PF = pro forma)", {"ebe"}),
        ("Public Law Outline (PLO)", {"plo"}),
        ("Zed Quillfeather (ZQ)", set()),
        ("Grace Day (GD)", set()),
        ("GD = Grace Day", set()),
        ("the worker (EBE) came", set()),
        ("EBE (expert by experience): Grace", {"ebe"}),
        ("SM (still missing) since May", set()),
        ("GD (grace day) came", set()),
    ],
)
def test_letters_that_a_text_explains_by_plain_words(text, letters):
    assert explained_letters(text) == letters


@pytest.mark.parametrize(
    ("words", "nothing"),
    [
        ("the", True),
        ("and by", True),
        ("s", True),
        ("team in", True),
        ("Team", True),
        ("hospital", True),
        ("ward 9", False),
        ("Harbour Team", False),
        ("at forty", False),
        ("the gurdwara", False),
    ],
)
def test_a_kind_of_place_tells_nothing_without_which(words, nothing):
    assert is_nothing(words) is nothing


@pytest.mark.parametrize("text", ["a" * 1_000_000, "(AB) " * 200_000, "AB = ab " * 100_000])
def test_explained_letters_are_found_in_the_time_of_one_reading(text):
    begun = time.process_time()
    explained_letters(text)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("words", "is_nobody_at_all"),
    [
        ("Duty Inbox", True),
        ("Duty", True),
        ("North Locality Helpdesk", True),
        ("Joy Folder", True),
        ("Inbox", True),
        ("Duty Solanki", False),
        ("Deskford", False),
        ("Joy", False),
    ],
)
def test_a_desk_that_many_answer_is_nobody(words, is_nobody_at_all):
    assert is_nobody(f"I rang {words} twice.", 7, 7 + len(words)) is is_nobody_at_all


def place(text):
    start, end = text.index("<"), text.index(">") - 1
    return text.replace("<", "").replace(">", ""), start, end


@pytest.mark.parametrize(
    "text",
    [
        "a <1ine> here",
        "he <w0rks>",
        "<Leve1> 2",
        "hirn was <srnall>",
        "it <rnade thern>",
        "an <lnterpreter> carne",
    ],
)
def test_plain_words_that_a_scanner_misread_name_nobody(text):
    assert is_misread(*place(text)) is ("rnade" not in text)


@pytest.mark.parametrize(
    "text",
    [
        *("saw <Kev1n>", "saw <Wa1ter> w0rk", "met <lveta> w0rk", "saw <Bernard> w0rk", "saw <Ali> w0rk"),
        *("met <horne> and carter", "spoke to <garner> today", "visited <ls> at horne", "saw <LS> w0rk"),
        *("saw <Ernie small>", "a <small> w0rk"),
    ],
)
def test_names_are_not_taken_for_misread_words(text):
    assert not is_misread(*place(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("seen at this hospi (tal) and", True),
        ("seen at this hospi-\n(tal) and", True),
        ("the (zeb) ra", True),
        ("I went with (al) to it", False),
        ("and (Zeb) ra", False),
        ("the (zeb) rang", False),
    ],
)
def test_pieces_of_a_word_that_the_page_broke_name_nobody(text, expected):
    assert is_piece(*place(text.replace("(", "<").replace(")", ">"))) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Disabled:  <Y>", True),
        ("Insured: <Y>, exp 03/24", True),
        ("Consent? <N>\nNext", True),
        ("Client: <N> was tearful", False),
        ("Client: <N>", False),
        ("Disabled: <Y> disclosed", False),
        ("AB: <Y>", False),
        ("cc <Y>", False),
    ],
)
def test_a_letter_that_answers_a_form_names_nobody(text, expected):
    assert is_ticked(*place(text)) is expected


@pytest.mark.parametrize(
    "text", ["I told Will everyone was coming.", "said to Will there is no rush", "I saw Will there"]
)
def test_will_is_somebody_inside_a_sentence(text):
    at = text.index("Will")
    assert not is_question(text, at, at + len("Will"))
