"""Detect: find personal data in every segment of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from presidio_analyzer import AnalyzerEngine

from models.document import Document
from models.findings import EntityType, Finding, Role
from models.results import Context
from pipeline.abroad import likely_abroad
from pipeline.ages import ages_after_names
from pipeline.authors import lived, titled
from pipeline.beside import addressed, beside
from pipeline.claims import SURE as TAGGER_NAME
from pipeline.claims import WEAK, Claim, Places, owned, settle
from pipeline.columns import named_in_columns
from pipeline.declared import Declared
from pipeline.doubt import doubted, own_cases
from pipeline.edges import shape
from pipeline.general import general
from pipeline.halves import whole
from pipeline.lines import one_name_each
from pipeline.made_up import declared
from pipeline.memory import Memory
from pipeline.office import without_posts
from pipeline.outside import beyond_endings, claims_by_kind
from pipeline.people import Cast
from pipeline.pets import Pets, pets
from pipeline.phrases import join
from pipeline.ratings import without_ratings
from pipeline.recognizers.engine import build_engine, claims_in
from pipeline.recognizers.table import TableRecognizer
from pipeline.recognizers.tagged import Reader, TaggerRecognizer
from pipeline.scraps import without_scraps
from pipeline.sheets import Sheet, sheets_of
from pipeline.tagger import Tagger
from pipeline.vote import Votes
from rules.lists.lists import load_list
from rules.recognizers.table import tables

TAGGER = Path(__file__).parent.parent / "rules" / "tagger"

Claims = tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Detector:
    """Everything that detection needs besides the document, loaded once per process."""

    engine: AnalyzerEngine
    ordinary: frozenset[str]
    acronyms: frozenset[str]
    columns: frozenset[str]


def load_detector() -> Detector:
    """Load the tables, the lists and the token classifier.

    Raises:
        FileNotFoundError: The classifier's files are missing.
    """
    return build_detector(Tagger.load(TAGGER))


def build_detector(tagger: Reader) -> Detector:
    """Put a detector together around a classifier, or around a record of one."""
    recognizers = [*(TableRecognizer(table) for table in tables()), TaggerRecognizer(tagger)]
    return Detector(
        engine=build_engine(recognizers),
        ordinary=load_list("words") | load_list("office_words"),
        acronyms=load_list("acronyms"),
        columns=load_list("person_columns"),
    )


def detect(document: Document, context: Context, detector: Detector) -> tuple[Finding, ...]:
    """Find personal data in every segment of a document.

    Where two findings overlap the surer one is kept, and of two equally sure the
    longer, so that no character is claimed twice. What only looks like personal data
    is among the findings, with the reason it is allowed.

    Returns:
        Findings in reading order. Empty when nothing was found, which is not proof
        that nothing is there: a person still reads the document.
    """
    sheets = sheets_of(document)
    whole_text = "\n".join(sheet.text for sheet in sheets)
    made_up, animals = declared(whole_text), pets(whole_text)
    claimed = [_claims(sheet, detector, made_up, animals) for sheet in sheets]
    claimed = _voted(sheets, claimed, detector)
    memory = _memory(sheets, claimed, context, detector)
    claimed = [_remembered(sheet, claims, memory) for sheet, claims in zip(sheets, claimed, strict=True)]
    named = _numbered(sheets, claimed, context)
    return tuple(f for sheet, claims in zip(sheets, named, strict=True) for f in sheet.findings(claims))


def _claims(sheet: Sheet, detector: Detector, made_up: Declared, animals: Pets) -> Claims:
    """Ask every recognizer about a sheet, and let the surer stand."""
    found = list(beyond_endings(one_name_each(claims_in(sheet.text, detector.engine), sheet), sheet))
    marked = [claim for claim in found if claim.recognizer == TAGGER_NAME]
    weak = [claim for claim in found if claim.recognizer == WEAK]
    others = [claim for claim in found if claim.recognizer not in (TAGGER_NAME, WEAK)]
    ruled = without_posts(others, marked, sheet.text)
    named = whole(join(marked, weak, sheet.text), weak, sheet.text)
    likely = likely_abroad(without_scraps(named, sheet.text), sheet.text)
    sure = own_cases(doubted(likely, sheet.text), sheet.text)
    sure = named_in_columns(lived(sure, sheet.text), sheet.text, detector.columns)
    shaped = (
        shape(claim, sheet.text) for claim in (*sure, *owned(titled(ruled, marked, sheet.text), marked))
    )
    settled = settle(
        (*without_ratings(shaped, sheet.text), *claims_by_kind(sheet), *made_up.claims(sheet.text)),
        sheet.text,
    )
    settled = tuple(animals.spared(addressed(beside(settled, sheet.text), sheet.text), sheet.text))
    settled = settle((*settled, *ages_after_names(settled, sheet.text)), sheet.text)
    return settle((*settled, *general(settled, sheet.text)), sheet.text)


def _voted(sheets: Sequence[Sheet], claimed: Sequence[Claims], detector: Detector) -> list[Claims]:
    """Let all mentions of a name decide what the classifier saw differently."""
    votes = Votes(detector.ordinary)
    for sheet, claims in zip(sheets, claimed, strict=True):
        votes.count(sheet.text, claims)
    return [tuple(votes.decide(sheet.text, claims)) for sheet, claims in zip(sheets, claimed, strict=True)]


def _memory(
    sheets: Sequence[Sheet], claimed: Sequence[Claims], context: Context, detector: Detector
) -> Memory:
    """Learn the names found in the document and in the entry's other documents."""
    memory = Memory(detector.ordinary, detector.acronyms)
    memory.learn(context.names)
    if context.own_name:
        memory.learn((context.own_name,))
    for sheet, claims in zip(sheets, claimed, strict=True):
        memory.learn(sheet.names(_people(claims)))
        memory.read_lists(sheet.text)
    return memory


def _people(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Keep the claims that name somebody."""
    return (c for c in claims if c.entity_type is EntityType.PERSON and c.look_alike is None)


def _remembered(sheet: Sheet, claims: Claims, memory: Memory) -> Claims:
    """Add what memory finds where nothing was found."""
    return settle((*claims, *memory.recall(sheet.text, Places(claims))), sheet.text)


def _numbered(sheets: Sequence[Sheet], claimed: Sequence[Claims], context: Context) -> list[list[Claim]]:
    """Give every mention of one person one number, and the practitioner's own the role `self`."""
    cast = Cast()
    for sheet, claims in zip(sheets, claimed, strict=True):
        cast.meet(sheet.names(_people(claims)))
    own = cast.number(context.own_name) if context.own_name else None
    pairs = zip(sheets, claimed, strict=True)
    return [[_number(sheet, claim, cast, own) for claim in claims] for sheet, claims in pairs]


def _number(sheet: Sheet, claim: Claim, cast: Cast, own: int | None) -> Claim:
    """Say whom one claim names."""
    if claim.entity_type is not EntityType.PERSON or claim.look_alike:
        return claim
    number = cast.number(sheet.text[claim.start : claim.end])
    role = Role.SELF if own is not None and number == own else claim.role
    return replace(claim, person=number, role=role)
