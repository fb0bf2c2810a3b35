"""Odd letters, digits and signs: read as what they stand for, and pointed at as they are written."""

import time
import unicodedata
from itertools import pairwise

import pytest

from models.document import Found, Place, SegmentKind, assemble
from models.findings import EntityType
from models.results import Context
from pipeline.correct import find_words
from pipeline.detect import build_detector, detect
from pipeline.names import fold
from pipeline.normalise import normalise
from pipeline.tagger import Tagging


class MarksNothing:
    """A classifier that marks nothing."""

    def read(self, _text):
        return Tagging((), ())


@pytest.fixture(scope="module")
def rules():
    return build_detector(MarksNothing())


def paper(text):
    return assemble([Found(SegmentKind.TEXT, Place("text"), text, body=True)])


def found(text, detector, *names):
    document = paper(text)
    return [
        (document.by_id[f.segment].text[f.span.start : f.span.end], f.entity_type)
        for f in detect(document, Context(names=names), detector)
        if f.look_alike is None
    ]


CYRILLIC = str.maketrans("aeocpxyi", "аеосрхуі")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def bold(text):
    return "".join(chr(0x1D7CE + int(c)) if c.isdigit() else c for c in text)


def wide(text):
    return "".join(chr(ord(c) + 0xFEE0) if c != " " else c for c in text)


@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        ("Shаnісе", "Shanice"),
        ("Αnna Кent", "Anna Kent"),
        ("Ｓｈａｎｉｃｅ", "Shanice"),
        ("𝐒𝐡𝐚𝐧𝐢𝐜𝐞 𝘈𝘥𝘦", "Shanice Ade"),
        ("Ⓐⓓⓔ and ꜱʜᴀɴ", "Ade and shan"),
        ("Grifﬁths", "Griffiths"),
        ("Sha\u00adnice\u200d \u202bAde\u202c", "Shanice Ade"),
        ("A\u0336d\u0336e\u0336 \u0336B\u0336", "Ade B"),
        ("Adeo\u0301\u0323s\u0323un", "Adeọṣun"),
        ("Zoe\u0308", "Zoë"),
        ("Adeyemi¹, Oakes²³", "Adeyemi, Oakes"),
        ("①Ade", "Ade"),
        ("⁰⁷⁷⁰⁰", "07700"),
        ("٠٧٧٠٠ and ०७", "07700 and 07"),
        ("0️⃣7️⃣", "07"),
        ("O`Brien O´Brien OʼBrien O‘Brien", "O'Brien O'Brien O'Brien O'Brien"),
        ("Smith\u2011Jones", "Smith-Jones"),
        ("12–03–2024", "12-03-2024"),
        ("020–7946–0123, 07700–900 123", "020-7946-0123, 07700-900 123"),
        ("a\u00a0b\u2009c\u202fd", "a b c d"),
        ("Ade\u2028Oakes\u000bLind\u000cBell", "Ade\nOakes\nLind\nBell"),
    ],
)
def test_odd_letters_are_read_as_what_they_stand_for(odd, plain):
    assert normalise(odd).text == plain


