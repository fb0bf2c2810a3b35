"""Staff sign-in by an identity provider of our own, and everything that must not let anybody in."""

import time
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from storage.schema_service import AuditRow
from storage.sessions import StaffRole
from storage.settings import SettingsError
from tests.web.identity_provider import IdentityProvider, make_key
from web.app import build_app
from web.oidc import SKEW_SECONDS, roles_by_value
from web.service import Service

OTHER = make_key()


@pytest.fixture
def records_url(tmp_path):
    """What is looked at here lies before the database."""
    return f"sqlite:///{tmp_path / 'records.sqlite'}"


@pytest.fixture
def provider():
    server = IdentityProvider()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def visit(service, provider):
    """Return a browser at a service that is set up for the provider, and as more settings say."""

    def visit(**more):
        settings = replace(service.settings, **{**provider.settings(), **more})
        app = build_app(Service(settings, service.store, service.queue))
        return TestClient(app, follow_redirects=False)

    return visit


@pytest.fixture
def browser(visit):
    return visit()


def leave(browser):
    """Go to the provider, and return where it sends the browser back to."""
    answer = browser.get("/staff/oidc")
    assert answer.status_code == 303
    there = httpx.get(answer.headers["location"], timeout=10)
    assert there.status_code == 302
    back = urlsplit(there.headers["location"])
    return {name: value[0] for name, value in parse_qs(back.query).items()}


def come_back(browser, **brought):
    return browser.get("/staff/oidc/back", params=brought)


def sign_in(browser):
    return come_back(browser, **leave(browser))


def test_a_member_of_staff_is_signed_in_with_their_role_and_is_the_same_each_time(browser, service):
    for _ in range(2):
        answer = sign_in(browser)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert browser.get("/v1/session").json()["party"] == "reviewer"
        assert browser.get("/v1/review/documents").status_code == 200
    with service.store.records.read() as session:
        actors = list(session.scalars(select(AuditRow.actor).where(AuditRow.action == "staff.signed_in")))
    assert len(actors) == 2
    assert len(set(actors)) == 1
    assert "kim" not in actors[0]


def test_what_is_asked_is_new_each_time_and_the_verifier_stays_here(browser):
    asked = []
    for _ in range(2):
        query = urlsplit(browser.get("/staff/oidc").headers["location"]).query
        asked.append({name: value[0] for name, value in parse_qs(query).items()})
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
        assert len(asked[0][name]) >= 32
    assert "code_verifier" not in asked[0]
    assert asked[0]["code_challenge_method"] == "S256"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"aud": "another"}, 401, "sign_in_failed"),
        ({"aud": ["evidence", "another"], "azp": "another"}, 401, "sign_in_failed"),
        ({"iss": "https://elsewhere.example"}, 401, "sign_in_failed"),
        ({"exp": 1}, 401, "sign_in_failed"),
        ({"nonce": "another"}, 401, "sign_in_failed"),
        ({"nonce": None}, 401, "sign_in_failed"),
        ({"sub": None}, 401, "sign_in_failed"),
        ({"roles": ["staff"]}, 403, "no_role"),
        ({"roles": None}, 403, "no_role"),
        ({"roles": {"reviewer": True}}, 403, "no_role"),
        ({"roles": [["reviewer"], {"reviewer": 1}, 3]}, 403, "no_role"),
    ],
)
def test_what_does_not_fit_lets_nobody_in(browser, provider, change, status, code):
    provider.change = change
    answer = sign_in(browser)
    assert answer.status_code == status
    assert f"Code: {code}" in answer.text
    assert browser.get("/v1/session").status_code == 401


@pytest.mark.parametrize(
    ("off", "status"), [(SKEW_SECONDS - 10, 303), (10 - SKEW_SECONDS, 303), (120, 401), (-120, 401)]
)
def test_clocks_may_lie_a_little_apart_and_no_more(browser, provider, off, status):
    now = int(time.time())
    provider.change = {"iat": now + off, "exp": now + off + (60 if off > 0 else 0)}
    assert sign_in(browser).status_code == status


def test_keys_may_change_at_any_time(browser, provider):
    assert sign_in(browser).status_code == 303
    brought = leave(browser)
    provider.change_keys()
    assert come_back(browser, **brought).status_code == 303
    provider.keys |= {"next": make_key()}
    assert sign_in(browser).status_code == 303


def signed_by_another(provider, claims):
    return jwt.encode(claims, OTHER, algorithm="RS256", headers={"kid": next(iter(provider.keys))})


def signed_under_an_unknown_name(_provider, claims):
    return jwt.encode(claims, OTHER, algorithm="RS256", headers={"kid": "unknown"})


