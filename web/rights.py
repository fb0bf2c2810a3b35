"""Rights: who may call what. Every route, page or not, has a row in one table, or nobody may call it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storage.tokens import Scope


class Party(StrEnum):
    """Who somebody is to the service."""

    PORTAL = "portal"
    PRACTITIONER = "practitioner"
    REVIEWER = "reviewer"
    SENIOR_REVIEWER = "senior_reviewer"
    AUDITOR = "auditor"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may call one route.

    Attributes:
        parties: Who may. A practitioner only reaches their own entries, a portal its own.
        scope: What a portal's token must allow.
        noted: The code under which a call is noted in the audit, or None where it is not:
            asking again and again how far one's own entry is.
    """

    parties: frozenset[Party]
    scope: Scope | None = None
    noted: str | None = None


def _rule(scope: Scope, noted: str | None = None, *, practitioner: bool = True) -> Rule:
    parties = {Party.PORTAL, Party.PRACTITIONER} if practitioner else {Party.PORTAL}
    return Rule(frozenset(parties), scope, noted)


_REVIEWERS = frozenset({Party.REVIEWER, Party.SENIOR_REVIEWER})
_ENTRY = "/v1/entries/{entry}"
_DOCUMENT = _ENTRY + "/documents/{document}"
_REVIEW = "/v1/review/entries/{entry}"
_DESK = "/desk/entries/{entry}/documents/{document}"
_WEBHOOK = "/v1/webhooks/{webhook}"
_PAGE = "/entries/{entry}"
_PAGE_DOCUMENT = _PAGE + "/documents/{document}"
_PRACTITIONER = frozenset({Party.PRACTITIONER})
_SIGNED_IN = frozenset(Party) - {Party.PORTAL}

