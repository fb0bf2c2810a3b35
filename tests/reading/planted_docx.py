"""A Word file with a made-up name in every place that was ever seen to hold one.

Its parts lie in `planted_docx/`, with marks where names are planted.
"""

from __future__ import annotations

import zlib
from pathlib import Path

from tests.reading.drawings import emf, emf_text, wmf, wmf_text
from tests.reading.packages import package
from tests.reading.planting import Planting

_FOLDER = Path(__file__).with_suffix("")

PLANTING = Planting()

NOT_TEXT = {
    "picture": "picture 1",
    "preview": "preview picture 1",
    "embedded file": "embedded file 1",
    "macro": "macro",
    "signature": "signature",
    "unknown bytes": "part of an unknown kind",
}
"""Places that are no text, and the line of the ledger that has to name them."""


def _other_parts() -> dict[str, str | bytes]:
    name = PLANTING.name_in
    return {
        f"word/{name('part name')}.xml": "<odd/>",
        "word/media/image1.png": b"\x89PNG\r\n\x1a\n" + zlib.compress(name("picture").encode()),
        "word/media/image2.emf": emf(
            emf_text(name("drawing")), name=f"Program\0{name('name of a drawing')}\0\0"
        ),
        "word/media/image3.wmf": wmf(wmf_text(name("older drawing"))),
        "docProps/thumbnail.jpeg": b"\xff\xd8\xff" + zlib.compress(name("preview").encode()),
        "word/embeddings/oleObject1.bin": b"\0\1" + name("embedded file").encode("utf-16-le"),
        "word/vbaProject.bin": b"\0\1" + name("macro").encode(),
        "word/afchunk1.mht": b"MIME-Version: 1.0\n\n" + name("inserted file").encode(),
        "word/printerSettings1.bin": b"\0\1" + name("printer").encode("utf-16-le") + b"\0\0\xff",
        "word/odd.bin": b"\0\1" + name("unknown bytes").encode(),
    }


PLANTED = package(
    PLANTING.plant_folder(_FOLDER) | _other_parts(), PLANTING.name_in("package comment").encode()
)
