"""Styles and scripts: served under an address that changes with their content, so browsers may keep them."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from web.problems import ProblemError

router = APIRouter(include_in_schema=False)

FOLDER = FilePath(__file__).parents[1] / "static"
KEPT = "public, max-age=31536000, immutable"
SERVED = (".css", ".js", ".svg")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, as it is and packed."""

    kind: str
    content: bytes
    packed: bytes


@cache
def load_assets() -> dict[str, Asset]:
    """Read every style sheet, script and picture once, by its path under the folder."""
    paths = sorted(p for p in FOLDER.rglob("*") if p.suffix in SERVED)
    return {p.relative_to(FOLDER).as_posix(): _load(p) for p in paths}


@cache
def digest() -> str:
    """Return a hash over all of them. They share it, so that scripts find each other by relative paths."""
    known = hashlib.sha256()
    for name, asset in load_assets().items():
        known.update(f"{name}\n{len(asset.content)}\n".encode() + asset.content)
    return known.hexdigest()[:16]


def address_of(name: str) -> str:
    """Return the address of a file, such as "app/app.css"."""
    if name not in load_assets():
        raise KeyError(name)
    return f"/static/{digest()}/{name}"


@router.get("/static/{digest}/{name:path}", response_class=Response)
def serve(request: Request, known: Annotated[str, Path(alias="digest")], name: str) -> Response:
    """Send a file. What an address stands for never changes."""
    asset = load_assets().get(name)
    if asset is None or known != digest():
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found", "There is nothing at this address.")
    headers = {"Cache-Control": KEPT, "X-Content-Type-Options": "nosniff", "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(asset.content, media_type=asset.kind, headers=headers)
    return Response(asset.packed, media_type=asset.kind, headers=headers | {"Content-Encoding": "gzip"})


def _load(path: FilePath) -> Asset:
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Asset(kind, content, gzip.compress(content, 9, mtime=0))
