"""What is told of a colleague, or of an offence, is warned of even where nobody is named."""

from __future__ import annotations

import pytest

from models.findings import Judgement, Role
from models.text import Span
from models.warnings import spot_of
from pipeline.disclosure import disclosed, disclosures
from pipeline.marked import words_at
from pipeline.spoken_of import mention
from rules.display import load_display
from tests.assess.made import POLICY, assessed, document


def told(text: str) -> set[str]:
    """Return the codes of the matters that a text tells, its names being found."""
    return {w.code for w in assessed(text).warnings if w.code.startswith(("colleague_", "offence"))}


@pytest.mark.parametrize(
    "text",
    [
        "My colleague was off with stress for months.",
        "A colleague was off with shingles.",
        "Two of the team were signed off sick.",
        "Our team manager has been off since June.",
        "My colleague told me she had been diagnosed with something serious.",
        "My colleague told me her news. She had cancer.",
        "My manager was away. I took her duty. Her chemotherapy had started.",
        "Our deputy is pregnant.",
        "A worker in my team had a miscarriage.",
        "My supervisor shared that she takes antidepressants.",
        "One of my students is autistic.",
        "My supervisee with hearing loss asked for captions.",
        "The practitioner I co-worked with was drinking at lunchtime.",
        "The long-term sickness of our manager left us short.",
        "so my manager has gone off sick again and nobody tells us",
        "- mgr off w stress, 6/52",
        "The health visitor was off with Covid.",
        "Wellbeing: worker tearful, will see how it goes",
        "[[PERSON/colleague|Derek]] is off sick again.",
        "[[PERSON/supported|Jo]] is back on a phased return.",
    ],
)
def test_health_and_absence_of_a_colleague(text):
    assert told(text) == {"colleague_health"}


@pytest.mark.parametrize(
    "text",
    [
        "A colleague faced two complaints against him.",
        "The grievance raised by a colleague has split the office.",
        "There is a grievance against our deputy manager.",
        "My colleague won his grievance.",
        "Our new starter had a written warning.",
        "The social worker before me was suspended.",
        "One of the social workers in my team left. He was suspended.",
        "The client made a complaint about my manager.",
        "My line manager bullied me for months.",
        "I was bullied by my manager.",
        "The agency worker was let go because she had falsified visits.",
        "There is a fitness to practise case about her.",
        "A former team leader took the council to an employment tribunal.",
        "He was dismissed for gross misconduct.",
        "- mgr under investigation",
        "Pay is unfair. Another is on a final written warning.",
        "My manager, who is going through a grievance, was away.",
        "The last worker in our team was dismissed for falsifying visits.",
    ],
)
def test_grievances_complaints_and_discipline(text):
    assert told(text) == {"colleague_conduct"}


@pytest.mark.parametrize(
    "text",
    [
        "I supported a newly qualified worker who was not meeting the standard.",
        "His reports were late. He was put on a capability plan.",
        "My student was at risk of failing her placement.",
        "My manager is lazy.",
        "The social worker who had the case before me had not visited for weeks.",
        "[[PERSON/supported|Marcus]] is on a performance improvement plan.",
        "I have doubts about my manager's practice.",
    ],
)
def test_how_well_a_colleague_works(text):
    assert told(text) == {"colleague_work"}


@pytest.mark.parametrize(
    "text",
    [
        "Our deputy goes on maternity leave.",
        "My co-worker's husband died in the spring.",
        "My colleague earns more than me for the same job.",
        "We have lost three people: one to redundancy.",
        "I asked my senior who is on maternity leave.",
        "[[PERSON/colleague|Yusra]] has handed in her notice.",
    ],
)
def test_a_colleague_s_private_life_or_job(text):
    assert told(text) == {"colleague_matter"}


