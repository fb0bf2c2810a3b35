"""The places of rich text: which control word opens a place, and what its words are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from models.document import SegmentKind


class Use(Enum):
    """What is done with what stands in a place."""

    LINES = auto()
    WHOLE = auto()
    LIST = auto()
    SHAPE_VALUE = auto()
    PICTURE = auto()
    FILE = auto()
    PACKED_XML = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Where:
    """One kind of place.

    Attributes:
        group: Its name in the ledger.
        body: Whether its text belongs to the document text.
        is_note: Whether it follows behind the body.
    """

    kind: SegmentKind
    group: str
    use: Use = Use.WHOLE
    body: bool = False
    is_note: bool = False


BODY = Where(SegmentKind.PARAGRAPH, "paragraphs", Use.LINES, body=True)
UNKNOWN = Where(SegmentKind.OTHER, "parts of an unknown kind")
BEHIND = Where(SegmentKind.OTHER, "text behind the end of the file")
NOTHING = Where(SegmentKind.OTHER, "tables of fonts and colours", Use.NOTHING)

_HEADER = Where(SegmentKind.HEADER, "headers", Use.LINES)
_FOOTER = Where(SegmentKind.FOOTER, "footers", Use.LINES)
_AUTHOR = Where(SegmentKind.AUTHOR, "authors of comments and changes")
_AUTHORS = Where(SegmentKind.AUTHOR, "authors of comments and changes", Use.LIST)
_PROPERTY = Where(SegmentKind.PROPERTY, "document properties")
_CUSTOM = Where(SegmentKind.PROPERTY, "custom properties")
_VARIABLE = Where(SegmentKind.PROPERTY, "document variables and mail merge")
_FORM = Where(SegmentKind.FORM_VALUE, "names, choices and help of form fields")
_LINK = Where(SegmentKind.LINK, "link targets and tips")
_FIELD = Where(SegmentKind.FIELD, "field codes")

PLACES: dict[str, Where] = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), _HEADER),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), _FOOTER),
    "footnote": Where(SegmentKind.FOOTNOTE, "footnotes", Use.LINES, body=True, is_note=True),
    "annotation": Where(SegmentKind.COMMENT, "comments", Use.LINES),
    "atnid": _AUTHOR,
    "atnauthor": _AUTHOR,
    "revtbl": _AUTHORS,
    "protusertbl": _AUTHORS,
    "shptxt": Where(SegmentKind.TEXT_BOX, "text boxes", Use.LINES, body=True),
    "dptxbxtext": Where(SegmentKind.TEXT_BOX, "text boxes", Use.LINES, body=True),
    "fldinst": _FIELD,
    "xe": _FIELD,
    "tc": _FIELD,
    "bkmkstart": Where(SegmentKind.BOOKMARK, "bookmarks"),
    **dict.fromkeys(
        (
            "title",
            "subject",
            "author",
            "manager",
            "company",
            "operator",
            "category",
            "keywords",
            "comment",
            "doccomm",
            "hlinkbase",
        ),
        _PROPERTY,
    ),
    "propname": _CUSTOM,
    "staticval": _CUSTOM,
    "linkval": _CUSTOM,
    "docvar": _VARIABLE,
    "mailmerge": _VARIABLE,
    "template": _VARIABLE,
    "filetbl": _VARIABLE,
    **dict.fromkeys(("ffname", "ffdeftext", "ffhelptext", "ffstattext", "ffl"), _FORM),
    **dict.fromkeys(("hl", "hlloc", "hlsrc", "hlfr"), _LINK),
    "objname": Where(SegmentKind.ATTACHMENT, "names of the files inside"),
    "listname": Where(SegmentKind.OTHER, "names of styles, lists and building blocks"),
    "stylesheet": Where(SegmentKind.OTHER, "names of styles, lists and building blocks", Use.LIST),
    "sn": Where(SegmentKind.ALT_TEXT, "names and descriptions of pictures and tables", Use.SHAPE_VALUE),
    "sv": Where(SegmentKind.ALT_TEXT, "names and descriptions of pictures and tables", Use.SHAPE_VALUE),
    "pict": Where(SegmentKind.IMAGE_TEXT, "pictures", Use.PICTURE),
    "objdata": Where(SegmentKind.ATTACHMENT, "embedded files", Use.FILE),
    "datastore": Where(SegmentKind.OTHER, "custom XML", Use.PACKED_XML),
    **dict.fromkeys(
        (
            "fonttbl",
            "colortbl",
            "leveltext",
            "levelnumbers",
            "latentstyles",
            "rsidtbl",
            "themedata",
            "colorschememapping",
            "wgrffmtfilter",
            "xmlnstbl",
            "mmathPr",
            "pgptbl",
            "generator",
            "fchars",
            "lchars",
            "listtext",
            "pntext",
            "pntxta",
            "pntxtb",
            "pnseclvl",
            "atnref",
            "atndate",
            "atntime",
            "atnicn",
            "atnparent",
            "atrfstart",
            "atrfend",
            "bkmkend",
            "nonshppict",
            "shprslt",
            "blipuid",
            "passwordhash",
            "panose",
            "falt",
            "objclass",
            "defchp",
            "defpap",
            "fldtype",
        ),
        NOTHING,
    ),
}
"""Control words that open a place of their own. `\\*` before any other word: of an unknown kind."""

TRANSPARENT = frozenset(
    {
        *("cs", "ds", "ts", "shpinst", "shppict", "picprop", "listpicture", "pn", "ud", "userprops"),
        *("listtable", "listoverridetable", "mailmerge", "nesttableprops", "background", "do", "formfield"),
        *("hlink", "tsrowd", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "fldtitle", "mmath", "moMath"),
    }
)
"""Words behind `\\*` that open no place of their own: what stands in them is told apart further in."""

SHAPE_WORDS = frozenset({"wzDescription", "wzName", "wzTooltip", "gtextUNICODE", "pibName"})
"""Properties of shapes whose value is words."""

SYMBOLS = {
    "tab": "\t",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "~": "\xa0",
    "_": "-",
    "{": "{",
    "}": "}",
    "\\": "\\",
}
"""Control words and symbols that stand for a character."""

ENDS_LINE = frozenset({"par", "sect", "page", "row", "nestrow", "column", "\n", "\r"})
ENDS_CELL = frozenset({"cell", "nestcell"})

CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    255: "cp437",
}
"""Character sets of fonts, and how their bytes are read."""
