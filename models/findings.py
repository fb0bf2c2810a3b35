"""Findings: where personal data stands, whose it is, and what policy says of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.text import Span


class EntityType(StrEnum):
    """Kinds of identifying data, named as in the labelled corpus (`tests/gold/GUIDE.md`)."""

    PERSON = "PERSON"
    STREET_ADDRESS = "STREET_ADDRESS"
    POSTCODE = "POSTCODE"
    PHONE_NUMBER = "PHONE_NUMBER"
    EMAIL_ADDRESS = "EMAIL_ADDRESS"
    SOCIAL_HANDLE = "SOCIAL_HANDLE"
    URL = "URL"
    NHS_NUMBER = "NHS_NUMBER"
    NINO = "NINO"
    REGISTRATION_NUMBER = "REGISTRATION_NUMBER"
    CASE_REFERENCE = "CASE_REFERENCE"
    DATE_OF_BIRTH = "DATE_OF_BIRTH"
    VEHICLE_REGISTRATION = "VEHICLE_REGISTRATION"
    BANK_ACCOUNT = "BANK_ACCOUNT"
    LOCATION = "LOCATION"
    ORGANISATION = "ORGANISATION"
    DATE = "DATE"
    AGE = "AGE"
    DEMOGRAPHIC = "DEMOGRAPHIC"
    HEALTH = "HEALTH"
    FAMILY = "FAMILY"
    OCCUPATION = "OCCUPATION"
    EVENT = "EVENT"

    @property
    def is_direct(self) -> bool:
        """Tell whether data of this kind identifies someone on its own."""
        return self not in INDIRECT


INDIRECT = frozenset(
    {
        EntityType.LOCATION,
        EntityType.ORGANISATION,
        EntityType.DATE,
        EntityType.AGE,
        EntityType.DEMOGRAPHIC,
        EntityType.HEALTH,
        EntityType.FAMILY,
        EntityType.OCCUPATION,
        EntityType.EVENT,
    }
)


class Role(StrEnum):
    """Who a finding is about, from where the writer stands."""

    SUPPORTED = "supported"
    FAMILY = "family"
    COLLEAGUE = "colleague"
    MANAGER = "manager"
    PROFESSIONAL = "professional"
    STUDENT = "student"
    EMPLOYER = "employer"
    SELF = "self"
    AUTHOR = "author"
    UNKNOWN = "unknown"


class LookAlike(StrEnum):
    """Why something that looks identifying is not: the reason it is allowed."""

    THEORIST = "theorist"
    LAW = "law"
    INQUIRY = "inquiry"
    TOOL = "tool"
    PUBLIC_BODY = "public_body"
    COURSE = "course"
    WORD = "word"
    PSEUDONYM = "pseudonym"
    GENERIC = "generic"


class Verdict(StrEnum):
    """What policy says of a finding, gravest first."""

    BLOCK = "block"
    WARN = "warn"
    INFORM = "inform"
    ALLOW = "allow"


GRAVEST_FIRST = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data, or something that looks like it, at one place. Never its text.

    Attributes:
        segment: Id of the segment it stands in.
        span: Its place in the segment's raw text.
        score: How sure the recognizer is, 0 to 1; not a probability.
        recognizer: Name of what found it, as in the recognizer tables.
        role_score: How sure the recognizer is of the role, 0 to 1.
        other_roles: Other roles that the recognizer holds for possible, with how sure it is
            of each; none once the role is settled.
        person: Number of the person it names; the same for every mention of one person
            in the document. None where it names nobody.
        look_alike: Why it is not personal data although it looks so, else None.
        was: The type as it was found, where a reviewer has changed it.
    """

    segment: str
    span: Span
    entity_type: EntityType
    score: float
    recognizer: str
    role: Role = Role.UNKNOWN
    person: int | None = None
    look_alike: LookAlike | None = None
    role_score: float = 0.0
    was: EntityType | None = None
    other_roles: tuple[tuple[Role, float], ...] = ()


class Hide(StrEnum):
    """In which redacted copies a finding is replaced by a label."""

    ALWAYS = "always"
    FOR_ASSESSOR = "for_assessor"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A finding and what policy says of it.

    Attributes:
        rule: Id of the policy rule that decided, so that the verdict can be explained.
        why: The rule's reason in plain words; never text of the document.
        hide: In which redacted copies a label stands in its place.
    """

    finding: Finding
    verdict: Verdict
    rule: str
    why: str
    hide: Hide = Hide.ALWAYS


@dataclass(frozen=True, slots=True)
class Person:
    """Someone a document names, as far as can be told from it. Never the name itself.

    Attributes:
        number: As in `Finding.person`.
        stage: "baby", "child" or "adult", where the document says so.
        kin: What the person is to `kin_of` ("mother", "uncle"), for family.
        kin_of: Number of the person supported whose family this is.
        job: What a worker is called in a neutral label ("health visitor").
    """

    number: int
    role: Role
    stage: str | None = None
    kin: str | None = None
    kin_of: int | None = None
    job: str | None = None


def finding_id(finding: Finding) -> str:
    """Name a finding by its place and the type found: the same each time the same text is checked."""
    entity_type = finding.was or finding.entity_type
    return f"{finding.segment}:{finding.span.start}-{finding.span.end}:{entity_type}"


def place_of(finding: str) -> tuple[str, Span, EntityType]:
    """Read a finding's segment, span and type from its id.

    Raises:
        ValueError: If it is not the id of a finding.
    """
    segment, span, entity_type = finding.split(":")
    start, end = span.split("-")
    return segment, Span(int(start), int(end)), EntityType(entity_type)
