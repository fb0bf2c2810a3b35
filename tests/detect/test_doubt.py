"""Marks that a reader would not make: office letters, letters of lists, the other half of an author."""

import pytest

from models.findings import EntityType, LookAlike
from pipeline.beside import addressed, beside
from pipeline.claims import Claim
from pipeline.doubt import doubted
from pipeline.initials import declared_initials


def claim(text: str, word: str, score: float = 0.7, look_alike: LookAlike | None = None) -> Claim:
    at = text.index(word)
    return Claim(at, at + len(word), EntityType.PERSON, score, "tagger", look_alike)


@pytest.mark.parametrize(
    ("text", "marked", "kept"),
    [
        ("The HR team wrote to me about it.", "HR", False),
        ("He has NRPF and no phone.", "NRPF", False),
        ("I asked HB if she would.", "HB", True),
        ("Hana Barlow met us. HB was late.", "HB", True),
        ("Zed Quill (ZQ) was late.", "ZQ", True),
        ("A. Aims\nB. What I did\nC. What I learnt\n", "B", False),
        ("A. Aims\nB. What I did\n\nI met B today.", "B today", True),
        ("Q. Why?\nA. Because.\n", "A", False),
        ("K. came to the door and said no.\n", "K", True),
        ("I am on A/L all week.", "A", False),
    ],
)
def test_letters_of_the_office_are_nobodys(text, marked, kept):
    found = [claim(text, marked)]
    if "Hana" in text:
        found.append(claim(text, "Hana Barlow"))
    assert (found[0] in list(doubted(found, text))) is kept


@pytest.mark.parametrize(
    ("text", "marked", "score", "kept"),
    [
        ("| 5: RSPA | seen twice", "RSPA", 0.3, False),
        ("| 5: RSPA | seen twice", "RSPA", 0.6, True),
        ("I filed the RSPA form again", "RSPA", 0.6, False),
        ("To do: MS letter, HR", "MS", 0.95, True),
        ("To do: MS letter, HR", "MS", 0.6, False),
        ("then GP asked us to say it", "GP", 0.97, False),
        ("then SU asked us to say it", "SU", 0.9, True),
        ("then GP asked us to say it", "GP", 0.6, False),
        ("They all call me Rev here", "Rev", 0.8, True),
        ("They all call me Rev here", "Rev", 0.6, False),
        ("Dear Judge, please", "Judge", 0.95, False),
        ("To do: NAN letter, HR", "NAN", 0.95, False),
        ("| 5: HR | seen twice", "HR", 0.3, True),
        ("| 5: HB | seen twice", "HB", 0.3, True),
    ],
)
def test_doubtful_office_letters_in_a_table_are_nobodys(text, marked, score, kept):
    found = [claim(text, marked, score)]
    assert (found[0] in list(doubted(found, text))) is kept


@pytest.mark.parametrize(
    ("text", "marked", "kind", "score", "told"),
    [
        ("to me (Oonagh Quill)", "Oonagh Quill", EntityType.EMAIL_ADDRESS, 0.95, EntityType.PERSON),
        ("to me (Oonagh Quill)", "Oonagh Quill", EntityType.EMAIL_ADDRESS, 0.8, None),
        ("Maisie  0127745  NHS", "0127745", EntityType.NHS_NUMBER, 0.95, EntityType.CASE_REFERENCE),
        ("Maisie  01277  NHS", "01277", EntityType.NHS_NUMBER, 0.95, None),
    ],
)
def test_what_surely_identifies_but_not_as_this_is_of_another_kind(text, marked, kind, score, told):
    at = text.index(marked)
    found = list(doubted([Claim(at, at + len(marked), kind, score, "tagger")], text))
    assert [claim.entity_type for claim in found] == ([told] if told else [])