def signed_by_nobody(provider, claims):
    return jwt.encode(claims, None, algorithm="none", headers={"kid": next(iter(provider.keys))})


def signed_with_our_secret(provider, claims):
    key = provider.secret * 8
    return jwt.encode(claims, key, algorithm="HS256", headers={"kid": next(iter(provider.keys))})


@pytest.mark.parametrize(
    "sign", [signed_by_another, signed_under_an_unknown_name, signed_by_nobody, signed_with_our_secret]
)
def test_another_signature_lets_nobody_in(browser, provider, sign):
    provider.sign = lambda claims: sign(provider, claims)
    assert sign_in(browser).status_code == 401
    assert browser.get("/v1/session").status_code == 401


def test_a_way_back_that_was_not_begun_here_lets_nobody_in(browser, visit):
    brought = leave(browser)
    assert come_back(browser, **brought | {"state": "another-state"}).status_code == 401
    assert come_back(browser, **brought | {"code": "another-code"}).status_code == 401
    assert come_back(browser, state=brought["state"]).status_code == 401
    assert come_back(browser, error="access_denied", state=brought["state"]).status_code == 401
    assert come_back(visit(), **brought).status_code == 401  # sent to another browser
    browser.cookies.clear()
    browser.cookies.set("evidence-oidc", "AAAA")
    assert come_back(browser, **brought).status_code == 401


def test_a_code_is_good_once_and_only_with_its_verifier(browser, visit, provider):
    brought = leave(browser)
    assert come_back(browser, **brought).status_code == 303
    assert come_back(browser, **brought).status_code == 401
    stolen, thief = leave(browser), visit()
    own = leave(thief)
    assert come_back(thief, code=stolen["code"], state=own["state"]).status_code == 401
    assert provider.refused == ["verifier"]


@pytest.mark.parametrize(
    ("claims", "given", "party"),
    [
        ({"roles": "auditor"}, {}, "auditor"),
        ({"roles": ["reviewer", "senior_reviewer"]}, {}, "senior_reviewer"),
        ({"groups": ["CPD-Leads"]}, {"oidc_role_claim": "groups"}, "senior_reviewer"),
        ({"realm": {"roles": ["CPD-Ops"]}}, {"oidc_role_claim": "realm.roles"}, "operator"),
        ({"https://a.example/r": ["CPD-Ops"]}, {"oidc_role_claim": "https://a.example/r"}, "operator"),
        ({"groups": ["reviewer"]}, {"oidc_role_claim": "groups"}, None),
        ({"realm": ["CPD-Ops"]}, {"oidc_role_claim": "realm.roles"}, None),
    ],
)
def test_the_providers_names_of_roles_are_translated(visit, provider, claims, given, party):
    provider.claims = {"sub": "kim"} | claims
    more = {"oidc_roles": "CPD-Leads=senior_reviewer, CPD-Ops=operator"} if given else {}
    browser = visit(**given, **more)
    answer = sign_in(browser)
    assert answer.status_code == (403 if party is None else 303)
    assert browser.get("/v1/session").json().get("party") == party


def test_roles_are_read_as_they_are_written():
    assert roles_by_value("") == {role.value: role for role in StaffRole}
    assert roles_by_value("cn=leads,a=reviewer".replace(",", "=auditor,")) == {
        "cn=leads": StaffRole.AUDITOR,
        "a": StaffRole.REVIEWER,
    }
    assert roles_by_value("a = reviewer , b= operator") == {"a": StaffRole.REVIEWER, "b": StaffRole.OPERATOR}


@pytest.mark.parametrize(
    "bad",
    [
        "leads",
        "leads=chief",
        "leads=",
        "a=reviewer,",
        "operator",  # would make everybody an operator of whom the claim says ""
        "=operator",
        " =operator",
        "cpd-staff=reviewer, operator",
        "a=reviewer,a=operator",
        "a=reviewer, a =reviewer",
    ],
)
def test_roles_that_cannot_be_read_for_certain_stop_the_start(bad):
    with pytest.raises(SettingsError, match="EVIDENCE_OIDC_ROLES"):
        roles_by_value(bad)


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_a_door_that_others_could_listen_at_is_not_used(browser, provider, name):
    provider.told = {name: "http://id.example/door"}
    if name == "authorization_endpoint":
        assert browser.get("/staff/oidc").status_code == 401
    else:
        assert sign_in(browser).status_code == 401


def test_a_provider_that_names_itself_otherwise_is_not_believed(browser, provider):
    provider.told = {"issuer": "https://elsewhere.example"}
    assert browser.get("/staff/oidc").status_code == 401


def test_without_an_identity_provider_there_is_no_such_door(service):
    assert TestClient(build_app(service)).get("/staff/oidc").status_code == 404
