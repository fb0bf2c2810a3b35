"""A removed word may stay where it was left on purpose, and nowhere else."""

from dataclasses import replace

import pytest

from cli.leaks import Leak, find_leaks
from cli.redact import redacted_name
from models.document import Found, Place, SegmentKind, assemble
from models.redaction import Redaction, Replacement
from models.text import Span
from tests.cli.made_up import results

TEXT = "Grace and I agreed a grace period with Ann Lee."
GONE = Redaction(
    "", (Replacement("s1", Span(0, 5), "[colleague]"), Replacement("s1", Span(39, 46), "[Adult A]"))
)


def _document(*texts):
    return assemble(
        [Found(SegmentKind.TEXT, Place(f"place {n}"), t, body=True) for n, t in enumerate(texts, 1)]
    )


@pytest.mark.parametrize(
    ("copy", "leaks"),
    [
        (["[colleague] and I agreed a grace period with [Adult A]."], []),
        (["A grace period."], []),
        (["Grace agreed a grace period."], [Leak("grace", "place 1")]),
        (["with ann", "LEE again"], [Leak("ann", "place 1"), Leak("lee", "place 2")]),
        (["Anna and Leeds"], []),
        ([], []),
    ],
)
def test_removed_words_are_looked_for_everywhere_in_the_copy(copy, leaks):
    assert find_leaks(_document(TEXT), GONE, _document(*copy)) == leaks


def test_a_copy_is_named_without_the_names_in_the_file_name():
    document = assemble([Found(SegmentKind.FILE_NAME, Place("file name"), "Ann visit.docx")])
    redaction = Redaction("", (Replacement("s1", Span(0, 3), "[Adult A]"),))
    made = replace(results(), document=document, redaction=redaction)
    assert redacted_name(made) == "[Adult A] visit.docx"
