"""The process that redacts one file: it reads strangers' bytes, so it is confined as the reader is."""

from __future__ import annotations

import os
import sys
from functools import partial
from types import TracebackType

from models.document import Document
from models.redaction import Redaction
from models.serialize import from_json
from models.upload import Upload
from pipeline.intake import intake
from pipeline.limits import Limits
from pipeline.redactors.table import file_copy
from pipeline.verify import NotRedactedError
from workers.confine import give_up_rights, keep_to, leave_network
from workers.reader import where
from workers.wire import receive, send


def main() -> None:
    """Take one file and what is to be removed from standard input, and answer with the copy."""
    answer = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not get into the answer
    sys.excepthook = partial(_tell_defect, answer)
    give_up_rights()
    leave_network()
    header, untrusted = receive(0)
    limits = from_json(Limits, header["limits"])
    keep_to(limits)
    received = intake(Upload(str(header["file_name"]), untrusted), limits)
    document = from_json(Document, header["document"])  # read again, it might not be numbered the same
    redaction = from_json(Redaction, header["redaction"])
    try:
        copy = file_copy(received, document, redaction, limits)
    except NotRedactedError:
        send(answer, {"is_made": False})
    else:
        send(answer, {"is_made": True, "ending": copy.ending}, copy.data)


def _tell_defect(
    answer: int, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Say where the program broke off, without the message, which could hold words of the document."""
    del error
    send(answer, {"is_made": False, "defect": where(kind, trace)})


if __name__ == "__main__":
    main()
