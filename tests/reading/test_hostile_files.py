"""Every kind of bad file is refused by its own code, with a sentence and what to do, and costs little."""

import resource
import time

import pytest

from models.errors import DocumentError
from models.upload import Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import MIB, Limits
from tests.reading.hostile_files import HOSTILE

MOST_SECONDS = 15.0
"""Processor time: half of what a child may take. The dearest takes a third of it where nothing else runs."""


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_is_refused_by_its_code_before_it_costs_much(kind):
    name, build, code = HOSTILE[kind]
    untrusted = build()
    before, peak = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(DocumentError) as refused:
        extract(intake(Upload(name, untrusted), Limits()), Limits())
    assert refused.value.reason.code is code
    assert refused.value.reason.message.endswith(".")
    assert refused.value.reason.remedy.endswith(".")
    assert time.process_time() - before < MOST_SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak < 300 * MIB / 1024
