"""What the system on one machine makes for itself on its first start, and leaves alone after."""

import stat
from dataclasses import replace

import pytest

from cli.embedded import PORTAL, portal_token, staff_logins
from storage.accounts import check_password, load_accounts, save_accounts
from storage.examples import add_examples, load_examples
from storage.lifecycle import delete_entry
from storage.sessions import StaffRole
from storage.settings import Settings
from storage.store import open_store
from storage.tokens import find_token, revoke_token
from storage.views import list_entries, view_entry

PASSWORDS = "keys/staff-passwords.json"


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path, delete_after_submission=True)


@pytest.fixture
def store(settings):
    opened = open_store(settings)
    opened.records.migrate()
    yield opened
    opened.records.close()


def test_each_role_gets_an_account_whose_password_holds(store, settings):
    logins = staff_logins(store, settings)
    accounts = load_accounts(settings.staff_path)
    found = [check_password(accounts, login.name, login.password) for login in logins]
    assert {account.role for account in found} == set(StaffRole)
    assert stat.S_IMODE((settings.home / PASSWORDS).stat().st_mode) == 0o600


def test_the_next_start_prints_the_same_passwords(store, settings):
    assert staff_logins(store, settings) == staff_logins(store, settings)


def test_what_an_operator_did_to_an_account_is_left_as_it_is(store, settings):
    staff_logins(store, settings)
    accounts = load_accounts(settings.staff_path).add("reviewer", StaffRole.REVIEWER, "chosen by its owner")
    save_accounts(settings.staff_path, accounts.remove("auditor"))
    passwords = {login.name: login.password for login in staff_logins(store, settings)}
    assert passwords["reviewer"] is None
    assert passwords["auditor"] is None
    assert passwords["operator"] is not None
    assert load_accounts(settings.staff_path).find("auditor") is None


@pytest.mark.parametrize(
    "set_by_operator", [{"staff_file": "staff.json"}, {"oidc_issuer": "https://id.example"}]
)
def test_no_account_is_made_where_staff_are_admitted_otherwise(store, settings, set_by_operator):
    assert staff_logins(store, replace(settings, **set_by_operator)) == []
    assert not (settings.home / PASSWORDS).exists()


def test_the_token_is_kept_until_it_does_not_hold_any_more(store, settings):
    token = portal_token(store, settings)
    assert portal_token(store, settings) == token
    revoke_token(store, find_token(store, token).id)
    assert portal_token(store, settings) != token


def test_examples_are_added_once_and_stay_deleted(store, settings):
    assert len(add_examples(store, PORTAL)) >= len(load_examples())
    (entry,) = list_entries(store, PORTAL, "EXAMPLE-2")
    delete_entry(store, PORTAL, entry.id, view_entry(store, PORTAL, entry.id).revision, settings)
    assert add_examples(store, PORTAL) == []
    assert list_entries(store, PORTAL, "EXAMPLE-2") == []
