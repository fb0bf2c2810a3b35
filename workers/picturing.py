"""The process that draws a page of one PDF: it reads strangers' bytes, confined as the reader is."""

from __future__ import annotations

import os

from models.document import Document
from models.redaction import Redaction
from models.serialize import from_json, to_json
from pipeline.limits import Limits
from pipeline.redactors.pdf_view import draw_page, mark_page
from workers.confine import give_up_rights, keep_to, leave_network
from workers.wire import receive, send


def main() -> None:
    """Take a PDF, a page number and what stands on it, and answer with a JPEG or with where it stands."""
    answer = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not get into the answer
    give_up_rights()
    leave_network()
    header, untrusted = receive(0)
    keep_to(from_json(Limits, header["limits"]))
    document = from_json(Document, header["document"])
    masked, plain = (from_json(Redaction, header[name]) for name in ("masked", "plain"))
    page = header["page"]
    assert isinstance(page, int)  # noqa: S101  (told to mypy; our own parent wrote it)
    if header["is_drawn"]:
        send(answer, {}, draw_page(untrusted, document, masked, plain, page))
    else:
        send(answer, {"marks": to_json(mark_page(untrusted, document, plain, page))}, b"")


if __name__ == "__main__":
    main()
