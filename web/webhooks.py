"""Webhooks over HTTP: where a portal wants to be told, and what became of each delivery."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from storage.shapes import Delivery, NewWebhook, Webhook
from storage.webhooks import add_webhook, deliver_again, list_deliveries, list_webhooks, remove_webhook
from web.access import Who
from web.service import service_of
from web.words import Plain

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])


class WebhookDraft(BaseModel):
    """Where to be told."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[Plain, Field(max_length=2000)]


@router.post("", status_code=HTTPStatus.CREATED)
def add(request: Request, caller: Who, draft: WebhookDraft) -> NewWebhook:
    """Add a webhook."""
    service = service_of(request)
    return NewWebhook(*add_webhook(service.store, caller.portal, draft.url, service.settings))


@router.get("")
def read_webhooks(request: Request, caller: Who) -> list[Webhook]:
    """List the portal's webhooks."""
    return list_webhooks(service_of(request).store, caller.portal)


@router.delete("/{webhook}", status_code=HTTPStatus.NO_CONTENT)
def remove(request: Request, caller: Who, webhook: str) -> None:
    """Remove a webhook."""
    remove_webhook(service_of(request).store, caller.portal, webhook)


@router.get("/{webhook}/deliveries")
def read_deliveries(request: Request, caller: Who, webhook: str) -> list[Delivery]:
    """List what was sent to a webhook, the newest first."""
    return list_deliveries(service_of(request).store, caller.portal, webhook)


@router.post("/{webhook}/deliveries/{delivery}/again", status_code=HTTPStatus.NO_CONTENT)
def send_again(
    request: Request, caller: Who, webhook: str, delivery: Annotated[int, Path(ge=1, lt=2**63)]
) -> None:
    """Send one delivery again now."""
    deliver_again(service_of(request).store, caller.portal, webhook, delivery)
