"""The OpenAPI document: what FastAPI writes of the routes, with problems and with who may call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from web.access import FORM_TOKEN
from web.rights import ACCESS, Party, Rule

Json = dict[str, Any]

_CHANGES = ("post", "put", "delete")
_TEXT = {"type": "string"}

PROBLEM: Json = {
    "type": "object",
    "description": "Why a request was refused (RFC 9457).",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "code": {**_TEXT, "description": "Does not change. `docs/codes.md` says what each means."},
        "detail": {**_TEXT, "description": "A sentence for people. It may change."},
        "errors": {"type": "array", "description": "Which fields are not as they should be.", "items": {}},
        "needs": {"type": "array", "items": {"$ref": "#/components/schemas/Need"}},
        "way_back": {**_TEXT, "description": "Where a new link can be had."},
    },
}
_REFUSED: Json = {
    "description": "A problem document.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_SCHEMES: Json = {
    "token": {"type": "http", "scheme": "bearer", "description": "A portal's token, with its scopes."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-evidence",
        "description": 'Somebody who is signed in. Without TLS the cookie\'s name is "evidence".',
    },
    "form_token": {
        "type": "apiKey",
        "in": "header",
        "name": FORM_TOKEN,
        "description": "With every change of somebody who is signed in. `GET /v1/session` tells it.",
    },
}


class DescribedApp(FastAPI):
    """An app whose OpenAPI document says how each route refuses, and who may call it."""

    def openapi(self) -> Json:
        """Write the OpenAPI document, once."""
        if self.openapi_schema is None:
            written = super().openapi()
            for method, path, operation in _operations(written):
                _describe(operation, method, ACCESS.get((method.upper(), path)))
            components = written["components"]
            components["schemas"] |= {"Problem": PROBLEM}
            components["securitySchemes"] = _SCHEMES
            for framework_own in ("HTTPValidationError", "ValidationError"):
                components["schemas"].pop(framework_own, None)
        return self.openapi_schema or {}


def _operations(written: Json) -> Iterator[tuple[str, str, Json]]:
    for path, item in written["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


def _describe(operation: Json, method: str, rule: Rule | None) -> None:
    operation["responses"].pop("422", None)  # the framework's own form of errors is never sent
    operation["responses"]["default"] = _REFUSED
    if rule is not None:
        operation["security"] = list(_ways_in(rule, is_change=method in _CHANGES))


def _ways_in(rule: Rule, *, is_change: bool) -> Iterator[Json]:
    if Party.PORTAL in rule.parties:
        yield {"token": [rule.scope.value] if rule.scope else []}
    if rule.parties - {Party.PORTAL}:
        yield {"session": [], "form_token": []} if is_change else {"session": []}
