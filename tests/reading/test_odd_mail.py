"""Odd messages, calendar entries and visiting cards: a name is read, or its place is named as not read."""

from __future__ import annotations

import base64

import pytest

from models.document import SegmentKind
from models.ledger import LedgerState
from models.upload import Extraction, FileKind, Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import Limits
from pipeline.redactors.table import file_copy
from tests.redacting.removing import removing

HEAD = "From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\n"

EVENT = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
    "ATTENDEE;CN=Zebedee Qu\r\n illon;ROLE=CHAIR:mailto:z@example.org\r\n"
    'ORGANIZER;CN="Lee: Sam":mailto:s@example.org\r\n'
    "SUMMARY:Visit\\, then lu\r\n\tnch\\nwith Sam\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
CARD = (
    "begin:vcard\r\nN;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:=51uillon;Zo=C3=\r\n=AB\r\n"
    "PHOTO;ENCODING=BASE64;TYPE=JPEG:\r\n " + base64.b64encode(b"We met Wexcombe.").decode() + "\r\n"
    "LOGO:data:image/png;base64,Wk\r\nEND:VCARD\r\n"
)


def read(content: str, name: str = "a.eml") -> Extraction:
    return extract(intake(Upload(name, content.encode()), Limits()), Limits())


_EVENT_SAYS = """BEGIN:VCALENDAR
BEGIN:VEVENT
ATTENDEE;CN=Zebedee Quillon;ROLE=CHAIR:mailto:z@example.org
ORGANIZER;CN="Lee: Sam":mailto:s@example.org
SUMMARY:Visit, then lunch with Sam
END:VEVENT
END:VCALENDAR"""

_CARD_SAYS = """begin:vcard
N;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:Quillon;Zoë
PHOTO;ENCODING=BASE64;TYPE=JPEG
LOGO
END:VCARD"""


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (EVENT, _EVENT_SAYS),
        (CARD, _CARD_SAYS),
        ("BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:Sa=", "BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:Sa"),
        ('BEGIN:VCARD\nN;"unended:Sam', 'BEGIN:VCARD\nN;"unended:Sam'),
    ],
)
def test_lines_of_cards_are_unfolded_and_decoded(content: str, text: str):
    extraction = read(content, "a.ics")
    assert extraction.kind is FileKind.CARD
    assert extraction.document.text == text


def test_a_value_s_end_joins_no_other_line():
    text = read("BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:Sa=\nm\nX:a=\nY:b", "a.vcf").document.text
    assert text == "BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:Sam\nX:a=\nY:b"


def test_what_is_packed_into_a_card_is_read_in_turn_or_named():
    extraction = read(CARD, "a.vcf")
    said = {s.place.name: s.text for s in extraction.document.segments}
    assert said["file 1 in it: the text"] == "We met Wexcombe."
    unread = [line.place for line in extraction.ledger.lines if line.state is LedgerState.NOT_READ]
    assert unread == []
    assert said["file 2 in it: the text"] == "Wk"  # no base64, and so told as it stands


def test_a_text_that_begins_like_a_card_stays_a_text():
    assert read(EVENT, "a.txt").document.text == EVENT


def test_a_card_is_redacted_to_a_text():
    received = intake(Upload("a.vcf", CARD.encode()), Limits())
    document = extract(received, Limits()).document
    copy = file_copy(received, document, removing(document, ["Quillon", "Wexcombe"]), Limits())
    assert copy.ending == ".txt"
    assert "[Person 1];Zoë" in copy.data.decode()
    assert base64.b64encode(b"We met").rstrip(b"=") not in copy.data


