"""One Presidio engine over our recognizers, and what its answers mean to us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine
from spacy.tokens import Doc
from spacy.vocab import Vocab

from models.findings import EntityType, LookAlike, Role
from pipeline.claims import Claim
from pipeline.tagger_windows import passages

LANGUAGE = "en"
PASSAGE = 12_000
"""Longest passage given to the engine at once: what it costs per finding grows with their number."""

OVERLAP = 300
"""Code points read twice where a passage could not be cut at a blank line."""

CLAIM = "claim"
"""Under which key a result carries the claim that it was made of."""


class _PlainText(NlpEngine):
    """Presidio's language step, left out: the token classifier reads word pieces of its own."""

    def load(self) -> None:
        """Load nothing."""

    def is_loaded(self) -> bool:
        """Be ready at once."""
        return True

    def process_text(self, text: str, language: str) -> NlpArtifacts:  # noqa: ARG002  (the base's signature)
        """Give a text without language facts."""
        return NlpArtifacts([], Doc(Vocab()), [], [], None, language)

    def process_batch(
        self,
        texts: Iterable[str],
        language: str,
        batch_size: int = 1,  # noqa: ARG002
        n_process: int = 1,  # noqa: ARG002
        **_: object,
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        """Give texts without language facts."""
        return ((text, self.process_text(text, language)) for text in texts)

    def is_stopword(self, word: str, language: str) -> bool:  # noqa: ARG002
        """Know no stop words."""
        return False

    def is_punct(self, word: str, language: str) -> bool:  # noqa: ARG002
        """Know no punctuation."""
        return False

    def get_supported_entities(self) -> list[str]:
        """Find nothing itself."""
        return []

    def get_supported_languages(self) -> list[str]:
        """Speak English."""
        return [LANGUAGE]


class _NoBoost(ContextAwareEnhancer):
    """Leaves scores alone: our cue words stand inside the patterns."""

    def __init__(self) -> None:
        super().__init__(0.0, 0.0, 0, 0)

    def enhance_using_context(
        self,
        text: str,  # noqa: ARG002
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,  # noqa: ARG002
        recognizers: list[EntityRecognizer],  # noqa: ARG002
        context: list[str] | None = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """Return the results as they are."""
        return raw_results


def build_engine(recognizers: Sequence[EntityRecognizer]) -> AnalyzerEngine:
    """Put recognizers under one Presidio engine: none of its own, no network, no log of texts."""
    return AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=list(recognizers), supported_languages=[LANGUAGE]),
        nlp_engine=_PlainText(),
        supported_languages=[LANGUAGE],
        context_aware_enhancer=_NoBoost(),
        log_decision_process=False,
    )


def result_of(claim: Claim, recognizer: EntityRecognizer) -> RecognizerResult:
    """Write a claim as Presidio's result.

    The entity's name holds role and look-alike too, so that the engine never takes
    two claims that differ in them for duplicates.
    """
    return RecognizerResult(
        entity_type="/".join((claim.entity_type, claim.role, claim.look_alike or "")),
        start=claim.start,
        end=claim.end,
        score=claim.score,
        recognition_metadata={
            RecognizerResult.RECOGNIZER_NAME_KEY: claim.recognizer,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: recognizer.id,
            CLAIM: claim,
        },
    )


def entity_names(types: Iterable[EntityType]) -> list[str]:
    """List the names under which a recognizer may report entities of some types."""
    reasons = ("", *LookAlike)
    return [f"{kind}/{role}/{reason}" for kind in types for role in Role for reason in reasons]


def claims_in(text: str, engine: AnalyzerEngine) -> list[Claim]:
    """Ask every recognizer about a text of any length, passage by passage.

    The time grows with the length only, and so does nothing else: the engine never
    sees more than one passage.
    """
    claims: dict[Claim, None] = {}
    for start, end in _passages(text):
        for result in engine.analyze(text[start:end], LANGUAGE):
            claim: Claim = result.recognition_metadata[CLAIM]
            claims[_shifted(claim, start)] = None
    return list(claims)


def _passages(text: str) -> Iterator[tuple[int, int]]:
    """Divide a text, reading a little twice where it could not be divided between paragraphs."""
    for start, end in passages(text, PASSAGE):
        is_between = not start or text[max(0, start - 2) : start].strip() == ""
        yield (start if is_between else _word_start(text, start - OVERLAP)), end


def _word_start(text: str, at: int) -> int:
    """Return the next place at or after `at` where a word begins, if one is near."""
    space = text.find(" ", at, at + OVERLAP)
    return at if space < 0 else space + 1


def _shifted(claim: Claim, by: int) -> Claim:
    """Count a claim from the start of the whole text."""
    if not by:
        return claim
    return replace(claim, start=claim.start + by, end=claim.end + by)
