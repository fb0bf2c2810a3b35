"""The report stands alone, escapes what it shows, and links each warning with its place."""

import itertools
import re
from html.parser import HTMLParser

import pytest

from cli.report import render_report
from tests.cli.made_up import FAILED, READY, REFUSED


class _Page(HTMLParser):
    """What a reader of the page meets: its elements, ids and links."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.ids, self.links, self.text = [], [], [], ""
        self._open = []
        self.feed(html)
        assert self._open == [], "unclosed elements"

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        self.tags.append((tag, facts))
        self.ids += [facts["id"]] if "id" in facts else []
        self.links += [facts["href"]] if "href" in facts else []
        if tag not in ("meta", "link", "br", "img"):
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if self._open and self._open[-1] != "style":
            self.text += data


HTML = render_report([READY, REFUSED, FAILED])
PAGE = _Page(HTML)


def test_the_page_needs_nothing_else():
    assert {tag for tag, _ in PAGE.tags}.isdisjoint({"script", "img", "link", "iframe", "form", "object"})
    assert all(link.startswith("#") for link in PAGE.links)
    assert not re.search(r"(?:src|action|on\w+)=|url\(|@import|https?:", HTML.split("</style>")[1])
    assert "url(" not in HTML.split("<style>")[1].split("</style>")[0]
    assert "default-src 'none'" in HTML


def test_every_link_has_its_place_and_every_id_is_there_once():
    assert len(PAGE.ids) == len(set(PAGE.ids))
    assert {link[1:] for link in PAGE.links} <= set(PAGE.ids)


def test_warning_and_place_lead_to_each_other():
    assert PAGE.links.count("#f1-m1") == 1
    assert PAGE.links.count("#f1-m2") == 1
    assert PAGE.links.count("#f1-w1") == 2


def test_words_of_a_warning_are_marked_though_they_are_no_finding():
    assert "#f1-w3-1" in PAGE.links
    mark = HTML.split('<mark class="warn" id="f1-w3-1">')[1].split("</mark>")[0]
    assert ">helped<" in mark
    assert 'href="#f1-w3">Offence</a>' in mark


def test_a_mark_has_its_label_in_words():
    mark = HTML.split('<mark class="block" id="f1-m1">')[1].split("</mark>")[0]
    assert ">Name, person supported</a>" in mark


def test_text_of_documents_is_escaped_and_hidden_characters_are_named():
    assert "<b>" not in HTML
    assert "Ann &lt;b&gt;Ó Sé&lt;/b&gt;" in HTML
    assert "a &lt;file&gt;.docx" in HTML
    assert not set("\u202e\x1b") & set(HTML)
    assert '<span class="unseen">[U+202E]</span>' in HTML


@pytest.mark.parametrize(
    "said",
    [
        "Personal data found.",
        "This must be changed",
        'Write "Child A".',
        "4.6 Reflection",
        "shown clearly",
        "I met [Person A] & wrote.",
        "pictures are not read yet",
        "not read",
        "Left alone: 1",
        "An author.",
        "It needs a password.",
        "Save it without.",
        "ValueError at pipeline/detect.py:1",
        "Keep this page as safe",
    ],
)
def test_the_page_tells(said):
    assert said in PAGE.text


@pytest.mark.parametrize("word", ["PII", "entity", "0.9", "score", "anonymous", "clean", "supported_"])
def test_the_page_speaks_plainly(word):
    assert word not in PAGE.text


def test_headings_go_down_one_step_at_a_time():
    levels = [int(tag[1]) for tag, _ in PAGE.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert ("html", {"lang": "en-GB"}) in PAGE.tags
