"""Every way to refuse an upload: its code, a plain sentence, and what to do about it."""

from __future__ import annotations

from enum import Enum

from models.errors import DocumentError, Reason, ReasonCode

_RESAVE = "Open it in the program it was made with, save it again as .docx or PDF, and upload the new file."
_SAVE_AS_DOCX = "Open it in Word or LibreOffice, save it as .docx, and upload that file."
_PRINT_TO_PDF = "Open it, choose “Print to PDF” or “Export as PDF”, and upload the PDF."


class Refusal(Enum):
    """The table of refusals. Add a row to refuse something new."""

    EMPTY = Reason(
        ReasonCode.EMPTY,
        "The file is empty: it holds no data at all.",
        "Check that the file opens on your own computer, then upload it again.",
    )
    TOO_LARGE = Reason(
        ReasonCode.TOO_LARGE,
        "The file is larger than we can take.",
        "Split it into smaller files, or make its pictures smaller, and upload again.",
    )
    TEXT_TOO_LONG = Reason(
        ReasonCode.TOO_LARGE,
        "The file holds more text than we can check at once.",
        "Split it into several files and upload them one by one.",
    )
    TOO_MANY_PAGES = Reason(
        ReasonCode.TOO_MANY_PAGES,
        "The file has more pages than we can check at once.",
        "Split it into several files, or upload only the pages that are your evidence.",
    )
    UNKNOWN_KIND = Reason(
        ReasonCode.UNKNOWN_KIND,
        "We cannot read this kind of file.",
        "Save it as .docx, PDF or plain text, and upload that file.",
    )
    WEB_PAGE = Reason(
        ReasonCode.UNKNOWN_KIND,
        "This file is a web page or other marked-up text, which we cannot read.",
        _PRINT_TO_PDF,
    )
    ARCHIVE = Reason(
        ReasonCode.UNKNOWN_KIND,
        "This file is an archive that holds other files.",
        "Unpack it and upload the files one by one.",
    )
    SLIDES = Reason(ReasonCode.UNKNOWN_KIND, "We cannot read presentations.", _PRINT_TO_PDF)
    OPEN_SPREADSHEET = Reason(
        ReasonCode.UNKNOWN_KIND,
        "We cannot read OpenDocument spreadsheets.",
        "Open it in LibreOffice or Excel, save it as .xlsx, and upload that file.",
    )
    PICTURE = Reason(
        ReasonCode.UNKNOWN_KIND,
        "This file is a picture, and we cannot read the words in pictures yet.",
        "Type what it says into a document, and upload that.",
    )
    OLD_WORD = Reason(ReasonCode.OLD_FORMAT, "This is a Word file of the old format (.doc).", _SAVE_AS_DOCX)
    OLD_EXCEL = Reason(
        ReasonCode.OLD_FORMAT,
        "This is an Excel file of the old format (.xls).",
        "Open it in Excel or LibreOffice, save it as .xlsx, and upload that file.",
    )
    OLD_SLIDES = Reason(
        ReasonCode.OLD_FORMAT, "This is a PowerPoint file of the old format (.ppt).", _PRINT_TO_PDF
    )
    OUTLOOK = Reason(
        ReasonCode.OLD_FORMAT,
        "This is an Outlook message (.msg), which we cannot read.",
        "Open it in Outlook, print it to PDF, and upload the PDF.",
    )
    NEEDS_PASSWORD = Reason(
        ReasonCode.NEEDS_PASSWORD,
        "The file is protected by a password, so we cannot read it.",
        "Remove the password and upload again.",
    )
    DAMAGED = Reason(ReasonCode.DAMAGED, "The file is damaged or incomplete.", _RESAVE)
    TWO_FORMATS = Reason(ReasonCode.UNSAFE, "The file is built as two kinds of file at once.", _RESAVE)
    UNSAFE_PACKAGE = Reason(
        ReasonCode.UNSAFE, "The file is packed in a way that no word processor packs it.", _RESAVE
    )
    UNPACKS_TOO_LARGE = Reason(
        ReasonCode.TOO_COMPLEX, "The file unpacks to far more data than it should hold.", _RESAVE
    )
    DOCTYPE = Reason(
        ReasonCode.UNSAFE,
        "The file holds definitions of its own (a DOCTYPE) that could hide text from us.",
        _RESAVE,
    )
    TOO_COMPLEX = Reason(ReasonCode.TOO_COMPLEX, "The file is too complex to be read safely.", _RESAVE)
    TOOK_TOO_LONG = Reason(ReasonCode.TOO_COMPLEX, "Reading the file took too long.", _RESAVE)
    NOT_TEXT = Reason(
        ReasonCode.NOT_TEXT,
        "The file's name says plain text, but its content is something else or uses an unknown encoding.",
        "Open it, choose “Save as”, pick the encoding UTF-8, and upload that file.",
    )

    def error(self) -> DocumentError:
        """Make the error that refuses a document for this reason."""
        return DocumentError(self.value.code, self.value.message, self.value.remedy)
