"""From findings to warnings: one for each person, plain, about places and never with text."""

from __future__ import annotations

import pytest

from models.findings import EntityType, Role, Verdict
from models.ledger import Ledger
from models.results import Context, Fact, Outcome, outcome_of
from models.warnings import Grade
from pipeline.assess import assess
from pipeline.jigsaw import facts_of
from pipeline.roles import is_own_form, is_own_name
from tests.assess.made import POLICY, assessed, document

HOME = "[[LOCATION/supported|Blyth]]"


def codes(*marked: str, **context) -> list[str]:
    return [w.code for w in assessed(*marked, **context).warnings]


def outcome(*marked: str) -> Outcome:
    assessment = assessed(*marked)
    return outcome_of(assessment.judgements, assessment.warnings, Ledger(()))


def test_one_warning_for_all_mentions_of_a_person():
    assessment = assessed(
        "The child, [[PERSON/supported|Kade Purvis]].",
        "The child, [[PERSON/supported|Kade]], and the child [[PERSON/supported|Mr Purvis]].",
    )
    (warning,) = assessment.warnings
    assert warning.code == "name_supported"
    assert warning.title.endswith(": 3 places")
    assert warning.where == "paragraph 1 and 2 more places"
    assert warning.findings == (0, 1, 2)
    assert warning.verdict is Verdict.BLOCK


def test_warnings_point_at_judgements_and_the_gravest_comes_first():
    assessment = assessed(
        "I have [[HEALTH/self|asthma]]. She lives in [[LOCATION/supported|Blyth]].",
        "Ring [[PHONE_NUMBER/family|07700 900318]] or [[PHONE_NUMBER/family|07700 900319]].",
    )
    assert [w.verdict for w in assessment.warnings] == [Verdict.BLOCK, Verdict.WARN, Verdict.INFORM]
    pointed = sorted(i for w in assessment.warnings for i in w.findings)
    assert pointed == list(range(len(assessment.judgements)))


def test_what_is_allowed_stands_apart_with_its_reason():
    assessment = assessed("{{theorist|Kolb}} says so. {{pseudonym|Leila}} agreed.")
    assert not assessment.judgements
    assert not assessment.warnings
    assert all(j.why and j.verdict is Verdict.ALLOW for j in assessment.allowed)
    assert len(assessment.allowed) == 2


def test_warnings_hold_no_text_of_the_document():
    assessment = assessed(
        "The child, [[PERSON/supported|Kade Purvis]], [[AGE/supported|nine]], has"
        " [[HEALTH/supported|epilepsy]] and lives in [[LOCATION/supported|Blyth]]."
    )
    said = " ".join(f"{w.title} {w.where} {w.why} {w.instead}" for w in assessment.warnings)
    assert not [word for word in ("Kade", "Purvis", "nine", "epilepsy", "Blyth") if word in said]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Nothing here.", Outcome.NOTHING_FOUND),
        ("Reflection by [[PERSON/self|Rowan Ashby]].", Outcome.NOTHING_FOUND),
        ("I have [[HEALTH/self|asthma]] and am [[DEMOGRAPHIC/self|a gay man]].", Outcome.NOTHING_FOUND),
        ("She lives in [[LOCATION/supported|Blyth]].", Outcome.WARNINGS),
        ("The child's mother, [[PERSON/family|Gail]], rang.", Outcome.BLOCKED),
        ("The child, [[PERSON/supported|J.O.]], rang.", Outcome.WARNINGS),
        ("My colleague was off with stress.", Outcome.WARNINGS),
    ],
)
def test_outcomes(marked, expected):
    assert outcome(marked) is expected


def test_own_name_needs_to_be_told():
    signed = "Signed by the practitioner: [[PERSON/self|Rowan Ashby]]"
    assert codes(signed) == ["own_name"]
    assert codes(signed, own_name="Someone Else") != ["own_name"]
    assert "own_name" not in codes(signed, own_name=None)


@pytest.mark.parametrize("own", ["rowan", "R.A.", "ASHBY", "Rowan", "Ms Ashby"])
def test_own_name_in_every_form(own):
    assert codes(f"I signed it, [[PERSON/self|{own}]].") == ["own_name"]


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("Tubs", Verdict.WARN),
        ("J.O.", Verdict.WARN),
        ("Miss T", Verdict.WARN),
        ("LCV", Verdict.WARN),
        ("Precious", Verdict.BLOCK),
        ("JO", Verdict.BLOCK),
        ("AMY", Verdict.BLOCK),
        ("J Okoro", Verdict.BLOCK),
    ],
)
def test_initials_and_pet_names_are_told_from_names(name, verdict):
    assert assessed(f"The child, [[PERSON/supported|{name}]], rang.").judgements[0].verdict is verdict


