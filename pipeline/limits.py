"""Limits that every upload must keep to. Settings may change them; these are the defaults."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost.

    The defaults were measured on hostile files: each bomb that was tried breaks at least
    one of them before it hurts (see `docs/decisions/limits.md`).

    Attributes:
        upload_bytes: Size of the file.
        text_characters: Characters of text that are checked.
        pages: Pages of a PDF.
        pdf_page_bytes: Unpacked content of one page of a PDF, forms counted as often as drawn.
        pdf_content_bytes: The same over all pages.
        pdf_objects: Objects of a PDF.
        picture_pixels: Dots of a picture.
        scan_pages: Pages whose pictures are read, where each is read on its own.
        is_scanning: Whether the pictures of pages are read together with the rest, as far as
            time allows; else the ledger says which there are, to be read one by one.
        zip_entries: Entries of a package (DOCX).
        zip_entry_bytes: Unpacked size of one entry.
        zip_total_bytes: Unpacked size of all entries.
        zip_ratio: Unpacked to packed size of an entry over 1 MiB.
        inner_depth: How deep files inside files are read.
        inner_files: Files inside a file that are read, pictures among them.
        memory_bytes: Address space of the child process that reads the file.
        cpu_seconds: Processor time of that child.
        wall_seconds: Time after which that child is ended.
        result_bytes: Size of what that child may answer.
    """

    upload_bytes: int = 25 * MIB
    text_characters: int = 2_000_000
    pages: int = 300
    pdf_page_bytes: int = 32 * MIB
    pdf_content_bytes: int = 128 * MIB
    pdf_objects: int = 300_000
    picture_pixels: int = 80_000_000
    scan_pages: int = 60
    is_scanning: bool = True
    zip_entries: int = 2_000
    zip_entry_bytes: int = 64 * MIB
    zip_total_bytes: int = 200 * MIB
    zip_ratio: int = 200
    inner_depth: int = 3
    inner_files: int = 300
    memory_bytes: int = 2048 * MIB
    cpu_seconds: int = 30
    wall_seconds: int = 60
    result_bytes: int = 64 * MIB
