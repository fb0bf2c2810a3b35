"""A tiny line and a queue in memory: working twins for tests of the service around the line."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Iterable

from models.document import Document, Found, Place, SegmentKind, assemble
from models.errors import DocumentError, ReasonCode
from models.findings import EntityType, Finding, Judgement, Role, Verdict
from models.ledger import Ledger, LedgerLine, LedgerState, ObjectKind
from models.redaction import FileCopy, LabelBook, Redaction, Replacement
from models.results import Assessment, Context, Results, Versions
from models.scan import ScanLine, ScannedPage
from models.standards import Band, Candidate, Mapping, MappingNote, PartScore, Quote
from models.text import Span
from models.upload import Extraction, FileKind, Upload
from models.warnings import Grade, Warning  # noqa: A004  (the domain's word)
from pipeline.attach import attach
from pipeline.limits import Limits
from pipeline.readers.scans import UNREAD
from storage.jobs import Job
from workers.queue import QueueUnavailableError
from workers.stages import Bench, work

VERSIONS = Versions("tiny-rules", "tiny-model", "tiny-code")
NAME = re.compile(r"\bZeb[a-z]*\b")
PLACE = re.compile(r"\bQuaymouth\b")


class TinyLine:
    """Reads UTF-8 and finds two kinds of word: names that begin with Zeb, and one town."""

    def read(self, upload: Upload, _limits: Limits) -> Extraction:
        untrusted = upload.untrusted_bytes
        if not untrusted:
            raise DocumentError(ReasonCode.EMPTY, "The file is empty.", "Send the file again.")
        if untrusted.startswith(b"CRASH"):
            raise RuntimeError("a defect of ours, with words of the document: " + untrusted.decode())
        text = untrusted.decode()
        page = 1 if _pictures(text) else None
        found = [Found(SegmentKind.TEXT, Place("text", page), text.split("<picture")[0], body=True)]
        lines = [LedgerLine(SegmentKind.TEXT, "text", 1, LedgerState.READ)]
        lines += [
            LedgerLine(ObjectKind.IMAGE, f"page {page}", 1, LedgerState.NOT_READ, UNREAD, page)
            for page in _pictures(text)
        ]
        ledger = Ledger(tuple(lines))
        sha256 = hashlib.sha256(untrusted).hexdigest()
        return Extraction(upload.file_name, sha256, FileKind.TEXT, assemble(found), ledger)

    def scan(self, upload: Upload, page: int, _limits: Limits) -> ScannedPage | None:
        """Read the picture of a page: the words behind `<picture N>` in the text, if there are any."""
        words = _pictures(upload.untrusted_bytes.decode())[page]
        if words.startswith("CRASH"):
            raise RuntimeError("a defect of ours")
        line = ScanLine(words, 0.1, 0.1, 0.9, 0.2, 0.99)
        return ScannedPage(page, ((line,),), 0) if words else None

    def copy(
        self, upload: Upload, document: Document, redaction: Redaction, _limits: Limits
    ) -> FileCopy | None:
        """Make a copy of the text; none of one that says that it cannot be redacted."""
        del document
        return None if b"STUBBORN" in upload.untrusted_bytes else FileCopy(".txt", redaction.text.encode())

    def check(self, extraction: Extraction, context: Context) -> Results:
        judgements = tuple(_judgements(extraction, context))
        book = dict(context.labels.labels)
        document = extraction.document
        replacements = []
        for judgement in judgements:
            span = judgement.finding.span
            word = document.by_id[judgement.finding.segment].text[span.start : span.end].lower()
            book.setdefault(word, f"[person {len(book) + 1}]")
            replacements.append(Replacement(judgement.finding.segment, span, book[word]))
        redaction = Redaction(NAME.sub("[hidden]", document.text), tuple(replacements))
        assessment = Assessment(judgements, (), _warnings(judgements))
        labels = LabelBook(tuple(book.items()))
        return attach(
            extraction, context, assessment, redaction, labels, _mapping(document.text, context), VERSIONS
        )


def _pictures(text: str) -> dict[int, str]:
    """Find the pages that are pictures: `<picture 2>words` is the second page."""
    return {int(page): words for page, words in re.findall(r"<picture (\d+)>([^<]*)", text)}


def _mapping(text: str, context: Context) -> Mapping:
    """Suggest the first part where the text speaks of feedback, and say why not where it does not."""
    place = text.find("feedback")
    shown = None if place < 0 else Band.POSSIBLE
    scores = (PartScore("4.1", (1.5, 1.0, 2.0), 0.6, shown), PartScore("4.2", (-3.0, 0.0, 2.0), 0.1))
    if place < 0:
        note = MappingNote("too_short", "Not enough here to suggest a part.", "Say what is different since.")
        return Mapping(context.standard, (), note, scores)
    quote = Quote(Span(place, place + 8), "feedback")
    candidate = Candidate(context.standard, "4.1", Band.POSSIBLE, (quote,), "It speaks of feedback.")
    return Mapping(context.standard, (candidate,), None, scores)


def _warnings(judgements):
    told = ("A name", "text", "It tells who is meant.", "Write what the person is to you.")
    return tuple(
        Warning("name", *told, (index,), Grade.HIGH, judged.verdict)
        for index, judged in enumerate(judgements)
    )


def _judgements(extraction, context):
    remembered = [re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE) for name in context.names]
    for segment in extraction.document.segments:
        spans = {m.span() for pattern in [NAME, *remembered] for m in pattern.finditer(segment.text)}
        for start, end in sorted(spans):
            finding = Finding(
                segment.id, Span(start, end), EntityType.PERSON, 0.9, "tiny", role=Role.SUPPORTED
            )
            yield Judgement(finding, Verdict.BLOCK, "tiny_name", "It names a person you support.")
        for match in PLACE.finditer(segment.text):
            finding = Finding(segment.id, Span(*match.span()), EntityType.LOCATION, 0.9, "tiny")
            yield Judgement(finding, Verdict.BLOCK, "tiny_place", "It says where.")


class HeldQueue:
    """Holds jobs in memory until somebody works them off. It can be away, as a broker can."""

    def __init__(self) -> None:
        self.jobs: deque[Job] = deque()
        self.is_away = False
        self.workers = 1

    def send(self, jobs: Iterable[Job]) -> None:
        self._answer()
        self.jobs.extend(jobs)

    def length(self, name: str) -> int:
        self._answer()
        return sum(job.stage.value == name for job in self.jobs)

    def listeners(self, _name: str) -> int:
        self._answer()
        return self.workers

    def work_off(self, bench: Bench) -> None:
        while self.jobs:
            self.send(work(bench, self.jobs.popleft()))

    def _answer(self) -> None:
        if self.is_away:
            raise QueueUnavailableError("the broker gave no answer")
