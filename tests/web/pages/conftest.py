"""Browsers of practitioners, without a browser: forms are sent as a page without scripts sends them."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from storage.schema import EntryRow
from storage.sessions import begin_session
from web.app import build_app
from web.pages import waiting


class Reader:
    """Somebody who is signed in, and what a browser does for them."""

    def __init__(self, client, service):
        self.http = client
        self.service = service

    def open(self, path, status=200):
        page = self.http.get(path)
        assert page.status_code == status, page.text[:3000]
        return page.text

    def hidden(self, page, action):
        """The hidden fields of the form with an address, as the browser would send them back."""
        form = page.split(f'action="{action}"', 1)[1].split("</form>", 1)[0]
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
        return {name: unescape(value) for name, value in found}

    def send(self, path, data=None, action=None, page=None, **more):
        """Send the form of a page. Return the answer, not followed."""
        shown = page if page is not None else self.open(path)
        target = action or path
        return self.http.post(target, data=self.hidden(shown, target) | (data or {}), **more)

    def sent(self, *args, **more):
        """Send a form and follow to the page after it."""
        answer = self.send(*args, **more)
        assert answer.status_code == 303, answer.text[:3000]
        return self.open(answer.headers["location"].split("#")[0])


@pytest.fixture(autouse=True)
def _no_worker_runs(monkeypatch):
    """Hold no answer back: these tests work off the queue themselves."""
    monkeypatch.setattr(waiting, "LONGEST", 0)


@pytest.fixture
def visit(service):
    """Sign a practitioner in and return their browser."""
    app = build_app(service)

    def signed_in(practitioner):
        secret = begin_session(service.store, practitioner, None)
        return Reader(TestClient(app, cookies={"evidence": secret}, follow_redirects=False), service)

    return signed_in


@pytest.fixture
def mine(service):
    """Return whose an entry is."""

    def owner(entry):
        with service.store.records.read() as session:
            return session.get(EntryRow, entry).practitioner_id

    return owner
