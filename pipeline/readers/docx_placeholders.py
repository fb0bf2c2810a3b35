"""Words that templates put where a person is to write: they are not content."""

from __future__ import annotations

_PHRASES = frozenset(
    {
        "[abstract]",
        "[author]",
        "[author name]",
        "[comments]",
        "[company]",
        "[company name]",
        "[date]",
        "[document subtitle]",
        "[document title]",
        "[keywords]",
        "[name]",
        "[pick the date]",
        "[publish date]",
        "[subject]",
        "[title]",
        "[type here]",
        "[type text]",
        "[type the document title]",
        "[your name]",
        "choose a building block.",
        "choose an item.",
        "click here to enter a date.",
        "click here to enter text.",
        "click or tap here to enter text.",
        "click or tap to enter a date.",
        "click to enter text.",
        "enter text here.",
        "type text here.",
    }
)


def is_placeholder(text: str) -> bool:
    """Tell whether a text is nothing but a phrase that a template put there."""
    folded = " ".join(text.casefold().split())
    return folded in _PHRASES or f"{folded}." in _PHRASES
