"""EML: a message's headers, its text, its formatted copy, and what is attached, read in turn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser

from models.document import Found, Place, SegmentKind
from models.ledger import LedgerLine
from models.upload import Received
from pipeline.limits import Limits
from pipeline.readers.html_text import html_texts
from pipeline.readers.strands import Piece, Strand, account
from pipeline.readers.text import tell_encoding
from pipeline.refusals import Refusal

_KNOWN = frozenset(
    {
        "from",
        "to",
        "cc",
        "bcc",
        "reply-to",
        "sender",
        "subject",
        "date",
        "received",
        "message-id",
        "return-path",
    }
)
_WORD = re.compile(r"\w+")
_MADE_BOUNDARY = re.compile(r'\bboundary\s*=\s*(?:"[^"\d]*\d[^"]*"|[^\s;"\d]*\d[^\s;"]*)', re.IGNORECASE)
"""What parts the parts of a message: a program's number, and nobody's. Written by hand it is read."""

_ENDING = re.compile(r'(name=(?:"[^"]*|[^\s;"]*))\.\w{1,5}(?=["\s;]|$)', re.IGNORECASE)
"""The ending of an attached file's name: it names a program's kind of file."""

_MIME_REMARK = "This is a multi-part message in MIME format."


def read_eml(received: Received, limits: Limits) -> tuple[list[Found], list[LedgerLine]]:  # noqa: ARG001
    """Read a message: what it says is the body, its headers stand beside it."""
    mail = open_mail(received.untrusted_bytes)
    strands = [*mail.body, *mail.beside]
    if not strands and not mail.files:
        raise Refusal.DAMAGED.error()
    return [*(s.found() for s in strands), *mail.files], account(strands)


def open_mail(untrusted: bytes) -> Mail:
    """Take a message apart."""
    mail = Mail()
    mail.take(BytesParser(policy=policy.compat32).parsebytes(untrusted))
    return mail


class Mail:
    """The parts of one message, gathered."""

    def __init__(self) -> None:
        self.body: list[Strand] = []
        self.beside: list[Strand] = []
        self.files: list[Found] = []
        self._numbers: Counter[str] = Counter()

    def take(self, part: Message) -> None:
        """Take up a message or one of its parts with all parts inside it."""
        for name, value in part.raw_items():
            place = f"mail header {name}" if name.casefold() in _KNOWN else "mail header"
            words = _ENDING.sub(r"\1", _MADE_BOUNDARY.sub("", _decoded(value)))
            self._tell(SegmentKind.MAIL_HEADER, "mail headers", place, words)
        if part.get_content_type() == "message/rfc822":
            for inner in _parts(part):
                self._attach(f"{self._number('message')}.eml", inner.as_bytes())
        elif part.is_multipart():
            self._take_parts(part)
        else:
            self._take_leaf(part, is_formatted_copy=False)

    def _take_parts(self, part: Message) -> None:
        for remark in (part.preamble, part.epilogue):
            if remark and remark.strip() and remark.strip() != _MIME_REMARK:
                group = "text between the parts of the message"
                self._tell(SegmentKind.OTHER, group, group, remark)
        has_plain = part.get_content_subtype() == "alternative" and any(
            p.get_content_type() == "text/plain" for p in _parts(part)
        )
        for inner in _parts(part):
            if has_plain and inner.get_content_type() == "text/html":
                self._take_leaf(inner, is_formatted_copy=True)
            else:
                self.take(inner)

    def _take_leaf(self, part: Message, *, is_formatted_copy: bool) -> None:
        content = part.get_payload(decode=True)
        untrusted = content if isinstance(content, bytes) else b""
        name = _decoded(part.get_filename() or "")
        kind = part.get_content_type()
        if name or part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            self._attach(name, untrusted)
        elif kind == "text/plain":
            self._tell_body(_text_of(part, untrusted))
        else:
            self._take_page(_text_of(part, untrusted), is_formatted_copy=is_formatted_copy)

    def _take_page(self, page: str, *, is_formatted_copy: bool) -> None:
        texts = html_texts(page)
        for is_picture, content in texts.files:
            if is_picture:
                place = Place(f"{self._number('picture')} in the formatted text")
                self.files.append(Found(SegmentKind.IMAGE_TEXT, place, "", untrusted_file=content))
            else:
                self._attach("", content)
        if not is_formatted_copy:
            self._tell_body(texts.shown)
        elif more := _said_only_here(texts.shown, "\n".join(s.text for s in self.body)):
            self._tell(SegmentKind.OTHER, "formatted copy of the text", "formatted copy of the text", more)
        for kind, text in texts.beside:
            self._tell(kind, "unseen parts of the formatted text", "formatted text", text)

    def _attach(self, name: str, untrusted: bytes) -> None:
        if untrusted:
            place = Place(self._number("attachment"))
            self.files.append(Found(SegmentKind.ATTACHMENT, place, name, untrusted_file=untrusted))

    def _tell_body(self, text: str) -> None:
        place = Place(self._number("text part"))
        self.body.append(Strand(SegmentKind.TEXT, "text of the message", place, [Piece(text)], body=True))

    def _tell(self, kind: SegmentKind, group: str, place: str, text: str) -> None:
        self.beside.append(Strand(kind, group, Place(place), [Piece(text)]))

    def _number(self, what: str) -> str:
        self._numbers[what] += 1
        return f"{what} {self._numbers[what]}"


def _parts(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    yield from (p for p in payload if isinstance(p, Message)) if isinstance(payload, list) else ()


def _decoded(value: object) -> str:
    """Return a header's words; one that cannot be decoded stays as it stands."""
    text = _in_letters(str(value))
    try:
        return str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, ValueError):
        return text


def _in_letters(raw: str) -> str:
    """Return a header as it was meant where its bytes are letters that the format does not know."""
    untrusted = raw.encode("utf-8", "surrogateescape")
    return raw if raw.isascii() else untrusted.decode(tell_encoding(untrusted), "replace")


def _text_of(part: Message, untrusted: bytes) -> str:
    charset = part.get_content_charset()
    try:
        return untrusted.decode(charset or "utf-8")
    except (LookupError, ValueError):
        return untrusted.decode(tell_encoding(untrusted)) if untrusted else ""


def _said_only_here(formatted: str, plain: str) -> str:
    """Return the lines of a formatted copy that hold a word which the plain text does not."""
    known = set(_WORD.findall(plain.casefold()))
    lines = (line for line in formatted.split("\n") if not known.issuperset(_WORD.findall(line.casefold())))
    return "\n".join(lines)
