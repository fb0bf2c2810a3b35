"""Render a page of a PDF, and say where its points lie in the picture."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable

from PIL import Image
from pypdfium2 import PdfBitmap, raw

from pipeline.geometry import Frame, Matrix, apply, frame

MOST_PIXELS = 40_000_000


def render(page: raw.FPDF_PAGE, size: tuple[float, float], dpi: float) -> Image.Image:
    """Render a page, at fewer dots an inch where it would have too many."""
    scale = min(dpi / 72, math.sqrt(MOST_PIXELS / max(size[0] * size[1], 1.0)))
    width, height = max(int(size[0] * scale), 1), max(int(size[1] * scale), 1)
    bitmap = PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 0)
    picture: Image.Image = bitmap.to_pil()
    return picture.convert("RGB")


def shown_from_page(page: raw.FPDF_PAGE) -> Matrix:
    """Return the matrix from points of the page to points of the page as shown, turned and cut."""
    width, height = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
    fine = 100.0
    places = []
    for x, y in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, int(width * fine), int(height * fine), 0, x, y, across, down)
        places.append((across.value / fine, height - down.value / fine))
    (e, f), (ax, ay), (cx, cy) = places
    return ((ax - e) / 1000, (ay - f) / 1000, (cx - e) / 1000, (cy - f) / 1000, e, f)


def frame_as_shown(frames: Iterable[Frame], shown: Matrix) -> Frame:
    """Return the frame around frames, as the page is shown."""
    corners = [
        apply(shown, x, y) for left, low, right, high in frames for x in (left, right) for y in (low, high)
    ]
    return frame(corners)
