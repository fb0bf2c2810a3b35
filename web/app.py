"""The web app: the HTTP API for the portal."""

from __future__ import annotations

from fastapi import FastAPI

from storage.settings import load_settings
from storage.store import open_store
from web import documents, entries, operations, problems
from web.bodies import BodyLimit
from web.service import Service
from workers.queue import CeleryQueue, make_app


def create_app() -> FastAPI:
    """Build the app from the environment's settings, as `uvicorn --factory` calls it."""
    settings = load_settings()
    store = open_store(settings)
    store.records.migrate()
    queue = CeleryQueue(make_app(settings), settings.redis_url)
    return build_app(Service(settings, store, queue))


def build_app(service: Service) -> FastAPI:
    """Build the app around a service."""
    app = FastAPI(
        title="CPD evidence",
        version="1",
        description="Checks CPD evidence on upload and attaches the results to the entry before submission.",
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        openapi_url="/v1/openapi.json",
    )
    app.state.service = service
    app.add_middleware(BodyLimit, settings=service.settings)
    problems.install(app)
    app.include_router(entries.router)
    app.include_router(documents.router)
    app.include_router(operations.router)
    return app
