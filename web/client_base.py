"""What the portal's client is built on: one connection, answers as typed values, problems as errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import cache
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self, TypeVar, get_args, get_type_hints

import httpx

from models.serialize import Json, from_json

T = TypeVar("T")
Files = dict[str, tuple[str, bytes]]


class PortalProblem(Exception):  # noqa: N818  (the word of the API: a problem document)
    """The service answered with a problem document.

    Attributes:
        code: Says what is the matter, as in `docs/codes.md`.
        problem: The whole document.
    """

    def __init__(self, status: int, problem: dict[str, Json]) -> None:
        self.status = HTTPStatus(status)
        self.code = str(problem.get("code", ""))
        self.problem = problem
        super().__init__(f"{status} {self.code}: {problem.get('detail', '')}")


class Connection:
    """Sends requests with a portal's token.

    Args:
        base_url: Where the service is.
        token: The portal's token.
        transport: What carries the requests; the network, where not given.
    """

    def __init__(self, base_url: str, token: str, transport: httpx.BaseTransport | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        self.http = httpx.Client(base_url=base_url, headers=headers, timeout=60, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def ask(
        self,
        kind: type[T],
        method: str,
        path: str,
        *,
        json: Json = None,
        files: Files | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> T:
        """Send a request and read its answer as a value of a type.

        Raises:
            PortalProblem: The service refused it.
        """
        answer = self.request(method, path, json=json, files=files, headers=headers)
        return from_json(kind, _known(kind, answer.json()))

    def ask_list(self, kind: type[T], path: str) -> list[T]:
        """Ask for a list and read each of its items as a value of a type."""
        return [from_json(kind, _known(kind, item)) for item in self.request("GET", path).json()]

    def request(
        self,
        method: str,
        path: str,
        *,
        json: Json = None,
        files: Files | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send a request.

        Raises:
            PortalProblem: The service refused it.
        """
        answer = self.http.request(method, path, json=json, files=files, headers=headers)
        self.check(answer)
        return answer

    def check(self, answer: httpx.Response) -> None:
        """Refuse an answer that is a problem.

        Raises:
            PortalProblem: It is one.
        """
        if answer.is_error:
            answer.read()
            raise PortalProblem(answer.status_code, _problem(answer))


def seen(revision: int) -> dict[str, str]:
    """Return the header that says which revision was seen."""
    return {"If-Match": f'"{revision}"'}


def once(key: str | None) -> dict[str, str]:
    """Return the header under which a request is done once however often it is sent."""
    return {} if key is None else {"Idempotency-Key": key}


def _known(kind: Any, value: Json) -> Json:
    """Leave out fields that a type does not know: a newer service may tell more than this client reads."""
    inner = [k for k in get_args(kind) if k not in (type(None), Ellipsis)]
    if isinstance(value, list) and inner:  # of a list, what it holds
        return [_known(inner[0], item) for item in value]
    if isinstance(value, dict) and isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return {name: _known(hints[name], item) for name, item in value.items() if name in hints}
    if isinstance(value, dict) and inner:  # of what may be None, the other
        return _known(inner[0], value)
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _problem(answer: httpx.Response) -> dict[str, Json]:
    """Read a problem document; what stands between us and the service may answer with a page."""
    if answer.headers.get("content-type", "").startswith("application/problem+json"):
        problem: dict[str, Json] = answer.json()
        return problem
    return {"code": "", "detail": answer.reason_phrase}
