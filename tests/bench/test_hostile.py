"""Odd and hostile texts get a true result or a plain reason, in bounded time and memory.

The longest are measured by `python -m tests.bench.hostile` only.
"""

import pytest

from tests.bench.hostile import cost

MOST_MEMORY = 1024
"""MiB that a worker may take, whatever the length."""

CPU_SECONDS = 60

EXPECTED = {
    "empty": ("empty", 0),
    "control characters": ("not_text", 0),
    "combining characters": ("nothing_found", 0),
    "right to left": ("blocked", 4_000),
}
"""What each text comes to, and how much is found in it at least: nothing is dropped silently."""


@pytest.mark.all
@pytest.mark.parametrize("name", EXPECTED)
def test_odd_texts_end_with_an_answer_in_time(name):
    answer, least = EXPECTED[name]
    found = cost(name)
    assert (found.answer, found.findings >= least) == (answer, True)
    assert found.peak <= MOST_MEMORY
    assert found.cpu <= CPU_SECONDS
