"""A word that is somebody's name in a text can be it again, in lower case or on a list of brands."""

import pytest

from models.findings import EntityType, LookAlike
from pipeline.claims import Claim
from pipeline.doubt import doubted


def kept(text: str, marked: dict[str, float]) -> list[str]:
    """Give the words that are still somebody's after doubt; each is marked where it stands last."""
    claims = [
        Claim(at, at + len(word), EntityType.PERSON, score, "tagger")
        for word, score in marked.items()
        for at in [text.rindex(word)]
    ]
    return [text[c.start : c.end] for c in doubted(claims, text) if c.look_alike is None]


@pytest.mark.parametrize(
    ("text", "marked", "is_kept"),
    [
        ("Opal Quill came to us. To do: ring opal.", {"Opal Quill": 0.9, "opal": 0.8}, True),
        ("Dr Hope came to us. Later dr hope said no.", {"Dr Hope": 0.9, "dr hope": 0.8}, True),
        ("Opal Quill came to us. To do: ring opal.", {"Opal Quill": 0.9, "opal": 0.6}, False),
        ("Opal Quill came to us. To do: ring opal.", {"Opal Quill": 0.6, "opal": 0.8}, False),
        ("Joan Quill came to us. To do: ring opal.", {"Joan Quill": 0.9, "opal": 0.8}, False),
        ("We saw the opal there. To do: ring opal.", {"opal": 0.8}, False),
    ],
)
def test_a_name_in_lower_case_is_known_by_the_same_name_with_its_capital(text, marked, is_kept):
    assert (list(marked)[-1] in kept(text, marked)) is is_kept


@pytest.mark.parametrize(
    ("text", "marked", "is_kept"),
    [
        ("We met Fanta Quill. Later Fanta said no.", {"Fanta Quill": 0.9, "Fanta": 0.9}, True),
        ("We met Joan Quill. Later Fanta said no.", {"Joan Quill": 0.9, "Fanta": 0.9}, False),
        ("We met Fanta-May Quill. Later Fanta said no.", {"Fanta-May Quill": 0.9, "Fanta": 0.9}, True),
        ("We met Mr Fanta. Later I bought Fanta there.", {"Mr Fanta": 0.9, "Fanta": 0.9}, False),
        ("We met Joan Fanta. Later I bought Fanta there.", {"Joan Fanta": 0.9, "Fanta": 0.9}, False),
        ("We met Fanta Quill. Later I drank her Fanta up.", {"Fanta Quill": 0.9, "Fanta": 0.9}, False),
    ],
)
def test_a_brand_is_somebodys_name_where_the_text_names_them_in_full(text, marked, is_kept):
    assert (list(marked)[-1] in kept(text, marked)) is is_kept


def test_an_author_named_in_full_tells_nothing_of_people():
    text = "Opal Quill (2003) wrote of it. To do: ring opal."
    author = Claim(0, 10, EntityType.PERSON, 0.9, "tagger", LookAlike.THEORIST)
    at = text.rindex("opal")
    found = Claim(at, at + 4, EntityType.PERSON, 0.8, "tagger")
    assert found not in list(doubted([author, found], text))
