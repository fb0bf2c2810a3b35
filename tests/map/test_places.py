"""Quotes: verbatim in the redacted text, placed in the document text."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document import Found, Place, SegmentKind, assemble
from models.redaction import Redaction, Replacement
from models.standards import Band, Quote
from models.text import Span
from pipeline.map import build_candidate
from pipeline.map_places import Places
from rules.standards import load_standard_files

SWE = load_standard_files()["swe-4"]


def _document(*texts):
    return assemble(
        [Found(SegmentKind.PARAGRAPH, Place(f"paragraph {n}"), t, body=True) for n, t in enumerate(texts)]
    )


def _redact(document, *replaced):
    """Replace words by labels, each given as segment number, word, label."""
    replacements, text = [], document.text
    for number, word, label in replaced:
        segment = document.segments[number]
        start = segment.text.index(word)
        replacements.append(Replacement(segment.id, Span(start, start + len(word)), label))
        text = text.replace(word, label)
    return Redaction(text, tuple(replacements))


DOCUMENT = _document("Jayden told me to slow down.", "I did, and Mrs Akhtar saw it.")
REDACTION = _redact(DOCUMENT, (0, "Jayden", "[Child A]"), (1, "Mrs Akhtar", "[name 1]"))


def test_a_quote_has_the_documents_place_and_the_redacted_words():
    places = Places(DOCUMENT, REDACTION)
    start = places.text.index("I did")
    quote = places.quote(Span(start, len(places.text)))
    assert quote.text == "I did, and [name 1] saw it."
    assert DOCUMENT.text[quote.span.start : quote.span.end] == "I did, and Mrs Akhtar saw it."


def test_a_label_that_a_quote_cuts_is_quoted_whole():
    quote = Places(DOCUMENT, REDACTION).quote(Span(3, 20))
    assert quote.text.startswith("[Child A]")
    assert quote.span.start == 0


def test_a_text_that_is_not_the_document_redacted_is_refused():
    with pytest.raises(ValueError, match="not the document"):
        Places(DOCUMENT, replace(REDACTION, text=REDACTION.text + "!"))


@pytest.mark.parametrize(
    "quote",
    [
        Quote(Span(0, 28), "Jayden told me to slow down."),  # unredacted words
        Quote(Span(1, 28), "[Child A] told me to slow down."),  # a place inside what was replaced
        Quote(Span(0, 27), "[Child A] told me to slow down."),  # one short
        Quote(Span(0, 28), "[Child A] told me to slow"),
        Quote(Span(0, 28), "[Child A] said I should slow down."),  # in other words
        Quote(Span(900, 928), "[Child A] told me to slow down."),
    ],
)
def test_a_candidate_whose_quote_does_not_stand_at_its_place_cannot_be_made(quote):
    places = Places(DOCUMENT, REDACTION)
    with pytest.raises(ValueError, match="does not stand at its place"):
        build_candidate(places, SWE.standard, SWE.guides[0], Band.POSSIBLE, (quote,), [])


def test_a_candidate_with_a_true_quote_can():
    places = Places(DOCUMENT, REDACTION)
    quote = Quote(Span(0, 28), "[Child A] told me to slow down.")
    candidate = build_candidate(places, SWE.standard, SWE.guides[0], Band.POSSIBLE, (quote,), [])
    assert candidate.quotes == (quote,)


def test_a_candidate_without_a_quote_or_of_an_unknown_part_cannot_be_made():
    places = Places(DOCUMENT, REDACTION)
    with pytest.raises(ValueError, match="needs a quote"):
        build_candidate(places, SWE.standard, SWE.guides[0], Band.POSSIBLE, (), [])
    with pytest.raises(ValueError, match="has no part 9"):
        build_candidate(places, SWE.standard, replace(SWE.guides[0], part="9"), Band.POSSIBLE, (), [])


@given(st.data())
def test_every_quote_stands_at_its_place(data):
    words = data.draw(
        st.lists(st.sampled_from(["Ann", "went", "to", "Leeds", "\n", "and"]), min_size=1, max_size=12)
    )
    text = " ".join(words)
    document = _document(text)
    spans = [(m, m + len(w)) for w in ("Ann", "Leeds") for m in range(len(text)) if text.startswith(w, m)]
    labels = {span: data.draw(st.sampled_from(["[A]", "[a long label]", "[x]"])) for span in sorted(spans)}
    pieces, at = [], 0
    for (start, end), label in labels.items():
        pieces += [text[at:start], label]
        at = end
    redacted = "".join([*pieces, text[at:]])
    replacements = tuple(Replacement("s1", Span(*span), label) for span, label in labels.items())
    places = Places(document, Redaction(redacted, replacements))
    start = data.draw(st.integers(0, len(redacted) - 1))
    end = data.draw(st.integers(start + 1, len(redacted)))
    quote = places.quote(Span(start, end))
    assert places.redacted(quote.span) == quote.text
    assert redacted[start:end] in quote.text