@pytest.mark.parametrize(
    "text",
    [
        "He was sentenced on the Friday.",
        "Her partner is a registered sex offender.",
        "The young person got a conditional caution.",
        "The young person I support was arrested.",
        "The neighbour has a caution for possession.",
        "His uncle did four years for arson.",
        "Her uncle got seven years.",
        "The neighbour has been inside for burglary.",
        "My brother was in prison.",
        "We talked about dad's conviction.",
        "Mum's new boyfriend is known to police.",
        "The grandfather is alleged to have abused her mother.",
        "The teenager has been charged and waits.",
        "A former colleague was arrested.",
        "[[PERSON/family|Dean]] is on bail.",
    ],
)
def test_offences(text):
    assert told(text) == {"offence"}


@pytest.mark.parametrize(
    "text",
    [
        "I live with bipolar disorder and took four months off sick.",
        "When I came back I had a phased return.",
        "My manager noticed that I was off with stress.",
        "My manager asked how my phased return was going.",
        "I told my supervisor that I had been depressed since my divorce.",
        "I was signed off work and my manager rang.",
        "I was suspended after a complaint about me.",
        "I was arrested at nineteen. I was cautioned.",
        "I was arrested by how still the room was.",
        "He wanted to have me struck off.",
        "[[PERSON/self|Rowan]] was suspended.",
    ],
)
def test_what_practitioners_tell_of_themselves_is_theirs_to_tell(text):
    assert told(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Sickness absence is high. Many social workers leave because of burnout.",
        "We looked at stress and how the team copes.",
        "The grievance policy is on the intranet.",
        "A good manager knows the capability procedure.",
        "We discussed how a manager should hold a meeting when a phased return is offered.",
        "When a colleague is off sick their cases are shared out.",
        "A person who is arrested may ask for a solicitor.",
        "Young people who are remanded are looked after.",
        "Sentencing guidelines changed. We read them.",
        "The law on bail is new.",
        "A social worker was struck off after the inquiry.",
        "Nobody in my team has ever been suspended.",
        "In the case study a colleague was suspended.",
    ],
)
def test_what_is_said_of_people_in_general_is_not_told_of_anyone(text):
    assert told(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "My colleague was not off sick, she was on annual leave.",
        "He has not been convicted of anything.",
        "There were no grievances in my team this year.",
        "I wrote a warning to all staff.",
        "My colleague and I read about depression.",
        "My supervisor recommended a book about depression.",
        "My manager is a dementia lead.",
        "My manager dealt with the complaint from the school.",
        "My manager suspended the visits because of snow.",
        "I dismissed my first thought. My manager dismissed the idea.",
        "The client told my manager that she had cancer.",
        "The GP wrote that he had depression.",
        "The woman I support has cancer. Her daughter is pregnant.",
        "The boy was suspended.",
        "My manager spoke of a grievance policy and I went through it.",
        "The neighbour stayed inside for days.",
        "She is senior to me and was on maternity cover.",
        "The meeting broke down and we had to begin again.",
        "His uncle did four years for the council.",
        "Her husband had served six years in the army.",
        "She spoke with caution for once.",
        "He did a course for carers.",
        "He was charged with looking after the minutes.",
        "I found her conviction that things would change moving.",
        "She sentenced herself to a life alone.",
        "They arrested the decline in attendance.",
        "The lad took the bus from Prison Road.",
    ],
)
def test_near_misses(text):
    assert told(text) == set()


def test_a_pronoun_after_two_people_stands_for_neither():
    assert told("My colleague met the mother. She was pregnant.") == set()
    assert told("My colleague met the mother. She was on a phased return.") == {"colleague_health"}


def test_a_matter_has_the_place_of_its_words():
    made, _ = document("My colleague was off with stress.")
    ((code, span),) = disclosed(made.segments[0], POLICY.disclosures)
    assert (code, made.segments[0].text[span.start : span.end]) == ("colleague_health", "was off with stress")


