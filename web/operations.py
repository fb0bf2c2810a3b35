"""What operators and load balancers ask: is it alive, is it ready."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(tags=["operations"])


@router.get("/healthz")
def is_alive() -> dict[str, str]:
    """Say that the web app answers."""
    return {"status": "alive"}
