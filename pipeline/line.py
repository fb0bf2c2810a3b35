"""The line: what happens to an upload, in order. Read this file first.

    upload -> intake -> extract -> detect -> assess -> redact -> map -> attach

Every stage is a pure function from frozen data to frozen data. `read` handles strangers'
bytes and belongs in a child process (`workers/sandbox.py`); `check` sees text only.
"""

from __future__ import annotations

from models.results import Context, Results
from models.upload import Extraction, Upload
from pipeline.assess import assess
from pipeline.attach import attach
from pipeline.detect import detect
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.kit import Kit
from pipeline.limits import Limits
from pipeline.listed import listed, with_lists
from pipeline.map import map_parts
from pipeline.redact import redact


def read(upload: Upload, limits: Limits) -> Extraction:
    """Read an upload: tell its kind, refuse what cannot be read, extract the rest.

    Raises:
        DocumentError: The upload is refused, with a reason code and what to do.
    """
    received = intake(upload, limits)
    return extract(received, limits)


def check(extraction: Extraction, context: Context, kit: Kit) -> Results:
    """Check what was read: find personal data, judge it, redact it, suggest parts.

    Returns:
        The results to attach to the entry. The same input gives the same results.

    Raises:
        DocumentError: The text is too long or too complex to be checked.
    """
    document = extraction.document
    findings = listed(document, detect(document, context, kit.detector), context.lists)
    assessment = assess(document, findings, context, kit.policy)
    redaction, labels = redact(document, assessment, context.labels, kit.labels)
    mapping = map_parts(document, redaction, kit.standards[context.standard], kit.mapper)
    versions = with_lists(kit.versions, context.lists)
    return attach(extraction, context, assessment, redaction, labels, mapping, versions)
