"""Read the pictures of one page: what a worker does for its share of a scan."""

from __future__ import annotations

from models.scan import ScannedPage
from models.upload import FileKind, Received
from pipeline.limits import Limits
from pipeline.readers.pdf_scan import scan_pdf_page
from pipeline.readers.picture import scan_frame
from pipeline.refusals import Refusal


def read_scan_page(received: Received, page: int, limits: Limits) -> ScannedPage:
    """Read the pictures of one page of a PDF, or one frame of a picture file.

    Raises:
        DocumentError: It cannot be read, or files of this kind have no pages.
    """
    if received.kind is FileKind.PICTURE:
        return scan_frame(received, page, limits)
    if received.kind is FileKind.PDF:
        return scan_pdf_page(received, page)
    raise Refusal.UNKNOWN_KIND.error()
