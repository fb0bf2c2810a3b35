"""How far two readers of one document agree."""

from dataclasses import replace

import pytest

from tests.quality.agreement import GOLD, SECOND, agreement
from tests.quality.gold import read_folder


def test_what_a_second_reader_leaves_out_counts_as_missed():
    document = read_folder(GOLD / "plain")[0]
    half = replace(document, spans=document.spans[::2])
    assert agreement([document], [document]).direct.value == 1.0
    assert agreement([document], [half]).direct.value < 1.0
    assert agreement([half], [document]).right.value < 1.0


def test_every_second_document_has_the_text_of_the_first():
    first = {d.id: d.text for folder in ("plain", "unread") for d in read_folder(GOLD / folder)}
    assert all(document.text == first[document.id] for document in read_folder(SECOND))


def test_texts_that_differ_are_refused():
    document = read_folder(GOLD / "plain")[0]
    with pytest.raises(ValueError, match="differ"):
        agreement([document], [replace(document, text=document.text + ".")])
