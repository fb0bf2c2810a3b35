"""The tables: whole, well-formed, and refused when they are not."""

from __future__ import annotations

import json

import pytest

from models.entry import FormKind
from models.findings import EntityType, Finding, Hide, LookAlike, Person, Role, Verdict
from models.text import Span
from rules.forms import FORMS, load_forms, read_forms
from rules.labels import LABELS, load_labels, read_labels
from rules.policy import POLICY, load_policy, read_policy

TABLE = load_policy()


def finding(entity_type: EntityType, role: Role) -> Finding:
    return Finding("s1", Span(0, 1), entity_type, 0.9, "made", role)


@pytest.mark.parametrize(
    ("entity_type", "role", "circumstances", "verdict", "hide"),
    [
        ("PERSON", "supported", (), "block", "always"),
        ("PERSON", "family", (), "block", "always"),
        ("PERSON", "unknown", (), "block", "always"),
        ("NHS_NUMBER", "unknown", (), "block", "always"),
        ("PERSON", "colleague", (), "block", "always"),
        ("PERSON", "manager", (), "block", "always"),
        ("PERSON", "professional", (), "block", "always"),
        ("PERSON", "student", (), "block", "always"),
        ("PERSON", "author", (), "block", "always"),
        ("PERSON", "author", ("own",), "inform", "for_assessor"),
        ("PERSON", "supported", ("initials",), "warn", "always"),
        ("PERSON", "family", ("nickname",), "warn", "always"),
        ("PHONE_NUMBER", "employer", (), "block", "always"),
        ("ORGANISATION", "employer", (), "warn", "always"),
        ("ORGANISATION", "supported", (), "warn", "always"),
        ("LOCATION", "family", (), "warn", "always"),
        ("DATE", "supported", (), "warn", "always"),
        ("AGE", "supported", (), "warn", "always"),
        ("HEALTH", "family", (), "warn", "always"),
        ("EVENT", "unknown", (), "warn", "always"),
        ("PERSON", "self", ("own",), "inform", "for_assessor"),
        ("PERSON", "self", ("own", "initials"), "inform", "for_assessor"),
        ("REGISTRATION_NUMBER", "self", ("own",), "inform", "for_assessor"),
        ("REGISTRATION_NUMBER", "colleague", (), "block", "always"),
        ("PERSON", "self", (), "block", "always"),
        ("PERSON", "self", ("own_likely",), "warn", "for_assessor"),
        ("NHS_NUMBER", "self", (), "block", "always"),
        ("NINO", "self", ("own",), "block", "always"),
        ("HEALTH", "self", (), "inform", "never"),
        ("DEMOGRAPHIC", "self", (), "inform", "never"),
        ("FAMILY", "self", (), "inform", "never"),
        ("PERSON", "unknown", ("theorist",), "allow", "never"),
        ("CASE_REFERENCE", "unknown", ("law",), "allow", "never"),
        ("PERSON", "supported", ("pseudonym",), "allow", "never"),
    ],
)
def test_policy(entity_type, role, circumstances, verdict, hide):
    rule = TABLE.rule_for(finding(EntityType(entity_type), Role(role)), frozenset(circumstances))
    assert (rule.verdict, rule.hide) == (Verdict(verdict), Hide(hide))
    assert rule.why.endswith(".")


def test_nothing_direct_is_ever_allowed_but_a_look_alike():
    for entity_type in EntityType:
        for role in Role:
            rule = TABLE.rule_for(finding(entity_type, role), frozenset())
            assert rule.verdict is not Verdict.ALLOW
            if entity_type.is_direct and role is not Role.SELF:
                assert rule.verdict is Verdict.BLOCK


def test_every_look_alike_has_its_reason():
    rules = [TABLE.rule_for(finding(EntityType.PERSON, Role.UNKNOWN), frozenset({why})) for why in LookAlike]
    assert {r.verdict for r in rules} == {Verdict.ALLOW}
    assert len({r.why for r in rules}) == len(LookAlike)


