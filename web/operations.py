"""What operators and load balancers ask: is it alive, is it ready, how does the line do."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter, Depends, FastAPI, Request, Response

from web.access import authorise
from web.metrics import CONTENT_TYPE, Metrics
from web.readiness import Code, Readiness
from web.readiness import is_ready as can_serve
from web.requests import RequestLog
from web.service import Service, service_of

router = APIRouter(tags=["operations"])


@dataclass(frozen=True, slots=True)
class ReadinessView:
    """Whether requests can be served.

    Attributes:
        parts: What requests need, each with its code: "answers", "away", "late" or
            "not_configured". Uploads are taken while the queue is away: they wait in the records.
            Beside them "workers": "away" where some queue has no worker that hears it.
    """

    status: str
    parts: dict[str, Code]


def install(app: FastAPI, service: Service) -> None:
    """Watch every request of an app."""
    app.state.readiness = Readiness(service)
    app.state.metrics = Metrics(service, app.state.readiness)
    app.add_middleware(RequestLog, metrics=app.state.metrics)


def may_read_metrics(request: Request) -> None:
    """Let in who sends the operator's token for metrics, and operators who are signed in.

    The caller's address would not do: behind a proxy, everyone comes from this machine.

    Raises:
        ProblemError: If it is neither.
    """
    token = service_of(request).settings.metrics_token
    scheme, _, untrusted = request.headers.get("authorization", "").partition(" ")
    is_token = scheme.lower() == "bearer" and hmac.compare_digest(untrusted.encode(), token.encode())
    if not token or not is_token:
        authorise(request)


@router.get("/healthz")
def is_alive() -> dict[str, str]:
    """Say that the web app answers."""
    return {"status": "alive"}


@router.get("/readyz", responses={503: {"model": ReadinessView}})
def is_ready(request: Request, response: Response) -> ReadinessView:
    """Say whether everything that requests need answers. 503 where something does not."""
    readiness: Readiness = request.app.state.readiness
    parts = readiness.ask()
    if can_serve(parts):
        return ReadinessView("ready", parts)
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    return ReadinessView("not_ready", parts)


@router.get("/metrics", dependencies=[Depends(may_read_metrics)], response_class=Response)
def read_metrics(request: Request) -> Response:
    """Write the metrics as Prometheus reads them."""
    metrics: Metrics = request.app.state.metrics
    return Response(metrics.write(), media_type=CONTENT_TYPE)