@pytest.mark.parametrize(
    ("marked", "verdict"),
    [
        ("My son has [[HEALTH/self|asthma]].", Verdict.INFORM),
        ("Condition: [[HEALTH/self|asthma]]", Verdict.WARN),
        ("He has [[HEALTH/supported|asthma]], I think.", Verdict.WARN),
    ],
)
def test_a_fact_is_the_own_one_only_beside_a_first_person(marked, verdict):
    assert assessed(marked).judgements[0].verdict is verdict


@pytest.mark.parametrize("other", ["R", "Rowena", "Ashley", "Rowan Price"])
def test_other_peoples_names_are_not_the_own_name(other):
    assert "own_name" not in codes(f"The child, [[PERSON/supported|{other}]], rang.")


@pytest.mark.parametrize(
    ("marked", "code"),
    [
        ("Write to [[EMAIL_ADDRESS/self|rowan.ashby@example.org]].", "own_address"),
        ("Write to [[EMAIL_ADDRESS/self|kade.purvis@example.org]].", "own_contact"),
        ("My manager, [[PERSON/manager|Dawn Gibbs]], agreed.", "name_manager"),
        ("The health visitor, [[PERSON/professional|Wilma Ogilvie]], rang.", "name_professional"),
        ("[[ORGANISATION/employer|Derby City Council]] pays.", "employer"),
        ("He goes to [[ORGANISATION/supported|Oak Hill Primary School]].", "school"),
        ("Born on [[DATE_OF_BIRTH/supported|02/08/2012]].", "date_of_birth"),
    ],
)
def test_wording_by_type_and_role(marked, code):
    assert codes(marked) == [code]


@pytest.mark.parametrize(
    ("marked", "code"),
    [
        (f"[[AGE/supported|Nine]], [[HEALTH/supported|epilepsy]], {HOME}.", "jigsaw_medium"),
        (
            f"[[AGE/supported|Nine]], [[HEALTH/supported|epilepsy]], [[DEMOGRAPHIC/family|Roma]], {HOME}.",
            "jigsaw_high",
        ),
        (f"[[OCCUPATION/supported|The island's only midwife]] near {HOME}.", "jigsaw_high"),
        (f"[[FAMILY/family|Triplets]] in {HOME}.", "jigsaw_high"),
        (f"[[AGE/supported|Nine]], {HOME}, [[LOCATION/supported|Hull]].", None),
        ("[[OCCUPATION/supported|Clippie]], [[AGE/supported|83]].", None),
        ("I am [[AGE/self|24]], [[DEMOGRAPHIC/self|Welsh]], with [[HEALTH/self|asthma]].", None),
        (f"[[AGE/supported|Nine]], my [[HEALTH/self|asthma]], {HOME}.", None),
        (f"[[AGE/colleague|44]], [[HEALTH/supported|epilepsy]], {HOME}.", None),
        (
            "My colleague: [[AGE/colleague|44]], [[HEALTH/colleague|MS]], [[DEMOGRAPHIC/colleague|Gaelic]].",
            "jigsaw_medium",
        ),
    ],
)
def test_jigsaw(marked, code):
    assert [c for c in codes(marked) if c.startswith("jigsaw")] == ([code] if code else [])


def test_facts_far_apart_make_a_low_jigsaw():
    apart = "A long way on. " * 40
    marked = f"[[AGE/supported|Nine]]. {apart} [[HEALTH/supported|Epilepsy]]. {apart} {HOME}."
    (jigsaw,) = [w for w in assessed(marked).warnings if w.code.startswith("jigsaw")]
    assert jigsaw.grade is Grade.LOW


def test_a_jigsaw_lists_its_pieces_once_and_the_gravest_passage_first():
    apart = "A long way on. " * 40
    marked = (
        f"[[AGE/supported|Nine]], [[HEALTH/supported|epilepsy]], {HOME}. {apart}",
        f"[[EVENT/supported|The fire]] in {HOME} on [[DATE/supported|3 May]], [[DATE/supported|4 May]].",
    )
    (jigsaw,) = [w for w in assessed(*marked).warnings if w.code.startswith("jigsaw")]
    assert jigsaw.grade is Grade.HIGH
    assert jigsaw.where == "paragraph 2 and 1 more place"
    assert "an event, a place and a date" in jigsaw.why
    assert len(jigsaw.findings) == 7


def test_unknown_is_told_as_unknown_and_treated_as_the_graver():
    assessment = assessed("Seen: [[PERSON/unknown|Zubair Oyelaran]]")
    judged = assessment.judgements[0]
    assert judged.verdict is Verdict.BLOCK
    if judged.finding.role is Role.UNKNOWN:
        assert assessment.warnings[0].code == "name_unknown"


