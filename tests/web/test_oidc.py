"""Staff sign-in by an identity provider of our own, and everything that must not let anybody in."""

import json
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi.testclient import TestClient
from sqlalchemy import select

from storage.schema_service import AuditRow
from web.app import build_app
from web.service import Service

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT = {"oidc_client_id": "evidence", "oidc_client_secret": "made-up"}


class IdentityProvider(ThreadingHTTPServer):
    """Signs what it is told to sign, for whoever brings the right code and verifier."""

    def __init__(self):
        self.key, self.change, self.asked = KEY, {}, {}
        super().__init__(("127.0.0.1", 0), Doors)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def issuer(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def token(self):
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": "evidence", "sub": "kim@authority", "iat": now, "exp": now + 60,
            "nonce": self.asked.get("nonce", ""), "roles": ["staff", "reviewer"],
        }  # fmt: skip
        claims = {k: v for k, v in (claims | self.change).items() if v is not None}
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "k1"})


class Doors(BaseHTTPRequestHandler):
    def do_GET(self):
        issuer = self.server.issuer
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        answers = {
            "/.well-known/openid-configuration": {
                "issuer": issuer,
                "authorization_endpoint": f"{issuer}/authorise",
                "token_endpoint": f"{issuer}/token",
                "jwks_uri": f"{issuer}/keys",
            },
            "/keys": {"keys": [{**public, "kid": "k1", "alg": "RS256", "use": "sig"}]},
        }
        self.answer(200, answers[self.path])

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        good = form["code"] == ["the-code"] and form["client_secret"] == ["made-up"] and form["code_verifier"]
        self.answer(200 if good else 400, {"id_token": self.server.token()} if good else {})

    def answer(self, status, content):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def provider():
    server = IdentityProvider()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def browser(service, provider):
    settings = replace(service.settings, oidc_issuer=provider.issuer, **CLIENT)
    return TestClient(build_app(Service(settings, service.store, service.queue)), follow_redirects=False)


def leave(browser, provider):
    answer = browser.get("/staff/oidc")
    assert answer.status_code == 303
    asked = {name: value[0] for name, value in parse_qs(urlsplit(answer.headers["location"]).query).items()}
    assert asked["code_challenge_method"] == "S256"
    provider.asked = asked
    return asked["state"]


def come_back(browser, state, code="the-code"):
    return browser.get("/staff/oidc/back", params={"code": code, "state": state})


def test_a_member_of_staff_is_signed_in_with_their_role_and_is_the_same_each_time(browser, provider, service):
    for _ in range(2):
        answer = come_back(browser, leave(browser, provider))
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert browser.get("/v1/session").json()["party"] == "reviewer"
        assert browser.get("/v1/review/documents").status_code == 200
    with service.store.records.read() as session:
        actors = list(session.scalars(select(AuditRow.actor).where(AuditRow.action == "staff.signed_in")))
    assert len(actors) == 2
    assert len(set(actors)) == 1
    assert "kim" not in actors[0]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"aud": "another"}, 401, "sign_in_failed"),
        ({"iss": "https://elsewhere.example"}, 401, "sign_in_failed"),
        ({"exp": 1}, 401, "sign_in_failed"),
        ({"nonce": "another"}, 401, "sign_in_failed"),
        ({"nonce": None}, 401, "sign_in_failed"),
        ({"sub": None}, 401, "sign_in_failed"),
        ({"roles": ["staff"]}, 403, "no_role"),
        ({"roles": None}, 403, "no_role"),
        ({"roles": {"reviewer": True}}, 403, "no_role"),
    ],
)
def test_what_does_not_fit_lets_nobody_in(browser, provider, change, status, code):
    provider.change = change
    answer = come_back(browser, leave(browser, provider))
    assert answer.status_code == status
    assert f"Code: {code}" in answer.text
    assert browser.get("/v1/session").status_code == 401


def test_another_signature_lets_nobody_in(browser, provider):
    provider.key = OTHER
    assert come_back(browser, leave(browser, provider)).status_code == 401


def test_a_way_back_that_was_not_begun_here_lets_nobody_in(browser, provider):
    state = leave(browser, provider)
    assert come_back(browser, "another-state").status_code == 401
    assert come_back(browser, state, code="another-code").status_code == 401
    assert come_back(browser, state, code="").status_code == 401
    browser.cookies.clear()
    browser.cookies.set("evidence-oidc", "AAAA")
    assert come_back(browser, state).status_code == 401


def test_without_an_identity_provider_there_is_no_such_door(service):
    assert TestClient(build_app(service)).get("/staff/oidc").status_code == 404