@pytest.mark.parametrize(
    ("text", "marked", "kind", "score", "kept"),
    [
        ("08:10 - Bravery: lol", "Bravery", EntityType.PERSON, 0.99, True),
        ("08:10 - Bravery: lol", "Bravery", EntityType.PERSON, 0.9, False),
        ("bailed 14.06 again", "14.06", EntityType.DATE, 0.95, True),
        ("bailed 14.06 again", "14.06", EntityType.DATE, 0.8, False),
        ("bailed 24.06 again", "24.06", EntityType.DATE, 0.8, True),
        ("her birthday is 12.11", "12.11", EntityType.DATE_OF_BIRTH, 0.7, True),
        ("bailed 14.6 again", "14.6", EntityType.DATE, 0.95, False),
    ],
)
def test_what_could_be_a_label_or_a_time_must_be_sure(text, marked, kind, score, kept):
    at = text.index(marked)
    found = Claim(at, at + len(marked), kind, score, "tagger")
    assert bool(list(doubted([found], text))) is kept


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("TO         Tola Oyelade        Chair", {"to"}),
        ("| Maud Quillfeather | MQ | enquiry officer |", {"mq"}),
        ("PC = Petra Corbel", {"pc"}),
        ("Typed by T. Oyelade (TO)", {"to"}),
        ("N. Farrow-Alder (NFA) has left", {"nfa"}),
        ("CP         Tola Oyelade        Chair", set()),
        ("TO Tola Oyelade", set()),
        ("| Strategy Meeting | SM | Friday |", set()),
    ],
)
def test_letters_beside_a_name_in_a_list_are_declared_where_it_has_them(text, declared):
    assert declared_initials(text) == declared


def test_letters_in_brackets_after_a_name_are_declared_and_after_plain_words_are_not():
    text = "Hana Barlow (HB) on the Public Law Outline (PLO) and Grace Day (GD)."
    assert declared_initials(text) == {"hb", "gd"}


@pytest.mark.parametrize(
    ("text", "name", "author", "score", "is_author"),
    [
        ("After Quillfeather and Moss we", "Moss", "Quillfeather", 0.7, True),
        ("After Quillfeather, Moss, we", "Moss", "Quillfeather", 0.7, True),
        ("Hedda Quillfeather writes", "Hedda", "Quillfeather", 0.9, True),
        ("After Quillfeather and Moss we", "Moss", "Quillfeather", 0.9, False),
        ("After Quillfeather I met Moss", "Moss", "Quillfeather", 0.4, False),
        ("hedda Quillfeather writes", "hedda", "Quillfeather", 0.7, False),
        ("Mr Moss, Quillfeather and I", "Mr Moss", "Quillfeather", 0.4, False),
    ],
)
def test_a_doubtful_name_beside_an_author_is_one(text, name, author, score, is_author):
    claims = sorted(
        (claim(text, name, score), claim(text, author, 0.9, LookAlike.THEORIST)), key=lambda c: c.start
    )
    told = [c.look_alike for c in beside(claims, text) if text[c.start : c.end] == name]
    assert told == [LookAlike.THEORIST if is_author else None]


def test_it_is_not_passed_on_from_one_doubtful_name_to_the_next():
    text = "Quillfeather, Moss, Arkwright say so."
    row = [
        claim(text, "Quillfeather", 0.9, LookAlike.THEORIST),
        claim(text, "Moss"),
        claim(text, "Arkwright"),
    ]
    assert [c.look_alike for c in beside(row, text)] == [LookAlike.THEORIST, LookAlike.THEORIST, None]


@pytest.mark.parametrize(
    ("text", "marked", "kind", "kept"),
    [
        ("she put it under want again", "want", EntityType.STREET_ADDRESS, False),
        ("the site on star lane again", "lane", EntityType.STREET_ADDRESS, True),
        ("17 Cobbler's Row in place of 71 then", "71", EntityType.STREET_ADDRESS, True),
        ("the letter in green ink said", "ink", EntityType.SOCIAL_HANDLE, False),
        ("she is big_bex there", "big_bex", EntityType.SOCIAL_HANDLE, True),
        ("at 20.40 placement rang", "20.40", EntityType.DATE_OF_BIRTH, False),
        ("born 20.4.14 in Hull", "20.4.14", EntityType.DATE_OF_BIRTH, True),
        ("3.5 hours of training", "3.5", EntityType.DATE, False),
        ("scored 15/16 in it", "15/16", EntityType.DATE, False),
        ("seen on 15/6 at home", "15/6", EntityType.DATE, True),
        ("lives with PA 24/7 now", "24/7", EntityType.DATE, False),
        ("assessor (months 8-12) was", "8-12", EntityType.DATE, False),
        ("on 24-7-23 he came", "24-7-23", EntityType.DATE, True),
        ("seen on 24.11 at home", "24.11", EntityType.DATE, True),
        ("pages 36-44 of it", "36-44", EntityType.DATE, False),
        ("in 4.5.21 we met", "4.5.21", EntityType.DATE, True),
        ("at 10.15–11.50, online", "10.15–11.50", EntityType.DATE, False),
        ("sat 10am then", "10am", EntityType.DATE, False),
        ("on Sat 10am then", "Sat 10am", EntityType.DATE, True),
        ("her Band 7 was there", "7", EntityType.VEHICLE_REGISTRATION, False),
        ("in a Golf p4 jwl again", "p4 jwl", EntityType.VEHICLE_REGISTRATION, True),
        ("on 1458 AM and not", "1458", EntityType.POSTCODE, False),
        ("lives at Flat 3b still", "3b", EntityType.POSTCODE, False),
        ("moved to M14 then", "M14", EntityType.POSTCODE, True),
    ],
)
def test_what_has_not_the_form_of_its_kind_is_left_out(text, marked, kind, kept):
    at = text.index(marked)
    found = Claim(at, at + len(marked), kind, 0.9, "tagger")
    assert list(doubted([found], text)) == ([found] if kept else [])