ACCESS: dict[tuple[str, str], Rule] = {
    ("POST", "/v1/entries"): _rule(Scope.ENTRIES_WRITE, "entry.created", practitioner=False),
    ("GET", "/v1/entries"): _rule(Scope.ENTRIES_READ, "entries.listed", practitioner=False),
    ("GET", _ENTRY): _rule(Scope.ENTRIES_READ),
    ("DELETE", _ENTRY): _rule(Scope.ENTRIES_DELETE, "entry.deleted"),
    ("PUT", _ENTRY + "/answers"): _rule(Scope.ENTRIES_WRITE, "answers.saved"),
    ("PUT", _ENTRY + "/parts"): _rule(Scope.ENTRIES_WRITE, "parts.chosen"),
    ("GET", _ENTRY + "/part-decisions"): _rule(Scope.ENTRIES_READ),
    ("GET", _ENTRY + "/gate"): _rule(Scope.ENTRIES_READ),
    ("GET", _ENTRY + "/requirements"): _rule(Scope.ENTRIES_READ, "entries.listed"),
    ("POST", _ENTRY + "/profile"): _rule(Scope.RESULTS_READ, "profile.made"),
    ("POST", "/v1/profile"): _rule(Scope.RESULTS_READ, "profile.made", practitioner=False),
    ("GET", "/v1/requirements"): _rule(Scope.ENTRIES_READ, "entries.listed", practitioner=False),
    ("POST", _ENTRY + "/submit"): _rule(Scope.ENTRIES_SUBMIT, "entry.submitted"),
    ("POST", _ENTRY + "/withdraw"): _rule(Scope.ENTRIES_SUBMIT, "entry.withdrawn"),
    ("POST", _ENTRY + "/reopen"): _rule(Scope.ENTRIES_SUBMIT, "entry.reopened"),
    ("POST", _ENTRY + "/links"): _rule(Scope.LINKS_WRITE, "link.made", practitioner=False),
    ("GET", _ENTRY + "/events"): _rule(Scope.ENTRIES_READ),
    ("GET", _ENTRY + "/progress"): _rule(Scope.ENTRIES_READ),
    ("GET", _ENTRY + "/decisions"): _rule(Scope.ENTRIES_READ),
    ("POST", _ENTRY + "/decisions"): _rule(Scope.DECISIONS_WRITE, "decision.taken"),
    ("POST", _ENTRY + "/documents"): _rule(Scope.ENTRIES_WRITE, "document.uploaded"),
    ("GET", _DOCUMENT): _rule(Scope.ENTRIES_READ),
    ("PUT", _DOCUMENT): _rule(Scope.ENTRIES_WRITE, "document.replaced"),
    ("DELETE", _DOCUMENT): _rule(Scope.ENTRIES_WRITE, "document.removed"),
    ("GET", _DOCUMENT + "/results"): _rule(Scope.RESULTS_READ, "results.read"),
    ("GET", _DOCUMENT + "/original"): _rule(Scope.RESULTS_READ, "original.read"),
    ("GET", _DOCUMENT + "/redacted"): _rule(Scope.RESULTS_READ, "redacted.read"),
    ("POST", _DOCUMENT + "/use-redacted"): _rule(Scope.ENTRIES_WRITE, "document.redacted"),
    ("GET", "/v1/receipts"): _rule(Scope.ENTRIES_READ, practitioner=False),
    ("POST", "/v1/webhooks"): _rule(Scope.WEBHOOKS_WRITE, "webhook.added", practitioner=False),
    ("GET", "/v1/webhooks"): _rule(Scope.WEBHOOKS_WRITE, practitioner=False),
    ("DELETE", _WEBHOOK): _rule(Scope.WEBHOOKS_WRITE, "webhook.removed", practitioner=False),
    ("GET", _WEBHOOK + "/deliveries"): _rule(Scope.WEBHOOKS_WRITE, practitioner=False),
    ("POST", _WEBHOOK + "/deliveries/{delivery}/again"): _rule(Scope.WEBHOOKS_WRITE, practitioner=False),
    ("GET", "/v1/review/documents"): Rule(_REVIEWERS),
    ("GET", _REVIEW + "/documents/{document}/results"): Rule(_REVIEWERS, noted="results.read"),
    ("POST", _REVIEW + "/documents/{document}/retry"): Rule(_REVIEWERS, noted="document.retried"),
    ("POST", _REVIEW + "/documents/{document}/reveal"): Rule(_REVIEWERS),
    ("GET", _REVIEW + "/gate"): Rule(_REVIEWERS),
    ("GET", _REVIEW + "/decisions"): Rule(_REVIEWERS, noted="decisions.read"),
    ("POST", _REVIEW + "/decisions"): Rule(_REVIEWERS, noted="decision.taken"),
    ("GET", "/desk"): Rule(_REVIEWERS),
    ("GET", "/desk/statistics"): Rule(_REVIEWERS),
    ("GET", "/desk/lists"): Rule(_REVIEWERS, noted="lists.read"),
    ("POST", "/desk/lists"): Rule(frozenset({Party.SENIOR_REVIEWER})),
    ("POST", "/desk/lists/{word}/remove"): Rule(frozenset({Party.SENIOR_REVIEWER})),
    ("GET", "/desk/samples"): Rule(_REVIEWERS),
    ("POST", "/desk/samples"): Rule(frozenset({Party.SENIOR_REVIEWER})),
    ("GET", "/desk/samples/{sample}"): Rule(_REVIEWERS),
    ("POST", "/desk/samples/{sample}/read"): Rule(_REVIEWERS),
    ("GET", _DESK): Rule(_REVIEWERS, noted="results.read"),
    ("GET", _DESK + "/pages/{page}"): Rule(_REVIEWERS, noted="page.seen"),
    ("GET", _DESK + "/pages/{page}/marks"): Rule(_REVIEWERS),
    ("GET", _DESK + "/timeline"): Rule(_REVIEWERS, noted="decisions.read"),
    ("GET", _DESK + "/finish"): Rule(_REVIEWERS),
    ("POST", _DESK + "/finish"): Rule(_REVIEWERS, noted="decision.taken"),
    ("POST", _DESK + "/step"): Rule(_REVIEWERS, noted="decision.taken"),
    ("POST", _DESK + "/reveal"): Rule(_REVIEWERS),
    ("POST", _DESK + "/mask"): Rule(_REVIEWERS),
    ("POST", _DESK + "/hold"): Rule(_REVIEWERS),
    ("POST", _DESK + "/retry"): Rule(_REVIEWERS, noted="document.retried"),
    ("GET", "/v1/audit/entries/{entry}"): Rule(frozenset({Party.AUDITOR}), noted="audit.read"),
    ("GET", "/v1/audit/verification"): Rule(frozenset({Party.AUDITOR}), noted="audit.verified"),
    ("GET", "/metrics"): Rule(frozenset({Party.OPERATOR})),
    ("GET", "/audit"): Rule(frozenset({Party.AUDITOR}), noted="audit.verified"),
    ("GET", "/audit/entries/{entry}"): Rule(frozenset({Party.AUDITOR}), noted="audit.read"),
    ("GET", "/operations"): Rule(frozenset({Party.OPERATOR})),
    ("GET", "/v1/session"): Rule(_SIGNED_IN),
    ("DELETE", "/v1/session"): Rule(_SIGNED_IN),
    ("POST", "/sign-out"): Rule(_SIGNED_IN),
    ("GET", "/entries"): Rule(_PRACTITIONER, noted="entries.listed"),
    ("GET", "/new-entry"): Rule(_PRACTITIONER),
    ("POST", "/new-entry"): Rule(_PRACTITIONER, noted="entry.created"),
    ("GET", _PAGE): Rule(_PRACTITIONER),
    ("POST", _PAGE): Rule(_PRACTITIONER, noted="answers.saved"),
    ("GET", _PAGE + "/files"): Rule(_PRACTITIONER),
    ("POST", _PAGE + "/files"): Rule(_PRACTITIONER, noted="document.uploaded"),
    ("GET", _PAGE + "/files/{document}/take-out"): Rule(_PRACTITIONER),
    ("POST", _PAGE + "/files/{document}/take-out"): Rule(_PRACTITIONER, noted="document.removed"),
    ("GET", _PAGE_DOCUMENT): Rule(_PRACTITIONER, noted="results.read"),
    ("POST", _PAGE_DOCUMENT + "/settle"): Rule(_PRACTITIONER, noted="decision.taken"),
    ("POST", _PAGE_DOCUMENT + "/suggestion"): Rule(_PRACTITIONER, noted="answers.saved"),
    ("POST", _PAGE_DOCUMENT + "/replace"): Rule(_PRACTITIONER, noted="document.replaced"),
    ("GET", _PAGE_DOCUMENT + "/copy"): Rule(_PRACTITIONER, noted="redacted.read"),
    ("GET", _PAGE_DOCUMENT + "/redacted"): Rule(_PRACTITIONER, noted="redacted.read"),
    ("POST", _PAGE_DOCUMENT + "/use-copy"): Rule(_PRACTITIONER, noted="document.redacted"),
    ("GET", _PAGE + "/parts"): Rule(_PRACTITIONER, noted="results.read"),
    ("POST", _PAGE + "/parts"): Rule(_PRACTITIONER, noted="parts.chosen"),
    ("GET", _PAGE + "/submit"): Rule(_PRACTITIONER),
    ("POST", _PAGE + "/submit"): Rule(_PRACTITIONER, noted="entry.submitted"),
    ("GET", _PAGE + "/submitted"): Rule(_PRACTITIONER),
    ("POST", _PAGE + "/withdraw"): Rule(_PRACTITIONER, noted="entry.withdrawn"),
    ("POST", _PAGE + "/reopen"): Rule(_PRACTITIONER, noted="entry.reopened"),
    ("GET", _PAGE + "/delete"): Rule(_PRACTITIONER),
    ("POST", _PAGE + "/delete"): Rule(_PRACTITIONER, noted="entry.deleted"),
}
"""Who may call each route, pages included. A reveal notes itself, in the transaction that opens the text."""

OPEN = frozenset(
    {
        ("GET", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/v1/openapi.json"),
        ("POST", "/v1/session/link"),
        ("POST", "/v1/session/staff"),
        ("GET", "/"),
        ("POST", "/example"),
        ("GET", "/static/{digest}/{name:path}"),
        ("GET", "/sign-in"),
        ("POST", "/sign-in"),
        ("GET", "/enter/{token}"),
        ("POST", "/enter/{token}"),
        ("GET", "/staff/oidc"),
        ("GET", "/staff/oidc/back"),
    }
)
"""The routes that anyone may call: they tell nothing of any entry, or are how one signs in."""
