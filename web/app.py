"""The web app: the HTTP API for the portal, and the pages."""

from __future__ import annotations

import gc

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig

from storage.settings import load_settings
from storage.store import open_store
from web import (
    decisions,
    documents,
    entries,
    oidc,
    operations,
    parts,
    problems,
    profile,
    progress,
    requirements,
    review,
    signing_in,
    webhooks,
)
from web.bodies import BodyLimit
from web.description import DescribedApp
from web.pages import assets as page_assets
from web.pages import entry as page_entry
from web.pages import files as page_files
from web.pages import findings as page_findings
from web.pages import home as page_home
from web.pages import parts as page_parts
from web.pages import problems as page_problems
from web.pages import review as page_review
from web.pages import review_figures as page_review_figures
from web.pages import review_finish as page_review_finish
from web.pages import review_lists as page_review_lists
from web.pages import review_picture as page_review_picture
from web.pages import review_queue as page_review_queue
from web.pages import signing_in as page_signing_in
from web.pages import submission as page_submission
from web.pages import watching as page_watching
from web.service import Service
from workers.queue import CeleryQueue, make_app
from workers.tally import BrokerTally

PAGES = (
    page_assets,
    page_signing_in,
    page_home,
    page_entry,
    page_files,
    page_findings,
    page_parts,
    page_submission,
    page_watching,
    page_review_queue,
    page_review,
    page_review_finish,
    page_review_picture,
    page_review_figures,
    page_review_lists,
)

NO_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""The framework's own telemetry would send addresses and errors where nobody has configured it."""

COLLECT_AFTER = 50_000
"""Objects made and not yet freed from which on the youngest are looked through for garbage in circles.

A page of 300 findings makes and frees some ten thousand, so that most requests end without a collection.
"""


def create_app() -> FastAPI:
    """Build the app from the environment's settings, as `uvicorn --factory` calls it."""
    settings = load_settings()
    oidc.roles_by_value(settings.oidc_roles)  # what cannot be read stops the start, not somebody's sign-in
    store = open_store(settings)
    store.records.migrate()
    queue = CeleryQueue(make_app(settings), settings.redis_url)
    app = build_app(Service(settings, store, queue, BrokerTally(settings.redis_url)))
    shorten_collections()
    return app


def shorten_collections() -> None:
    """Keep garbage collections out of people's waiting. It is said once, when all that stays is loaded.

    A full collection looks at every object that there is: modules and tables that are never freed
    made it take up to 220 ms within somebody's request. They are left out from here on.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)


def build_app(service: Service) -> FastAPI:
    """Build the app around a service."""
    app = DescribedApp(
        title="CPD evidence",
        version="1",
        description="Checks CPD evidence on upload and attaches the results to the entry before submission.",
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        telemetry=NO_TELEMETRY,
    )
    app.state.service = service
    app.add_middleware(BodyLimit, settings=service.settings, refuse=page_problems.refuse)
    problems.install(app)
    operations.install(app, service)
    for part in (
        entries,
        documents,
        decisions,
        requirements,
        parts,
        profile,
        progress,
        webhooks,
        signing_in,
        oidc,
        review,
        operations,
    ):
        app.include_router(part.router)
    for pages in PAGES:
        app.include_router(pages.router)
    page_problems.install(app)
    return app