@pytest.mark.parametrize(
    ("text", "marked", "score", "kept"),
    [
        ("She said it. Username: jnowak then.", "jnowak", 0.95, True),
        ("She said it. Username: jnowak then.", "jnowak", 0.6, False),
        ("She said it. The mason told me.", "mason", 0.95, False),
        ("Then Pru rang. She was cross.", "Pru", 0.8, True),
        ("Then PRU rang. She was cross.", "PRU", 0.8, False),
        ("He came with LA again. She said so.", "LA", 0.9, True),
        ("The plan of the LA is late. She said so.", "LA", 0.6, False),
    ],
)
def test_a_sure_mark_is_kept_however_it_is_written(text, marked, score, kept):
    assert bool(list(doubted([claim(text, marked, score)], text))) is kept


@pytest.mark.parametrize(
    ("text", "marked", "kind", "score", "reason"),
    [
        ("Ken has Lewy body dementia.", "Lewy body dementia", EntityType.HEALTH, 0.9, None),
        ("the review conference on 9 May", "9 May", EntityType.DATE, 0.99, None),
        ("the training course on 9 May", "9 May", EntityType.DATE, 0.8, LookAlike.GENERIC),
        ("we met in early May", "early May", EntityType.DATE, 0.99, LookAlike.GENERIC),
    ],
)
def test_what_the_classifier_is_sure_is_one_persons_stays_so(text, marked, kind, score, reason):
    at = text.index(marked)
    (kept,) = doubted([Claim(at, at + len(marked), kind, score, "tagger")], text)
    assert kept.look_alike is reason


@pytest.mark.parametrize(
    ("text", "score", "kinds"),
    [
        ("Quill Training, 40 Wharf Row, Oakham", 0.7, ["ORGANISATION", "STREET_ADDRESS", "LOCATION"]),
        ("Quill Training, 40 Wharf Row, Oakham", 0.9, ["course", "STREET_ADDRESS", "course"]),
        ("Quill Training at 40 Wharf Row by Oakham", 0.7, ["course", "STREET_ADDRESS", "course"]),
    ],
)
def test_what_has_an_address_is_no_course(text, score, kinds):
    claims = []
    for words in ("Quill Training", "40 Wharf Row", "Oakham"):
        at, is_street = text.index(words), words.startswith("40")
        kind = EntityType.STREET_ADDRESS if is_street else EntityType.ORGANISATION
        reason = None if is_street else LookAlike.COURSE
        claims.append(Claim(at, at + len(words), kind, score, "tagger", reason))
    assert [c.look_alike or c.entity_type for c in addressed(claims, text)] == kinds


@pytest.mark.parametrize(
    ("marked", "score", "kept"), [("rob hale", 0.99, True), ("rob hale", 0.9, False), ("hale", 0.99, False)]
)
def test_a_full_name_of_ordinary_words_in_small_letters_must_be_very_sure(marked, score, kept):
    text = f"The mother is Zoe Quill. | {marked} | Refused to come to the Meeting on Monday."
    assert bool(list(doubted([claim(text, marked, score)], text))) is kept
