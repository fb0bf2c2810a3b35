"""Take a file in from disk and read it in the confined child process."""

from __future__ import annotations

from pathlib import Path

from models.errors import DocumentError, ReasonCode
from models.upload import Extraction, Upload
from pipeline.limits import Limits
from workers.sandbox import read_in_child


def read_file(path: Path, limits: Limits) -> Extraction:
    """Read a file.

    Raises:
        DocumentError: The file is refused.
    """
    return read_in_child(open_upload(path, limits), limits)


def open_upload(path: Path, limits: Limits) -> Upload:
    """Take a file in as the portal would, and no more of it than is needed to refuse it.

    Raises:
        DocumentError: There is no such file, or it cannot be opened.
    """
    if not path.is_file():
        raise DocumentError(ReasonCode.NOT_FOUND, "There is no such file.", "Check the path.")
    try:
        with path.open("rb") as file:
            return Upload(path.name, file.read(limits.upload_bytes + 1))
    except OSError as error:
        raise DocumentError(
            ReasonCode.NOT_FOUND, "The file could not be opened.", "Check that you may read it."
        ) from error
