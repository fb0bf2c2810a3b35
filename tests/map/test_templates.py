"""Templates: what stands in the table, and what a broken one is refused for."""

import json
from pathlib import Path

import pytest

from models.serialize import to_json
from rules.standards import load_standards
from rules.templates import TABLE, load_templates, read_templates

TEMPLATES = load_templates()


@pytest.mark.parametrize(("model", "steps"), [("gibbs", 6), ("driscoll", 3), ("what", 3)])
def test_each_model_of_reflection_asks_at_every_step(model, steps):
    found = next(m for m in TEMPLATES.reflection_models if m.id == model)
    assert len(found.steps) == steps
    assert all(step.name and "?" in step.prompt for step in found.steps)
    assert found.source


def test_there_is_a_type_for_what_people_do_without_a_course():
    assert {"supervision", "reading", "life", "peer_supervision"} <= {t.id for t in TEMPLATES.activity_types}


def test_a_profile_is_known_of_standards_that_are_there():
    assert {p.standard for p in TEMPLATES.profiles} <= set(load_standards())


@pytest.mark.parametrize("what", ["reflection_models", "activity_types", "profiles"])
def test_what_stands_there_twice_is_refused(what):
    table = to_json(TEMPLATES)
    table[what].append(table[what][0])
    with pytest.raises(ValueError, match="stands there twice"):
        read_templates(json.dumps(table))


@pytest.mark.parametrize(
    "broken", ["", "[]", "{}", '{"reflection_models": [], "activity_types": [{}], "profiles": []}']
)
def test_a_table_of_another_form_is_refused(broken):
    with pytest.raises(ValueError):  # noqa: PT011  (each says something else)
        read_templates(broken)


def test_the_file_is_the_table():
    assert read_templates(Path(TABLE).read_text(encoding="utf-8")) == TEMPLATES
