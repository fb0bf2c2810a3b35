"""Logs hold what the code says and codes: no words of documents, wherever an error comes from."""

import io
import json
import logging
import subprocess
import sys

import pytest

from models.errors import DocumentError, ReasonCode
from storage.refusals import not_found
from workers.logs import NOT_KEPT, JsonLines, defect_in, describe, following, request_id

WORD = "Zebedee"
UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture
def told():
    """Log through a logger of a name, whatever its level, and return the line."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines("worker"))

    def line(name, level, *arguments, **more):
        logger = logging.Logger(name)  # noqa: LOG001  (its own: no level that another test left)
        logger.addHandler(handler)
        logger.log(level, *arguments, **more)
        assert WORD not in out.getvalue()
        return json.loads(out.getvalue())

    return line


def broken():
    try:
        int(WORD)
    except ValueError as error:
        raise RuntimeError(f"nor {WORD}") from error


def test_a_line_says_what_the_code_says_and_who(told):
    line = told("workers.stages", logging.INFO, "job ended", extra={"stage": "read", "seconds": 0.123456})
    assert line["message"] == "job ended"
    assert (line["part"], line["level"], line["logger"]) == ("worker", "info", "workers.stages")
    assert (line["stage"], line["seconds"]) == ("read", 0.1235)


@pytest.mark.parametrize("name", ["workers.stages", "celery.app.trace"])
def test_what_is_put_into_a_message_is_left_out(told, name):
    assert told(name, logging.ERROR, "failed: %s", WORD)["message"] == "failed: %s"


@pytest.mark.parametrize("message", [f"cannot read {WORD}", ValueError(WORD)])
def test_what_a_library_put_together_is_not_kept(told, message):
    line = told("somebodys.library", logging.WARNING, message)
    assert line["message"] == NOT_KEPT
    assert line["place"].startswith("workers/test_logs.py:")


@pytest.mark.parametrize(
    ("value", "kept"),
    [("check_long", "check_long"), (3, 3), ("/v1/entries/{entry}", "/v1/entries/{entry}"), ("a\nb", "?"),
     (f'"{WORD}"', "?"), ({WORD: 1}, "?"), ("é", "?")],
)  # fmt: skip
def test_a_field_is_a_code_or_a_number(told, value, kept):
    assert told("web.app", logging.INFO, "x", extra={"code": value})["code"] == kept


def test_a_field_that_is_not_named_is_left_out(told):
    assert "text" not in told("web.app", logging.INFO, "x", extra={"text": WORD})


def test_an_error_is_told_by_class_and_place_and_what_led_to_it(told):
    try:
        broken()
    except RuntimeError:
        line = told("celery.app.trace", logging.ERROR, "Task raised: %(exc)s", {"exc": WORD}, exc_info=True)
    error = line["error"]
    assert error["class"] == "builtins.RuntimeError"
    assert [place.rpartition(":")[0] for place in error["at"]] == ["workers/test_logs.py"] * 2
    assert error["because"]["class"] == "builtins.ValueError"


def test_a_refusal_is_told_by_its_code():
    assert describe(not_found())["code"] == "not_found"
    assert "code" not in describe(DocumentError(ReasonCode.EMPTY, WORD, WORD))


def test_a_deep_trace_ends_with_where_it_happened():
    def dig(depth):
        if depth == 0:
            raise ValueError(WORD)
        dig(depth - 1)

    with pytest.raises(ValueError, match=WORD) as caught:
        dig(50)
    places = describe(caught.value)["at"]
    assert len(places) == 8
    assert len(set(places)) == 2


def test_every_line_of_a_request_carries_its_id(told):
    with following(UUID):
        assert told("web.app", logging.INFO, "x")["request"] == UUID
    assert request_id() == ""


@pytest.mark.parametrize("untrusted", [None, "", WORD, "0" * 65, f"{'0' * 20}{WORD}", "0" * 15, "a b" * 8])
def test_an_id_that_someone_made_up_is_replaced(untrusted):
    with following(untrusted) as request:
        assert request != untrusted
        assert len(request) == 32


ENDS = """
import threading, warnings
from workers.logs import write_logs
write_logs("web", "info")
class Late:
    def __del__(self): raise ValueError("Zebedee")
Late()
warnings.warn("Zebedee")
thread = threading.Thread(target=int, args=("Zebedee",))
thread.start(); thread.join()
int("Zebedee")
"""


def test_what_ends_a_process_or_a_thread_is_told_in_the_same_way():
    ended = subprocess.run([sys.executable, "-c", ENDS], capture_output=True, text=True, check=False)
    assert WORD not in ended.stderr
    lines = [json.loads(line) for line in ended.stderr.splitlines()]
    assert [line["message"] for line in lines] == [
        "an error that could not be raised", NOT_KEPT, "a thread ended by an error", "ended by an error"
    ]  # fmt: skip
    assert lines[-1]["error"]["class"] == "builtins.ValueError"


@pytest.mark.parametrize(
    ("untrusted", "kept"),
    [
        ("ValueError at /srv/e/pipeline/odf.py:12 < workers/reader.py:90", True),
        ("ValueError at /srv/e/site-packages/a-b/c.py:1", True),
        (f"ValueError: {WORD} at /srv/e/odf.py:12", False),
        (f"ValueError at odf.py:12 {WORD}", False),
        ("", False),
        (None, False),
    ],
)
def test_what_a_child_says_of_its_defect_is_kept_if_it_is_of_that_form(untrusted, kept):
    assert defect_in(untrusted) == (untrusted if kept else "unknown")
