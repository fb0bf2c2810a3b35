"""The document text of a Word file: its order, its gaps, and what is not content."""

from __future__ import annotations

import pytest

from models.document import Document
from models.ledger import LedgerLine, LedgerState
from models.upload import Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import Limits
from tests.reading.packages import docx, paragraph, run, table, word_part

p = paragraph


def read(body: str, parts: dict[str, str | bytes] | None = None) -> tuple[Document, tuple[LedgerLine, ...]]:
    extraction = extract(intake(Upload("a.docx", docx(body, parts)), Limits()), Limits())
    return extraction.document, extraction.ledger.lines


def _tracked(element: str, text: str, leaf: str = "w:t") -> str:
    return f"<w:{element} w:id='1' w:author='A'><w:r><{leaf}>{text}</{leaf}></w:r></w:{element}>"


def _control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def _ending(mark: str, *runs: str, style: str = "") -> str:
    """Build a paragraph whose end a tracked change concerns."""
    end = f"<w:pPr>{style}<w:rPr><w:{mark} w:id='1' w:author='A'/></w:rPr></w:pPr>"
    return f"<w:p>{end}{''.join(runs)}</w:p>"


_GONE = _tracked("del", "gone", "w:delText")
_HIDDEN = "<w:vanish/>"
_NOT_HIDDEN = "<w:vanish w:val='0'/>"
_PROMPT = "<w:showingPlcHdr/>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p("one") + p("two"), "one\ntwo"),
        (p("one") + p("") + p("two"), "one\ntwo"),
        (table((p("a"), p("b")), (p("c"), p("d"))), "a | b\nc | d"),
        (table((p("a") + p("b"), p("c"))), "a\nb | c"),
        (table((p(""), p("b"), p("c"))), "b | c"),
        (table((p("a"), table((p("b"), p("c")))), (p("d"), p("e"))), "a | b | c\nd | e"),
        (p("before") + table((p("a"),)) + p("after"), "before\na\nafter"),
        (f"<w:p>{run('Jo')}{_tracked('ins', 'h')}{run('n')}</w:p>", "John"),
        (f"<w:p>{run('Jo')}{_tracked('del', 'h', 'w:delText')}{run('n')}</w:p>", "Jon"),
        (f"<w:p>{run('a')}{_tracked('moveFrom', 'b')}{_tracked('moveTo', 'c')}</w:p>", "ac"),
        (f"<w:p>{run('a')}{run('b', _HIDDEN)}{run('c', _NOT_HIDDEN)}</w:p>", "ac"),
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a\tb\nc"),
        ("<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>", "a"),
        ("<w:p><w:r><w:t>semi</w:t><w:noBreakHyphen/><w:t>formal</w:t></w:r></w:p>", "semi-formal"),
        (_ending("del", run("Zebe")) + p("dee came") + p("next"), "Zebedee came\nnext"),
        (_ending("moveFrom", run("Zebe")) + p("dee"), "Zebedee"),
        (_ending("del", run("a")) + _ending("del", run("b")) + p("c"), "abc"),
        (p("before") + _ending("del", _GONE) + p("after"), "before\nafter"),
        (p("before") + _ending("del", run("a")) + _ending("del", _GONE) + p("b"), "before\nab"),
        (_ending("ins", run("a")) + p("b"), "a\nb"),
        (table((_ending("del", run("a")) + p("b"), p("c"))), "ab | c"),
        (table((_ending("del", run("a")), p("c"))), "a | c"),
        (_control(_control(p("in"))), "in"),
        (f"<w:tbl>{_control('<w:tr><w:tc>' + p('wrapped') + '</w:tc></w:tr>')}</w:tbl>", "wrapped"),
    ],
)
def test_the_text_is_what_is_seen_with_all_changes_accepted(body: str, text: str):
    assert read(body)[0].text == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (_control(p("Click or tap here to enter text."), _PROMPT), ""),
        (_control(p("Click here to enter text")), ""),
        (p("Choose an item."), ""),
        (_control(p("Describe the visit"), _PROMPT), ""),
        ("<w:p>" + run("Name: ") + _control(run("Click here to enter text."), _PROMPT) + "</w:p>", "Name: "),
        (_control(p("We met Sam.")), "We met Sam."),
        (p("I was told to choose an item. I chose three."), "I was told to choose an item. I chose three."),
    ],
)
def test_placeholder_text_of_a_template_is_not_content(body: str, text: str):
    assert read(body)[0].text == text


def test_a_template_s_own_prompt_is_kept_beside_the_text_for_it_may_be_somebody_s_words():
    document, _ = read(_control(p("We met Sam."), _PROMPT))
    assert "We met Sam." in [s.text for s in document.segments if s.start is None]


def test_known_placeholders_stand_in_the_ledger_as_empty():
    _, lines = read(_control(p("Click here to enter text."), _PROMPT) + p("Choose an item."))
    assert [(line.count, line.state) for line in lines if line.place == "unfilled form fields"] == [
        (2, LedgerState.EMPTY)
    ]


def test_footnotes_and_endnotes_follow_the_body():
    notes: dict[str, str | bytes] = {
        "word/endnotes.xml": word_part("endnotes", f"<w:endnote w:id='1'>{p('end')}</w:endnote>"),
        "word/footnotes.xml": word_part("footnotes", f"<w:footnote w:id='1'>{p('foot')}</w:footnote>"),
    }
    assert read(p("body"), notes)[0].text == "body\nfoot\nend"


def test_offsets_point_into_the_document_text():
    document, _ = read(p("one") + table((p("a"), p("b"))) + p("two"))
    for segment in document.body:
        assert segment.start is not None
        assert document.text[segment.start : segment.start + len(segment.text)] == segment.text


def test_places_are_told_in_plain_words():
    document, _ = read(p("one") + table((p("a"), table((p("b"),)))) + p("two"))
    assert [s.place.name for s in document.body] == [
        "paragraph 1",
        "table 1, row 1, column 1",
        "table 1, row 1, column 2, table, row 1, column 1",
        "paragraph 2",
    ]


def test_an_author_of_many_changes_is_one_segment():
    document, lines = read("<w:p>" + _tracked("ins", "a") + _tracked("ins", "b") + "</w:p>")
    assert [s.text for s in document.segments if s.text == "A"] == ["A"]
    assert {line.place: line.count for line in lines}["authors of comments and changes"] == 2