def broken(change) -> str:
    table = json.loads(POLICY.read_text(encoding="utf-8"))
    change(table["rules"])
    return json.dumps(table)


@pytest.mark.parametrize(
    "change",
    [
        lambda rules: rules.pop(),
        lambda rules: rules.append(rules[0]),
        lambda rules: rules[0].update(verdict="perhaps"),
        lambda rules: rules[0].update(types=["NAME"]),
        lambda rules: rules[0].update(circumstances=["rainy"]),
        lambda rules: rules[0].update(weight=1),
        lambda rules: rules[0].pop("why"),
        lambda rules: rules[-1].update(verdict="allow"),
    ],
)
def test_a_broken_policy_is_refused(change):
    with pytest.raises(ValueError, match=r"\w"):
        read_policy(broken(change))


def test_the_policy_as_it_stands_is_not_refused():
    assert read_policy(broken(lambda _: None)).rules == TABLE.rules


def test_every_finding_has_a_wording_that_suits_its_verdict():
    for entity_type in EntityType:
        for role in Role:
            for verdict in (Verdict.BLOCK, Verdict.WARN, Verdict.INFORM):
                wording = TABLE.wording.wording_for(entity_type, role, None, verdict)
                assert not wording.verdicts or verdict in wording.verdicts


FORBIDDEN = ("PII", "entity", "score", "anonym", "0.", "%", " clear", "clean")


def test_people_read_plain_words():
    for wording in (*TABLE.wording.findings, *TABLE.wording.others):
        for text in (wording.title, wording.why, wording.instead):
            assert not [word for word in FORBIDDEN if word in text]
            assert text[0].isupper()


def test_every_person_and_thing_has_a_label():
    table = load_labels()
    for role in Role:
        assert table.for_person(Person(1, role))
    for entity_type in EntityType:
        if entity_type is not EntityType.PERSON:
            assert table.for_thing(entity_type, None)


def test_a_label_table_with_gaps_is_refused():
    table = json.loads(LABELS.read_text(encoding="utf-8"))
    for key, match in (("people", "everybody"), ("things", "plain label")):
        cut = table | {key: table[key][:-1]}
        with pytest.raises(ValueError, match=match):
            read_labels(json.dumps(cut))


def test_letters_that_hint_at_origin_are_left_out():
    assert not set("QXZ") & set(load_labels().letters)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Croft Lea First School", "school"),
        ("St Anne's Nursery", "school"),
        ("Ward 22, Royal Selwyn Infirmary", "hospital"),
        ("Marine Parade Surgery", "gp_practice"),
        ("Rowan Lodge Care Home", "care_home"),
        ("Masjid al-Noor", "place_of_worship"),
        ("Derby City Council", "council"),
        ("Harbour Locality Team", "team"),
        ("Larch Bank", None),
        ("Wardle Lane", None),
    ],
)
def test_kinds_of_organisation(text, kind):
    assert TABLE.kinds.kind_of(EntityType.ORGANISATION, text) == kind


def test_forms():
    forms = load_forms()
    assert set(forms) == set(FormKind)
    structured = {q.id: q for q in forms[FormKind.STRUCTURED].questions}
    assert {i for i, q in structured.items() if q.is_required} == {
        "title",
        "date",
        "role",
        "what",
        "reflection",
    }
    assert structured["reflection"].word_limit == 1400
    assert forms[FormKind.UNSTRUCTURED].asks_parts
    assert not forms[FormKind.SINGLE].asks_parts
    assert all(form.unknown for form in forms.values())
    assert not [q for q in forms[FormKind.SINGLE].questions if q.word_limit is not None]


def test_a_broken_form_table_is_refused():
    table = json.loads(FORMS.read_text(encoding="utf-8"))
    for forms in (table["forms"][:2], [*table["forms"], table["forms"][0]]):
        with pytest.raises(ValueError, match="once"):
            read_forms(json.dumps({"forms": forms}))
    table["forms"][0]["questions"].append(table["forms"][0]["questions"][0])
    with pytest.raises(ValueError, match="twice"):
        read_forms(json.dumps(table))
