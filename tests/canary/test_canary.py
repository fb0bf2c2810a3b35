"""No word that a person wrote stands anywhere in clear: the whole journey with real processes, then a search.

Searched: every file that the system keeps (records in SQLite and in PostgreSQL with their
write-ahead logs, and PostgreSQL's rows one by one, since its files may be packed; objects, the
broker's append-only file and a dump of it, logs at their most talkative, the audit's anchor),
what webhooks were sent, metrics, readiness and the audit as read. Not searched: memory.
"""

import base64
import json
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from redis import Redis

from cli.embedded import staff_logins
from cli.processes import start, wait_until
from cli.run import _answers
from cli.valkey import free_port, start_valkey
from storage.settings import Settings, to_environment
from storage.store import open_store
from storage.tokens import Scope, issue_token
from tests.canary.journey import REQUEST, Journey
from tests.canary.words import found_in, found_under, plant
from tests.web.test_webhooks import Portal

METRICS_TOKEN = "made-up-token-for-metrics"
FAREWELL = "worker: Warm shutdown (MainProcess)"
WORDS = plant()


@pytest.mark.parametrize(
    "write",
    [
        lambda word: word.encode(),
        lambda word: word.upper().encode(),
        lambda word: word.encode("utf-16"),
        lambda word: word.encode("utf-16-be"),
        lambda word: quote(word).encode(),
        lambda word: json.dumps({"a": word}).encode(),
        lambda word: repr(word.encode("utf-16-le").hex()).encode(),
        *(lambda word, n=n: base64.b64encode(b"x" * n + word.encode() + b"yz") for n in range(4)),
        *(lambda word, n=n: base64.urlsafe_b64encode(b"?" * n + word.lower().encode()) for n in range(3)),
    ],
)
@pytest.mark.parametrize("place", ["reference", "own_name"])
def test_the_search_finds_a_word_however_it_is_written(write, place):
    content = b"\0\x01 before " + write(WORDS[place]) + b" after"
    assert found_in(content, WORDS) == {place}


def test_the_search_finds_nothing_where_nothing_is(tmp_path):
    (tmp_path / "a.log").write_text("Zebedee met Quo and Zev")
    assert found_under(tmp_path, WORDS) == {}
    (tmp_path / WORDS["text_name"]).touch()
    assert found_under(tmp_path, WORDS) == {WORDS["text_name"]: {"text_name"}}


@pytest.fixture
def home(tmp_path):
    """Where the system keeps everything. The test keeps its own things elsewhere."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def listener():
    server = Portal()
    yield server
    server.shutdown()
    server.server_close()


def start_system(settings: Settings):
    logs = settings.home / "logs"
    environment = to_environment(settings)
    commands = {
        "serve": ["-m", "cli", "serve"],
        "worker": ["-m", "tests.canary.parts"],
        "beat": ["-m", "cli", "beat"],
    }
    return [start(name, [sys.executable, *rest], environment, logs) for name, rest in commands.items()]


@pytest.mark.all
def test_no_planted_word_stands_anywhere_in_clear(home, listener):
    journey, before = travel(settings_for(home), listener, lambda: found_under(home, WORDS))
    assert (home / "records.sqlite").exists()
    assert before == found_under(home, WORDS) == {}
    check_home(home, journey)


@pytest.mark.all
def test_no_planted_word_stands_in_postgresql_in_clear(home, listener, postgres):
    url = postgres.new_database()

    def search():
        rows = postgres.dump(url)
        assert b"INSERT INTO public.decisions" in rows
        return found_under(postgres.write_out(), WORDS) | found_under(home, WORDS), found_in(rows, WORDS)

    journey, before = travel(replace(settings_for(home), database_url=url), listener, search)
    after = found_under(postgres.write_out(), WORDS), found_in(postgres.dump(url), WORDS)
    assert before == after == ({}, set())
    assert not (home / "records.sqlite").exists()
    check_home(home, journey)
    postgres.say(f"create table spilt as select '{WORDS['own_name']}' as word", url.rpartition("/")[2])
    assert found_under(postgres.write_out(), WORDS)  # the search finds what lies there
    assert found_in(postgres.dump(url), WORDS) == {"own_name"}


def settings_for(home):
    return Settings(
        home=home, port=free_port(), lease_seconds=8, sweep_seconds=1, webhook_hosts="127.0.0.1",
        delete_after_submission=True, metrics_token=METRICS_TOKEN, log_level="debug",
    )  # fmt: skip


def travel(settings, listener, search):
    """Go the whole way with real processes; search before the end, when everything is there."""
    home = settings.home
    valkey, url = start_valkey(home / "queue", home / "logs")
    programs = [valkey]
    settings = replace(settings, redis_url=url)
    store = open_store(settings)
    try:
        store.records.migrate()
        token = issue_token(store, "north", frozenset(Scope))[1]
        staff = {login.name: login.password for login in staff_logins(store, settings)}
        programs += start_system(settings)
        wait_until(programs[1], lambda: _answers(settings.base_url), seconds=400)
        journey = Journey(settings.base_url, token, WORDS, staff, listener.url, METRICS_TOKEN)
        journey.go()
        Redis.from_url(url).save()
        found = search()
        journey.end()
    finally:
        store.records.close()
        for program in reversed(programs):
            program.stop()
    check_told(journey, listener)
    return journey, found


def check_home(home, journey):
    """See that what was kept outside the records holds neither files nor secrets, and the logs their form."""
    check_logs(home / "logs")
    assert found_pieces(home, journey.files()) == []
    assert found_under(home / "logs", given_out(journey)) == {}
    assert found_under(home / "queue", given_out(journey)) == {}
    assert (home / "queue" / "dump.rdb").exists()


def given_out(journey):
    return {"token": journey.token, "metrics token": METRICS_TOKEN, **journey.secrets, **journey.staff}


def found_pieces(home, files):
    """Return where a piece of a file as it was uploaded lies, packed words included."""
    kept = {p: p.read_bytes() for p in home.rglob("*") if p.is_file()}
    pieces = {
        (kind, at): content[at : at + 24]
        for kind, (_, content) in files.items()
        for at in range(0, len(content) - 24, 24)
        if len(set(content[at : at + 24])) > 8
    }
    assert len({kind for kind, _ in pieces}) == len(files)
    return [
        (kind, at, p.name)
        for p, content in kept.items()
        for (kind, at), piece in pieces.items()
        if piece in content
    ]


def check_told(journey, listener):
    assert listener.told, "no webhook was sent, so none was searched"
    journey.told["webhooks"] = json.dumps([(head, body.decode()) for head, body in listener.told]).encode()
    assert {asked for asked, answer in journey.told.items() if found_in(answer, WORDS)} == set()


def check_logs(folder: Path):
    """Every line is JSON; a request's id goes down to the worker; the defect is told by its place."""
    lines = {part: lines_of(folder / f"{part}.log") for part in ("serve", "worker", "beat")}
    assert all(lines.values())
    followed = {
        part: [line for line in found if line.get("request") == REQUEST] for part, found in lines.items()
    }
    assert {line["status"] for line in followed["serve"] if "status" in line} == {201}
    assert {"read", "check"} <= {line["stage"] for line in followed["worker"] if "stage" in line}
    errors = [line["error"] for line in lines["worker"] if "error" in line]
    assert any(e["class"] == "builtins.ValueError" and "canary/parts.py" in e["at"][0] for e in errors)


def lines_of(log: Path):
    """Return the lines of a log. As it ends, Celery says one thing past every logger."""
    said = [line for line in log.read_text().splitlines() if line not in ("", FAREWELL)]
    return [json.loads(line) for line in said]
