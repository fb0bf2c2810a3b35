"""Detection as a whole, with a classifier that marks nothing: rules, memory and shield alone."""

import socket
import time

import pytest

from models.document import Found, Place, SegmentKind, assemble
from models.findings import EntityType, LookAlike, Role
from models.results import Context
from pipeline.detect import build_detector, detect, load_detector
from pipeline.tagger import Mark, Tagging


class MarksWords:
    """A classifier that marks given words wherever they stand, with given labels."""

    def __init__(self, **labels):
        self._labels = {word.replace("_", " "): label for word, label in labels.items()}

    def read(self, text):
        marks = []
        for word, label in self._labels.items():
            at = text.find(word)
            if at >= 0:
                marks.append(Mark(at, at + len(word), label, 0.95, "supported", 0.9))
        return Tagging(tuple(marks), ())


@pytest.fixture(scope="module")
def rules():
    return build_detector(MarksWords())


def paper(text, *others):
    return assemble([Found(SegmentKind.TEXT, Place("text"), text, body=True), *others])


def words(document, findings, **wanted):
    return [
        document.by_id[f.segment].text[f.span.start : f.span.end]
        for f in findings
        if all(getattr(f, name) == value for name, value in wanted.items())
    ]


def people(text, detector, context=None):
    document = paper(text)
    found = detect(document, context or Context(), detector)
    return words(document, found, entity_type=EntityType.PERSON, look_alike=None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kadeem Oyelaran came. Later KADEEM laughed.", ["Kadeem Oyelaran", "KADEEM"]),
        ("Kadeem Oyelaran came. kadeem's bus was late.", ["Kadeem Oyelaran", "kadeem"]),
        ("Kadeem Oyelaran came. Mr Oyelaran rang.", ["Kadeem Oyelaran", "Mr Oyelaran"]),
        ("Kadeem Oyelaran came. K.O. signed.", ["Kadeem Oyelaran", "K.O."]),
        ("Kadeem Oyelaran came. I met Kadem there.", ["Kadeem Oyelaran", "Kadem"]),
        ("Kadeem Oyelaran came. See kadeemoyelaran here.", ["Kadeem Oyelaran", "kadeemoyelaran"]),
        ("Kadeem Oyelaran came. The Kadoma office closed.", ["Kadeem Oyelaran"]),
    ],
)
def test_a_name_found_once_is_found_in_every_form(text, found):
    assert people(text, build_detector(MarksWords(Kadeem_Oyelaran="PERSON"))) == found


def test_a_name_that_is_a_word_is_found_only_where_it_is_written_as_a_name():
    text = "Grace Obi rang. I gave Grace my number. With good grace we left."
    assert people(text, build_detector(MarksWords(Grace_Obi="PERSON"))) == ["Grace Obi", "Grace"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rehab Ortez rang. The rehab was shut.", ["Rehab Ortez"]),
        ("Rehan Ortez rang. Then rehan was out.", ["Rehan Ortez", "rehan"]),
    ],
)
def test_a_word_of_the_trade_is_not_looked_for(text, found):
    assert people(text, build_detector(MarksWords(Rehab_Ortez="PERSON", Rehan_Ortez="PERSON"))) == found


def test_names_of_the_entrys_other_documents_are_looked_for(rules):
    assert people("I saw Oyelaran there.", rules) == []
    assert people("I saw Oyelaran there.", rules, Context(names=("Kadeem Oyelaran",))) == ["Oyelaran"]


def test_every_mention_of_one_person_has_one_number():
    detector = build_detector(MarksWords(Kadeem_Oyelaran="PERSON", Rosa_Lind="PERSON"))
    document = paper("Kadeem Oyelaran and Rosa Lind came. Kadeem left. Ms Lind stayed.")
    numbers = [f.person for f in detect(document, Context(), detector)]
    assert numbers == [1, 2, 1, 2]


def test_the_practitioners_own_name_has_the_role_self(rules):
    document = paper("Signed: R. Lind\n")
    found = detect(document, Context(own_name="Rosa Lind"), rules)
    assert [(f.role, f.entity_type) for f in found] == [(Role.SELF, EntityType.PERSON)]


def test_a_made_up_name_is_allowed_everywhere():
    text = "I will call her Leila (not her real name). Leila was eleven."
    document = paper(text)
    found = detect(document, Context(), build_detector(MarksWords(Leila="PERSON")))
    assert words(document, found, look_alike=LookAlike.PSEUDONYM) == ["Leila", "Leila"]
    assert people(text, build_detector(MarksWords(Leila="PERSON"))) == []


