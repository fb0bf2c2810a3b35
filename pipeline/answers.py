"""The form's own text as a document: one segment for each answer, so that it is checked like an upload."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from models.document import Found, Place, SegmentKind, assemble
from models.entry import Answer, Form
from models.ledger import Ledger, LedgerLine, LedgerState
from models.serialize import to_json
from models.upload import Extraction, FileKind


def read_answers(form: Form, answers: Sequence[Answer]) -> Extraction:
    """Lay out a form's answers as a document, in the order of the form's questions.

    A segment's place names its question in words, and its part is the question's id.
    """
    given = {a.question: a.text for a in answers}
    found = [
        Found(
            SegmentKind.FORM_VALUE, Place(question.label, part=question.id), given[question.id], True, "\n\n"
        )
        for question in form.questions
        if given.get(question.id)
    ]
    line = LedgerLine(SegmentKind.FORM_VALUE, "answers", len(found), LedgerState.READ)
    return Extraction(
        file_name="",
        sha256=hashlib.sha256(json.dumps(to_json(tuple(answers))).encode()).hexdigest(),
        kind=FileKind.TEXT,
        document=assemble(found),
        ledger=Ledger((line,)),
    )