@pytest.mark.parametrize(
    "text",
    [
        "Аня пошла в школу, а мама осталась дома",  # Russian
        "Она сказала: «Сара» (she said it twice)",  # a Russian name in a Russian line
        "Η Άννα πήγε στο σχολείο",  # Greek
        "aged 9–12, Mon–Fri, pages 30–45, 2019–2020, 010–12",
        "‘We’ and ’tis and the dogs’ home",
        "Zoë Núñez, Łukasz, Ngũgĩ, Hạnh",
        "½ a day; Signs of Safety™",
    ],
)
def test_what_is_not_odd_stays(text):
    assert normalise(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "I saw Shаnісе, Zoe\u0308, Ef\ufb01e and ⁰⁷⁷⁰⁰ today",
        "\u202bA\u00adde\u202c\u2028B\u0336\u0301o 0️⃣7️⃣ ①② 12–03–2024",
        unicodedata.normalize("NFD", "Nguyễn Thị Hạnh rang Ọlábísí Adéọ̀ṣun"),
    ],
)
def test_every_letter_points_at_what_it_stands_for(text):
    normal = normalise(text)
    spans = [normal.raw(at, at + 1) for at in range(len(normal.text))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.start <= other.start and one.end <= other.end for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("jo.ade@example.org".translate(CYRILLIC), EntityType.EMAIL_ADDRESS),
        (wide("jo.ade@example.org"), EntityType.EMAIL_ADDRESS),
        ("jo\u200b.ade@exam\u00adple.org", EntityType.EMAIL_ADDRESS),
        ("07700 900123".translate(ARABIC), EntityType.PHONE_NUMBER),
        ("07700 900123".translate(RAISED), EntityType.PHONE_NUMBER),
        (bold("07700 900123"), EntityType.PHONE_NUMBER),
        (wide("07700 900123"), EntityType.PHONE_NUMBER),
        ("07700\u202f900\u2009123", EntityType.PHONE_NUMBER),
        ("020–7946–0123", EntityType.PHONE_NUMBER),
        ("077\u200d00 900\u00ad123", EntityType.PHONE_NUMBER),
        ("943\u00a0476\u00a05919", EntityType.NHS_NUMBER),
        ("943–476–5919", EntityType.NHS_NUMBER),
        ("ＬＮ17 ХНV", EntityType.VEHICLE_REGISTRATION),
        ("ВD1 9ZQ", EntityType.POSTCODE),
    ],
)
def test_numbers_and_addresses_in_odd_letters_are_found_as_they_are_written(rules, written, kind):
    assert found(f"It is {written} now.", rules) == [(written, kind)]


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("Zoë Quill", unicodedata.normalize("NFD", "Zoë")),
        (unicodedata.normalize("NFD", "Zoë Quill"), "Zoë"),
        ("Adeyemi", "Аdеуеmі"),
        ("Adeyemi", "𝐀𝐝𝐞𝐲𝐞𝐦𝐢"),
        ("Adeyemi", "Ade\u00adye\u200dmi"),
        ("Grifﬁths", "Griffiths"),
        ("Siobhan O'Brien", "O´Brien"),
    ],
)
def test_a_known_name_is_found_in_odd_letters(rules, known, written):
    assert found(f"Then {written} came.", rules, known) == [(written, EntityType.PERSON)]


def test_the_mark_of_a_note_is_no_part_of_a_name(rules):
    assert found("Then Adeyemi¹ came.", rules, "Adeyemi") == [("Adeyemi", EntityType.PERSON)]


def test_a_number_is_found_without_the_word_before_it(rules):
    assert found("Ring 07700 900123.", rules) == [("07700 900123", EntityType.PHONE_NUMBER)]


def test_names_are_compared_as_they_are_read():
    assert fold("Shа\u00adnісе") == fold("SHANICE")


def test_listed_words_are_found_in_odd_letters():
    document = paper("We met Zoe\u0308 and Shаnісе.")
    spans = [span for word in ("zoë", "Shanice") for _, span in find_words(document, word)]
    assert [document.text[s.start : s.end] for s in spans] == ["Zoe\u0308", "Shаnісе"]


def test_short_names_in_capitals_are_the_people_named_in_full(rules):
    document = paper("AMY CAME. AMY KHAN LEFT. ZOË SAT.")
    numbers = [f.person for f in detect(document, Context(names=("Amy Khan", "Zoë Reed")), rules)]
    assert numbers[0] == numbers[1] != numbers[2]


@pytest.mark.parametrize("piece", ["е", "e\u0301", "–1", "²", "aе ", "\u0301", "\u200b", "٣"])
def test_reading_odd_letters_takes_linear_time(piece):
    start = time.process_time()
    normalise(piece * (100_000 // len(piece)))
    assert time.process_time() - start < 2
