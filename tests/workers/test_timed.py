"""The stopwatch counts the line's own time, also of what breaks off, and begins anew when taken."""

import time

import pytest

from models.upload import Upload
from pipeline.limits import Limits
from tests.tiny import TinyLine
from workers.timed import TimedLine


class SlowLine(TinyLine):
    def read(self, upload, limits):
        time.sleep(0.02)
        return super().read(upload, limits)


def test_it_counts_the_line_and_nothing_else():
    line = TimedLine(SlowLine())
    line.read(Upload("a.txt", b"words"), Limits())
    time.sleep(0.05)
    with pytest.raises(RuntimeError):
        line.read(Upload("a.txt", b"CRASH"), Limits())
    assert 0.04 <= line.take() < 0.09
    assert line.take() == 0.0