def test_a_name_used_before_it_is_said_to_be_made_up_stays_found():
    text = "Leila rang. I will call her Leila in this account."
    assert people(text, build_detector(MarksWords(Leila="PERSON"))) == ["Leila", "Leila"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Munro (2011) writes about it.", LookAlike.THEORIST),
        ("This is my view (Ruch, 2005).", LookAlike.THEORIST),
        ("Under the Children Act 1989 we acted.", LookAlike.LAW),
        ("I told Child A about it.", LookAlike.PSEUDONYM),
        ("Date of CPD: 14/06/2021", LookAlike.GENERIC),
    ],
)
def test_what_only_looks_identifying_is_there_with_its_reason(rules, text, why):
    assert {f.look_alike for f in detect(paper(text), Context(), rules)} == {why}


def test_the_same_word_as_a_person_in_the_story_is_found(rules):
    assert people("Mr Gibbs made me tea. Gibbs (1988) would ask how I felt.", rules) == ["Mr Gibbs"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I read the Sara Sharif review again.", []),
        ("I was the duty worker when Sara Sharif's school rang.", ["Sara Sharif"]),
    ],
)
def test_a_name_from_an_inquiry_is_a_persons_where_the_writer_had_a_part(text, found):
    assert people(text, build_detector(MarksWords(Sara_Sharif="inquiry"))) == found


def test_places_outside_the_body_are_read_by_their_kind(rules):
    author = Found(SegmentKind.AUTHOR, Place("comments"), "Sharon Dewhurst")
    neutral = Found(SegmentKind.AUTHOR, Place("comments"), "Microsoft Office User")
    name = Found(SegmentKind.FILE_NAME, Place("file name"), "Dewhurst_Kadeem_CIN_review.docx")
    document = paper("Nothing.", author, neutral, name)
    found = detect(document, Context(), rules)
    assert words(document, found, entity_type=EntityType.PERSON) == ["Sharon Dewhurst", "Dewhurst_Kadeem"]


def test_a_finding_never_crosses_segments(rules):
    first = Found(SegmentKind.PARAGRAPH, Place("one"), "rang Mrs", body=True)
    second = Found(SegmentKind.PARAGRAPH, Place("two"), "07700 900123", body=True, gap=" ")
    document = assemble([first, second])
    for finding in detect(document, Context(), rules):
        assert finding.span.end <= len(document.by_id[finding.segment].text)


def test_hidden_characters_do_not_hide_a_name():
    detector = build_detector(MarksWords(Kadeem="PERSON"))
    document = paper("I saw Ka\u00addeem and Kade\u200bem.")
    assert words(document, detect(document, Context(), detector)) == ["Ka\u00addeem", "Kade\u200bem"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\x01\x02",
        "e\u0301\u0302" * 500,
        "שלום עולם 07700 900123",
        "DAS IST KEIN ENGLISCHER TEXT.",
        "\ud800 lone surrogate",
    ],
)
def test_odd_texts_give_a_true_result(rules, text):
    document = paper(text)
    for finding in detect(document, Context(), rules):
        segment = document.by_id[finding.segment]
        assert segment.text[finding.span.start : finding.span.end].strip()


def test_ten_thousand_addresses_are_all_found_in_linear_time(rules):
    def seconds(count):
        text = " ".join(f"user{number}@example.org" for number in range(count))
        start = time.process_time()
        assert len(detect(paper(text), Context(), rules)) == count
        return time.process_time() - start

    few, many = seconds(1_000), seconds(10_000)
    assert many < 30 * max(few, 0.05)


@pytest.mark.parametrize(
    "piece", ["a", "Ab ", "1-", "A'", "A-", "Smith, ", "a@", "(", "I will call her ", "\n"]
)
def test_hostile_repetition_takes_linear_time(rules, piece):
    text = piece * (12_000 // len(piece))
    start = time.process_time()
    detect(paper(text), Context(), rules)
    assert time.process_time() - start < 6


def test_nothing_reaches_for_the_network(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    detector = build_detector(MarksWords())
    assert len(detect(paper("jo@example.org and https://example.org/jo"), Context(), detector)) == 2


def test_no_recognizer_of_presidio_is_loaded_and_no_text_is_logged(rules):
    assert {type(r).__module__.split(".")[0] for r in rules.engine.registry.recognizers} == {"pipeline"}
    assert not rules.engine.log_decision_process


def test_the_shipped_detector_finds_a_story():
    text = "I visited Shanice Adeyemi, 14, in Bradford. Shanice's nan said Kolb's cycle is a bicycle."
    document = paper(text)
    found = detect(document, Context(), load_detector())
    assert "Shanice Adeyemi" in words(document, found, entity_type=EntityType.PERSON, look_alike=None)
