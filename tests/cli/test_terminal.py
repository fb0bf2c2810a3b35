"""What is printed for people: safe characters, plain words, within the width."""

import io
from dataclasses import replace

import pytest
from rich.console import Console, Group

from cli.terminal import candidate_views, checked_view, ledger_view, standard_view, summary_view
from models.standards import MappingNote
from pipeline.visible import visible
from rules.standards import load_standards
from tests.cli.made_up import FAILED, READY, REFUSED, results


def _printed(view, width=80):
    out = io.StringIO()
    Console(file=out, width=width, highlight=False, markup=False, emoji=False).print(view)
    return out.getvalue()


@pytest.mark.parametrize(
    ("checked", "said"),
    [
        (
            READY,
            [
                "Personal data found.",
                "“Ann <b>Ó Sé</b>”, “Ann”",
                "Instead",
                "4.6 Reflection",
                "Gibbs",
                "What     “helped”",
                "not read",
            ],
        ),
        (REFUSED, ["Could not read this file.", "It needs a password.", "What to do: Save it without."]),
        (FAILED, ["Could not check this file.", "ValueError at pipeline/detect.py:1", "Try again."]),
    ],
    ids=["ready", "refused", "failed"],
)
def test_a_check_is_told_in_plain_words(checked, said):
    printed = _printed(checked_view(checked))
    for words in said:
        assert words in printed


@pytest.mark.parametrize(
    "view", [checked_view(READY), ledger_view(results().ledger), standard_view(load_standards()["swe-4"])]
)
@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_terminal(view, width):
    assert max(map(len, _printed(view, width).splitlines())) <= width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 中 \n\t", "plain é 中 \n\t"),
        ("a\x1b[2Jb", "a[U+001B][2Jb"),
        ("\u202etxt", "[U+202E]txt"),
        ("\ufeffa\x00", "[U+FEFF]a[U+0000]"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\ud800", "[U+D800]"),
        ("soft\u00adhyphen, joined\u200dup", "soft\u00adhyphen, joined\u200dup"),
        ("", ""),
    ],
)
def test_characters_that_fool_are_named(text, shown):
    assert visible(text) == shown


def test_several_files_are_counted():
    assert _printed(summary_view([READY, REFUSED, READY])) == (
        "3 files. Personal data found: 2, Could not read this file: 1\n"
    )


def test_where_no_part_is_suggested_it_says_why_and_what_would_help():
    note = MappingNote("too_short", "Not enough here to suggest a part.", "Say what is different since.")
    told = _printed(Group(*candidate_views(replace(results(), candidates=(), note=note))))
    assert "Not enough here to suggest a part." in told
    assert "What would help: Say what is different since." in told
