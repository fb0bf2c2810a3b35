"""The process that draws a page of one PDF: it reads strangers' bytes, confined as the reader is."""

from __future__ import annotations

import os

from models.document import Document
from models.redaction import Redaction
from models.serialize import from_json
from pipeline.limits import Limits
from pipeline.redactors.pdf import draw_page
from workers.confine import give_up_rights, keep_to, leave_network
from workers.wire import receive, send


def main() -> None:
    """Take a PDF, a page number and what is to be painted over, and answer with a JPEG."""
    answer = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not get into the answer
    give_up_rights()
    leave_network()
    header, untrusted = receive(0)
    keep_to(from_json(Limits, header["limits"]))
    document = from_json(Document, header["document"])
    masked = from_json(Redaction, header["masked"])
    page = header["page"]
    assert isinstance(page, int)  # noqa: S101  (told to mypy; our own parent wrote it)
    send(answer, {}, draw_page(untrusted, document, masked, page))


if __name__ == "__main__":
    main()
