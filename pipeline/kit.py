"""The kit: everything the line needs besides the document, loaded once per process."""

from __future__ import annotations

from dataclasses import dataclass

from models.results import Versions
from models.standards import Standard
from pipeline.detect import Detector, load_detector
from pipeline.map import Mapper, load_mapper
from rules.labels import LabelTable, load_labels
from rules.policy import Policy, load_policy
from rules.standards import load_standards
from rules.version import code_version, model_version, rules_version


@dataclass(frozen=True, slots=True)
class Kit:
    """Recognizers, policy, wording, labels and standards, ready for use."""

    detector: Detector
    policy: Policy
    labels: LabelTable
    standards: dict[str, Standard]
    mapper: Mapper
    versions: Versions


def load_kit() -> Kit:
    """Load the rules and models. It takes seconds and a few hundred megabytes: do it once."""
    return Kit(
        detector=load_detector(),
        policy=load_policy(),
        labels=load_labels(),
        standards=load_standards(),
        mapper=load_mapper(),
        versions=Versions(rules=rules_version(), model=model_version(), code=code_version()),
    )
