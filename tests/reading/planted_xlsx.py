"""A workbook with a made-up name in every place that can hold one; its parts lie in `planted_xlsx/`."""

from __future__ import annotations

from pathlib import Path

from tests.reading.packages import package
from tests.reading.planting import Planting

PLANTING = Planting()
PLANTED = package(PLANTING.plant_folder(Path(__file__).with_suffix("")))