@pytest.mark.parametrize(
    ("own", "form", "is_one"),
    [
        ("Rowan Ashby", "Rowie", True),
        ("Rowan Ashby", "Row Ashby", True),
        ("Rowan Ashby", "Rowen", True),
        ("Rowan Ashby", "Rosalind", False),
        ("Rowan Ashby", "Row Purvis", False),
        ("Rowan Ashby", "R", False),
        ("Mehmet Yıldız", "Mehmed Yildiz", True),
        (None, "Rowie", False),
    ],
)
def test_short_forms_of_the_own_name(own, form, is_one):
    assert is_own_form(form, own) is is_one


def test_a_short_form_is_the_own_one_only_where_the_text_says_so_too():
    assert codes("I signed it, [[PERSON/self|Rowie]].") == ["own_name"]
    assert codes("The child, [[PERSON/supported|Rowie]], rang.") == ["name_supported"]


def test_the_own_name_alone_in_capitals_is_no_initials():
    assert is_own_name("DAN", "Dan")
    assert not is_own_name("D", "Dan")


ELSEWHERE = (Fact("household", EntityType.EVENT), Fact("household", EntityType.HEALTH))
OTHER_KINDS = (Fact("household", EntityType.DATE), Fact("household", EntityType.DEMOGRAPHIC))


@pytest.mark.parametrize(
    ("marked", "elsewhere", "is_told"),
    [
        (f"She lives in {HOME}.", ELSEWHERE, True),
        ("She is [[AGE/supported|nine]].", ELSEWHERE, False),
        (f"[[AGE/supported|Nine]], from {HOME}.", (*ELSEWHERE[1:], Fact("household", EntityType.DATE)), True),
        (f"She lives in {HOME}.", (Fact("colleague", EntityType.EVENT),), False),
        (f"She lives in {HOME}.", (Fact("household", EntityType.LOCATION),), False),
        ("Nothing here.", ELSEWHERE, False),
        (f"[[AGE/supported|Nine]], [[HEALTH/supported|epilepsy]], {HOME}.", ELSEWHERE, True),
        (f"[[AGE/supported|Nine]], [[HEALTH/supported|epilepsy]], {HOME}.", OTHER_KINDS, False),
        (f"[[EVENT/supported|The fire]] in {HOME}.", (Fact("household", EntityType.FAMILY),), False),
        ("[[FAMILY/family|Triplets]].", (Fact("household", EntityType.LOCATION),), True),
        ("[[FAMILY/family|Two children]].", (Fact("household", EntityType.LOCATION),), False),
    ],
)
def test_a_jigsaw_over_the_documents_of_an_entry(marked, elsewhere, is_told):
    made, findings = document(marked)
    told = assess(made, findings, Context(facts=elsewhere), POLICY).warnings
    assert ("jigsaw_entry" in [w.code for w in told]) is is_told


@pytest.mark.parametrize(
    ("marked", "elsewhere", "code"),
    [
        ("[[AGE/supported|Nine]].", OTHER_KINDS, "jigsaw_entry_low"),
        (f"[[AGE/supported|Nine]], {HOME}.", OTHER_KINDS[1:], "jigsaw_entry_low"),
        (f"[[AGE/supported|Nine]], {HOME}.", OTHER_KINDS, "jigsaw_entry"),
        ("[[AGE/supported|Nine]].", OTHER_KINDS[1:], None),
        ("[[AGE/supported|Nine]].", (*OTHER_KINDS[1:], Fact("household", EntityType.AGE)), None),
        ("[[AGE/colleague|Fifty]].", OTHER_KINDS, None),
        ("I am [[AGE/self|fifty]].", OTHER_KINDS, None),
    ],
)
def test_three_kinds_over_an_entry_may_be_of_one_person_and_four_point_to_one(marked, elsewhere, code):
    made, findings = document(marked)
    told = assess(made, findings, Context(facts=elsewhere), POLICY).warnings
    assert [w.code for w in told if w.code.startswith("jigsaw")] == ([code] if code else [])


def test_a_jigsaw_over_documents_names_both_sides_and_no_words_of_either():
    made, findings = document(f"She lives in {HOME}, near [[LOCATION/supported|Hull]].")
    assessment = assess(made, findings, Context(facts=ELSEWHERE), POLICY)
    (told,) = [w for w in assessment.warnings if w.code == "jigsaw_entry"]
    assert "This one tells a place, the others an event and health." in told.why
    assert told.findings == (0, 1)
    assert facts_of(made, assessment.judgements) == (Fact("household", EntityType.LOCATION),)
