"""A made-up check of one file, with every kind of thing that can be shown."""

from cli.checked import Checked
from models.document import Document, Found, Place, SegmentKind, assemble
from models.entry import DocumentStatus
from models.errors import Reason, ReasonCode
from models.findings import EntityType, Finding, Judgement, LookAlike, Role, Verdict
from models.ledger import Ledger, LedgerLine, LedgerState, ObjectKind
from models.redaction import LabelBook, Redaction, Replacement
from models.results import Outcome, Results, Versions
from models.standards import Band, Candidate, PartScore, Quote
from models.text import Span
from models.warnings import Grade, Spot, Warning  # noqa: A004

BODY = "I met Ann <b>Ó Sé</b> & wrote.\nGibbs helped. \u202eesrever\x1b[31m"
COMMENT = "Ask Ann."


def document() -> Document:
    return assemble(
        [
            Found(SegmentKind.PARAGRAPH, Place("paragraph 1"), BODY, body=True),
            Found(SegmentKind.COMMENT, Place("comment 1"), COMMENT),
        ],
        "utf-8",
    )


def finding(segment: str, text: str, words: str, role: Role = Role.SUPPORTED) -> Finding:
    start = text.index(words)
    return Finding(segment, Span(start, start + len(words)), EntityType.PERSON, 0.9, "tagger", role, person=1)


def warning(
    *findings: int,
    code: str = "name_supported",
    verdict: Verdict = Verdict.BLOCK,
    spots: tuple[Spot, ...] = (),
) -> Warning:
    return Warning(
        code,
        "A name",
        "paragraph 1 and 1 more place",
        "It tells who.",
        'Write "Child A".',
        findings,
        Grade.HIGH,
        verdict,
        spots,
    )


def results(outcome: Outcome = Outcome.BLOCKED) -> Results:
    names = [finding("s1", BODY, "Ann <b>Ó Sé</b>"), finding("s2", COMMENT, "Ann")]
    gibbs = Finding("s1", Span(31, 36), EntityType.PERSON, 0.8, "citation", look_alike=LookAlike.THEORIST)
    return Results(
        key="k",
        outcome=outcome,
        document=document(),
        ledger=Ledger(
            (
                LedgerLine(SegmentKind.PARAGRAPH, "paragraphs", 1, LedgerState.READ),
                LedgerLine(
                    ObjectKind.IMAGE, "pictures", 2, LedgerState.NOT_READ, "pictures are not read yet"
                ),
            )
        ),
        judgements=tuple(Judgement(n, Verdict.BLOCK, "direct", "It names someone.") for n in names),
        allowed=(Judgement(gibbs, Verdict.ALLOW, "theorist", "An author."),),
        warnings=(
            warning(0, 1),
            warning(code="jigsaw_low", verdict=Verdict.WARN),
            warning(code="offence", verdict=Verdict.WARN, spots=(Spot("s1", Span(37, 43)),)),
        ),
        redaction=Redaction(
            BODY.replace("Ann <b>Ó Sé</b>", "[Person A]"), (Replacement("s1", names[0].span, "[Person A]"),)
        ),
        candidates=(
            Candidate(
                "swe-4",
                "4.6",
                Band.STRONG,
                (Quote(Span(0, 30), "I met [Person A] & wrote."),),
                "It reflects.",
            ),
        ),
        versions=Versions("r1", "m1", "c1"),
        labels=LabelBook(),
        scores=(PartScore("4.6", (2.0, 1.0, 3.5), 0.9, Band.STRONG), PartScore("4.1", (-3.0, 0.0, 3.5), 0.1)),
    )


READY = Checked("a <file>.docx", DocumentStatus.READY, results())
REFUSED = Checked(
    "b.pdf",
    DocumentStatus.REFUSED,
    reason=Reason(ReasonCode.NEEDS_PASSWORD, "It needs a password.", "Save it without."),
)
FAILED = Checked("c.txt", DocumentStatus.FAILED, fault="ValueError at pipeline/detect.py:1")
