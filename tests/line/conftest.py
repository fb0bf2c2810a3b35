import pytest

from pipeline.kit import load_kit
from tests.line.samples import NAMES, load_sample, run_line


@pytest.fixture(scope="session")
def kit():
    return load_kit()


@pytest.fixture(scope="session")
def done(kit):
    """Every sample with what the line made of it, by name."""
    samples = {name: load_sample(name) for name in NAMES}
    return {name: (sample, run_line(sample, kit)) for name, sample in samples.items()}
