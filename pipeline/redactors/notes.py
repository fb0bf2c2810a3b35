"""What a redacted copy of each kind of file keeps, and what it leaves out: so that nobody is surprised."""

from __future__ import annotations

from models.upload import FileKind

_TEXT_ALONE = (
    "A Word file of the text alone. Its look, pictures, headers and notes are left out, as are properties."
)
_WHOLE_TEXT = "A copy of the text, in its own encoding."

COPY_NOTES: dict[FileKind, str] = {
    FileKind.PDF: (
        "A copy of the pages as they look, what was filled in included. Left out is what stands beside the"
        " pages: notes, bookmarks, links, attached files, properties, signatures, tags for screen readers."
    ),
    FileKind.DOCX: (
        "A copy of the document with its comments and notes, changes accepted. Left out are deleted and"
        " hidden words, properties, authors' names, macros and embedded files; drawings (EMF, WMF) are grey."
    ),
    FileKind.XLSX: (
        "A copy of the sheets as they are shown, comments on a sheet of their own, formulas as their results."
        " Left out are hidden sheets, rows and columns, charts, pictures, rules, names, links and properties."
    ),
    FileKind.ODT: _TEXT_ALONE,
    FileKind.RTF: _TEXT_ALONE,
    FileKind.EML: (
        "A message of the subject, the text and what is attached: each file redacted as one of its kind,"
        " numbered instead of named. Left out are addresses, all other headers, formatting, and attachments"
        " that could not be redacted: its last lines say which."
    ),
    FileKind.TEXT: _WHOLE_TEXT,
    FileKind.MARKDOWN: _WHOLE_TEXT,
    FileKind.CSV: _WHOLE_TEXT,
    FileKind.CARD: "A plain text of what it says. Pictures and files in it are left out.",
    FileKind.PICTURE: "A copy of the picture, words painted over, without its properties.",
}
"""One for every kind that has a redactor."""