_PAGE = "Content-Type: text/html\r\n\r\n"
_PICTURE = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        ("Subject: Zoë Quillon\r\n\r\nhi", "Zoë Quillon", SegmentKind.MAIL_HEADER),
        (
            "Subject: =?utf-8?q?Zo=C3?=\r\n =?utf-8?q?=AB?= Quillon\r\n\r\nhi",
            "Quillon",
            SegmentKind.MAIL_HEADER,
        ),
        ("Content-Type: text/calendar\r\n\r\n" + EVENT, "Zebedee Quillon", SegmentKind.ATTACHMENT),
        (_PAGE + "<!--[if mso]><p>Quillon</p><![endif]--><p>a</p>", "Quillon", SegmentKind.OTHER),
        (_PAGE + "<p>a</p><!-- Quillon -->", "Quillon", SegmentKind.OTHER),
        (_PAGE + "<body onload='x(\"Quillon\")'>", "Quillon", SegmentKind.OTHER),
        (_PAGE + "<table summary='Quillon'></table>", "Quillon", SegmentKind.OTHER),
        (_PAGE + "<p data-who='Quillon' lang=en>a</p>", "Quillon", SegmentKind.OTHER),
        (_PAGE + "<a href='data:text/plain,Met%20Quillon'>x</a>", "Met Quillon", SegmentKind.ATTACHMENT),
        (
            _PAGE + "<a href='data:text/plain;base64,TWV0IFF1aWxsb24='>x</a>",
            "Met Quillon",
            SegmentKind.ATTACHMENT,
        ),
    ],
)
def test_a_name_in_an_odd_place_of_a_message_is_read(content: str, name: str, kind: SegmentKind):
    extraction = read(HEAD + content)
    assert kind in [s.kind for s in extraction.document.segments if name in s.text]


def test_a_picture_packed_into_the_formatted_text_is_read_in_turn():
    page = f'{HEAD}{_PAGE}<p>Hello</p><img src="data:image/png;base64,{_PICTURE}">'
    extraction = read(page)
    lines = [line.place for line in extraction.ledger.lines if line.state is LedgerState.NOT_READ]
    assert lines == ["picture 1 in the formatted text"]
    assert not any(_PICTURE in s.text for s in extraction.document.segments)
    received = intake(Upload("a.eml", page.encode()), Limits())
    copy = file_copy(received, extraction.document, removing(extraction.document, ["Sam"]), Limits())
    assert b"left out" not in copy.data


def test_words_of_the_layout_are_not_told():
    texts = read(
        HEAD + _PAGE + "<table class=MsoNormal border=none xmlns:o='urn:office'><p>a</p>"
    ).document.segments
    assert [s.text for s in texts if s.place.name == "formatted text"] == []


@pytest.mark.parametrize(
    ("boundary", "is_read"),
    [
        ('"===============2906132818847391851=="', False),
        ('"----=_NextPart_000_0012_01D8A3C4.5F6B7A80"', False),
        ("000000000000b5c3d505f1e2a3b4", False),
        ('"Zebedee Quillon"', True),
        ("Quillon", True),
    ],
)
def test_what_a_program_puts_between_parts_is_nobody_s_number(boundary: str, *, is_read: bool):
    words = boundary.strip('"')
    head = f"Content-Type: multipart/mixed; boundary={boundary}; x=Wexcombe\r\n\r\n"
    parts = f"--{words}\r\nContent-Type: text/plain\r\n\r\nWe met.\r\n--{words}--\r\n"
    told = [s.text for s in read(HEAD + head + parts).document.segments if s.kind is SegmentKind.MAIL_HEADER]
    assert any(words in text for text in told) is is_read
    assert any("Wexcombe" in text for text in told)


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ('filename="Wexcombe visit.jpg"', 'filename="Wexcombe visit"'),
        ("name=Wexcombe.visit.docx; a=b.c", "name=Wexcombe.visit; a=b.c"),
        ('filename="Wexcombe"', 'filename="Wexcombe"'),
        ('filename="Dr. Wexcombe"', 'filename="Dr. Wexcombe"'),
    ],
)
def test_the_ending_of_an_attached_file_s_name_is_nobody_s_name(named: str, told: str):
    document = read(f"{HEAD}Content-Disposition: attachment; {named}\r\n\r\nhi").document
    assert f"attachment; {told}" in [s.text for s in document.segments]
