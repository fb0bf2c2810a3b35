"""The line finds what the samples' authors marked, and leaves alone what only looks like it.

The shares are what the line reaches, less a little: a model is not the same after each
training. `docs/quality.md` has the figures on many more documents.
"""

from models.findings import EntityType
from tests.line.samples import NAMES, Met, is_flagged, is_found, meet

LEAST_DIRECT, LEAST_INDIRECT, MOST_FLAGGED = 0.93, 0.82, 0.08


def _places(done, kind):
    """Return every place of every sample where marked words stand, with the sample's results."""
    samples = [done[name] for name in NAMES]
    return [
        (met, results)
        for sample, results in samples
        for mark in getattr(sample, kind)
        for met in meet(results, mark)
    ]


def _is_direct(met: Met) -> bool:
    return EntityType(met.mark.label).is_direct


def _share(met_or_not):
    return sum(met_or_not.values()) / len(met_or_not)


def test_direct_identifiers_are_found(done):
    found = {met: is_found(results, met) for met, results in _places(done, "find") if _is_direct(met)}
    assert _share(found) >= LEAST_DIRECT, [str(met) for met in found if not found[met]]


def test_indirect_identifiers_are_found(done):
    found = {met: is_found(results, met) for met, results in _places(done, "find") if not _is_direct(met)}
    assert _share(found) >= LEAST_INDIRECT, [str(met) for met in found if not found[met]]


def test_what_only_looks_like_personal_data_is_left_alone(done):
    flagged = {met: is_flagged(results, met) for met, results in _places(done, "leave")}
    assert _share(flagged) <= MOST_FLAGGED, [str(met) for met in flagged if flagged[met]]


def test_theorists_laws_and_inquiries_of_a_text_about_reading_are_all_left_alone(done):
    sample, results = done["journal-club"]
    assert [j for j in results.judgements if j.verdict in ("block", "warn")] == []
    assert all(meet(results, mark) for mark in sample.leave)
