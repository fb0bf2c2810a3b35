"""Which files a call is about, and which exit code it ends with."""

import pytest

from cli.checked import Checked
from cli.exits import exit_code, gravest
from cli.files import gather, would_overwrite
from models.entry import DocumentStatus
from models.results import Outcome
from tests.cli.made_up import FAILED, REFUSED, results


@pytest.fixture
def folder(tmp_path):
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden", ".git/config", "sub/.d"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "empty").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("given", "listed"),
    [
        (["."], ["a.txt", "b.txt", "sub/c.txt"]),
        (["b.txt", "a.txt"], ["b.txt", "a.txt"]),
        (["b.txt", "."], ["b.txt", "a.txt", "sub/c.txt"]),
        (["b.txt", "b.txt", "sub/../b.txt"], ["b.txt"]),
        ([".hidden"], [".hidden"]),
        (["nowhere.txt"], ["nowhere.txt"]),
        (["empty"], ["empty"]),
    ],
)
def test_a_call_lists_its_files_once(folder, given, listed):
    assert gather([folder / name for name in given]) == [folder / name for name in listed]


def test_a_report_of_an_earlier_call_is_not_checked(folder):
    assert gather([folder], leave_out=folder / "a.txt") == [folder / "b.txt", folder / "sub" / "c.txt"]


def test_what_was_given_is_never_written_over(folder):
    assert would_overwrite(folder / "sub" / ".." / "a.txt", [folder / "a.txt"])
    assert not would_overwrite(folder / "out.txt", [folder / "a.txt"])


def _ready(outcome):
    return Checked("f", DocumentStatus.READY, results(outcome))


@pytest.mark.parametrize(
    ("checked", "code"),
    [
        (_ready(Outcome.NOTHING_FOUND), 0),
        (_ready(Outcome.WARNINGS), 10),
        (_ready(Outcome.NOT_FULLY_READ), 20),
        (_ready(Outcome.BLOCKED), 20),
        (REFUSED, 30),
        (FAILED, 30),
    ],
)
def test_the_exit_code_tells_the_outcome(checked, code):
    assert exit_code(checked) == code


@pytest.mark.parametrize(("codes", "highest"), [([], 0), ([0, 10], 10), ([20, 0, 10], 20), ([30, 20], 30)])
def test_the_highest_code_counts(codes, highest):
    assert gravest(codes) == highest
