"""What a redacted Word file keeps and what it does without: tables for the redactor."""

from __future__ import annotations

KEPT_ROOTS = frozenset(
    {
        "w:document",
        "w:hdr",
        "w:ftr",
        "w:footnotes",
        "w:endnotes",
        "w:comments",
        "w:styles",
        "w:settings",
        "w:numbering",
        "w:fonts",
        "w:webSettings",
        "a:theme",
        "c:chartSpace",
        "dsp:drawing",
        "dgm:dataModel",
        "dgm:layoutDef",
        "dgm:styleDef",
        "dgm:colorsDef",
    }
)
"""Parts that are kept, by root element. Every other part is dropped: properties, custom XML,
embedded files, macros, signatures, thumbnails, templates' building blocks, people."""

DROPPED = frozenset(
    {
        # what was deleted, and how things were before a tracked change
        "w:del",
        "w:moveFrom",
        "w:delText",
        "w:delInstrText",
        "w:rPrChange",
        "w:pPrChange",
        "w:sectPrChange",
        "w:tblPrChange",
        "w:tblGridChange",
        "w:trPrChange",
        "w:tcPrChange",
        "w:tblPrExChange",
        "w:numberingChange",
        "w:cellIns",
        "w:cellMerge",
        "w:moveFromRangeStart",
        "w:moveFromRangeEnd",
        "w:moveToRangeStart",
        "w:moveToRangeEnd",
        "w:customXmlInsRangeStart",
        "w:customXmlInsRangeEnd",
        "w:customXmlDelRangeStart",
        "w:customXmlDelRangeEnd",
        "w:customXmlMoveFromRangeStart",
        "w:customXmlMoveFromRangeEnd",
        "w:customXmlMoveToRangeStart",
        "w:customXmlMoveToRangeEnd",
        # older copies of what stands there anyway
        "mc:Fallback",
        # what would fetch words from elsewhere, or hold them unseen
        "w:dataBinding",
        "w15:dataBinding",
        "w:alias",
        "w:tag",
        "w:placeholder",
        "w:docPartObj",
        "w:docPartList",
        "w:smartTagPr",
        "w:customXmlPr",
        "w:docVars",
        "w:mailMerge",
        "w:attachedTemplate",
        "w:rsids",
        "w:permStart",
        "w:permEnd",
        "w:altChunk",
        "w:subDoc",
        "w:control",
        "w:printerSettings",
        "w:helpText",
        "w:statusText",
        "w:entryMacro",
        "w:exitMacro",
        "w:embedRegular",
        "w:embedBold",
        "w:embedItalic",
        "w:embedBoldItalic",
        "?:svgBlip",
        "w:writeProtection",
        "w:activeWritingStyle",
        "w:saveThroughXslt",
        "w:schemaLibrary",
        "w:captions",
        "w:binData",
        "o:OLEObject",
        "o:signatureline",
        "c:externalData",
        "c:userShapes",
    }
)
"""Elements that a redacted copy does without."""

UNWRAPPED = frozenset({"w:ins", "w:moveTo", "w:smartTag", "w:customXml"})
"""Elements whose content stays: what was inserted is accepted."""

SAFE_FIELDS = frozenset(
    {
        *(
            "PAGE",
            "NUMPAGES",
            "SECTION",
            "SECTIONPAGES",
            "PAGEREF",
            "TOC",
            "REF",
            "NOTEREF",
            "SEQ",
            "STYLEREF",
        ),
        *("FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN"),
    }
)
"""Fields that go on working; of all others only the result stays."""

AUTHOR_MARKS = {"w:author": "Author", "w:initials": "A", "w15:author": "Author"}
"""Attributes that name who wrote, and what stands there instead."""

REVISION_MARKS = ("w:rsid",)
"""Beginnings of attributes that tell editing sessions apart."""

PLAIN_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
"""The content type of the main part, whatever the original was: templates and macros end here."""
