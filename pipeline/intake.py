"""Intake, the first stage: size and kind, checked before anything of the file is opened."""

from __future__ import annotations

import hashlib

from models.upload import Received, Upload
from pipeline.limits import Limits
from pipeline.refusals import Refusal
from pipeline.sniff import tell_kind


def intake(upload: Upload, limits: Limits) -> Received:
    """Accept an upload for reading, or refuse it with a reason.

    Its kind is told by its bytes. That it passed does not mean that its content is
    sound: what the readers find later can still refuse it.

    Raises:
        DocumentError: If it is empty, too large, of a kind that is not read, protected
            by a password, or packed to do harm.
    """
    if not upload.untrusted_bytes:
        raise Refusal.EMPTY.error()
    if len(upload.untrusted_bytes) > limits.upload_bytes:
        raise Refusal.TOO_LARGE.error()
    kind = tell_kind(upload.file_name, upload.untrusted_bytes, limits)
    sha256 = hashlib.sha256(upload.untrusted_bytes).hexdigest()
    return Received(upload.file_name, kind, sha256, upload.untrusted_bytes)
