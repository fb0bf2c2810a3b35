"""The form's own text as a document: one segment for each answer, so that it is checked like an upload."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence

from models.document import Found, Place, SegmentKind, assemble
from models.entry import Answer, Form, Question
from models.ledger import Ledger, LedgerLine, LedgerState
from models.serialize import to_json
from models.upload import Extraction, FileKind

DATE_QUESTION = "date"
_DATE = re.compile(r"[\s\d./-]*(?:\d|\b[A-Za-z]{3,9}\b)?[\s\d.,/-]*")
"""Nothing but a date: digits, marks and at most one word, the month."""


def read_answers(form: Form, answers: Sequence[Answer]) -> Extraction:
    """Lay out a form's answers as a document, in the order of the form's questions.

    A segment's place names its question in words, and its part is the question's id.
    """
    given = {a.question: a.text for a in answers}
    found = [
        Found(SegmentKind.FORM_VALUE, Place(q.label, part=q.id), given[q.id], body=True, gap="\n\n")
        for q in form.questions
        if given.get(q.id) and not _is_asked_date(q, given[q.id])
    ]
    line = LedgerLine(SegmentKind.FORM_VALUE, "answers", len(found), LedgerState.READ)
    return Extraction(
        file_name="",
        sha256=hashlib.sha256(json.dumps(to_json(tuple(answers))).encode()).hexdigest(),
        kind=FileKind.TEXT,
        document=assemble(found),
        ledger=Ledger((line,)),
    )


def _is_asked_date(question: Question, text: str) -> bool:
    """Tell whether an answer is the day that the form itself asks for, which is no disclosure."""
    return question.id == DATE_QUESTION and len(text) <= 40 and _DATE.fullmatch(text) is not None