def test_words_of_one_matter_that_follow_each_other_are_one_place():
    made, _ = document("Our agency worker was dismissed for falsifying visits. He had been suspended.")
    (segment,) = made.segments
    told = [segment.text[s.start : s.end] for _, s in disclosed(segment, POLICY.disclosures)]
    assert told == ["dismissed for falsifying", "suspended"]


def test_a_name_counts_as_its_role_says():
    made, _ = document("Derek is autistic.")
    (segment,) = made.segments
    for role, found in ((Role.COLLEAGUE, 1), (Role.SUPPORTED, 0), (Role.SELF, 0), (Role.UNKNOWN, 0)):
        assert len(list(disclosed(segment, POLICY.disclosures, [mention(Span(0, 5), role)]))) == found


def test_who_only_looks_like_the_practitioner_may_be_a_colleague():
    made, findings = document("[[PERSON/self|Joanne Tully]] came. [[PERSON/self|Joanne]] has been off sick.")
    rule = POLICY.rule_for
    for traits, told in ((frozenset({"own_likely"}), ["off sick"]), (frozenset({"own"}), [])):
        judgements = [Judgement(f, rule(f, traits).verdict, "", "") for f in findings]
        spots = disclosures(made, judgements, POLICY.disclosures)
        assert [words_at(made, spot) for found in spots.values() for spot in found] == told


def warnings_of(*marked: str) -> list[tuple[str, list[str], list[str]]]:
    """List the warnings of a text by code, with the words of their findings and their other words."""
    made, _ = document(*marked)
    assessment = assessed(*marked)
    return [
        (
            w.code,
            [words_at(made, spot_of(assessment.judgements[i])) for i in w.findings],
            [words_at(made, spot) for spot in w.spots],
        )
        for w in assessment.warnings
    ]


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        (
            "My colleague was off with [[HEALTH/colleague|stress]].",
            [("colleague_health", ["stress"], [])],
        ),
        (
            "My manager has [[HEALTH/unknown|breast cancer]].",
            [("colleague_health", ["breast cancer"], [])],
        ),
        (
            "My colleague was off sick. It was [[HEALTH/colleague|a stroke]].",
            [("colleague_health", ["a stroke"], ["off sick"])],
        ),
        ("Our deputy spoke of [[HEALTH/manager|her MS]].", [("colleague_health", ["her MS"], [])]),
        (
            "My co-worker's husband died of [[HEALTH/family|cancer]].",
            [("health", ["cancer"], []), ("colleague_matter", [], ["'s husband died"])],
        ),
        (
            "My colleague was off sick. The boy has [[HEALTH/supported|asthma]].",
            [("health", ["asthma"], []), ("colleague_health", [], ["off sick"])],
        ),
        (
            "My colleague has been off since [[DATE/colleague|3 May]].",
            [("date", ["3 May"], []), ("colleague_health", [], ["been off since"])],
        ),
        ("I have [[HEALTH/self|asthma]]. I was off sick.", [("about_you", ["asthma"], [])]),
    ],
)
def test_what_is_told_of_somebody_is_told_once(marked, told):
    assert warnings_of(marked) == told


def test_places_are_named_one_by_one_with_their_words():
    (warning,) = assessed("He was arrested.\nWe met.\nShe is on bail.", "His uncle is in prison.").warnings
    assert warning.where == "paragraph 1, lines 1 and 3; paragraph 2"
    assert warning.title.endswith(": 3 places")
    assert [(s.segment, s.span.start) for s in warning.spots] == [("s1", 7), ("s1", 32), ("s2", 13)]


def test_findings_and_words_of_one_warning_are_counted_together():
    (warning,) = assessed("My manager has [[HEALTH/manager|cancer]].", "Our deputy is off sick.").warnings
    assert warning.title.endswith(": 2 places")
    assert warning.where == "paragraph 1; paragraph 2"


def test_every_matter_has_its_words_beside_the_mark():
    matters = {d.code for d in POLICY.disclosures.disclosures} | {"not_english"}
    assert set(load_display().matters) == matters
