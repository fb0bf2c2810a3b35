"""The audit chain shows every change, and the anchors every cut."""

import threading

import pytest
from sqlalchemy import text

from storage.audit import OPERATOR, Act, anchor, note, verify


@pytest.fixture
def chain(store, tmp_path):
    path = tmp_path / "away" / "anchor.jsonl"
    for number in range(6):
        note(store, Act(f"actor-{number}", "results.read", "e1", "d1"))
        if number == 3:
            anchor(store, path)
    anchor(store, path)
    anchor(store, path)
    return store, path


def change(store, sql):
    with store.records.write() as session:
        session.execute(text(sql))


def test_an_untouched_chain_holds(chain):
    store, path = chain
    found = verify(store, path)
    assert (found.rows, found.anchors, found.holds) == (6, 2, True)
    note(store, Act(OPERATOR, "token.issued"))
    assert verify(store, path).holds


@pytest.mark.parametrize(
    ("sql", "broken_at", "lost_anchor"),
    [
        ("update audit set actor = 'x' where id = 3", 3, None),
        ("update audit set action = 'x' where id = 6", 6, None),
        ("update audit set entry_id = null where id = 1", 1, None),
        ("update audit set at = '2000-01-01' where id = 2", 2, None),
        ("delete from audit where id = 2", 3, None),
        ("delete from audit where id = 6", 6, 6),
        ("delete from audit", 1, 4),
        ("update audit_head set last = 5", 7, None),
        ("insert into audit (id, at, actor, action, mac) values (7, 'now', 'a', 'x', 'mac')", 7, None),
    ],
)
def test_every_change_shows(chain, sql, broken_at, lost_anchor):
    store, path = chain
    change(store, sql)
    found = verify(store, path)
    assert (found.broken_at, found.lost_anchor, found.holds) == (broken_at, lost_anchor, False)


def test_a_chain_cut_short_and_mended_shows_by_its_anchor(chain):
    store, path = chain
    change(store, "delete from audit where id > 3")
    change(store, "update audit_head set last = 3, mac = (select mac from audit where id = 3)")
    found = verify(store, path)
    assert (found.broken_at, found.lost_anchor, found.holds) == (None, 4, False)


def test_a_chain_written_anew_with_the_key_shows_by_its_anchor(chain):
    store, path = chain
    change(store, "delete from audit")
    change(store, "delete from audit_head")
    for _ in range(6):
        note(store, Act("other", "results.read"))
    found = verify(store, path)
    assert (found.broken_at, found.lost_anchor) == (None, 4)


def test_many_writers_make_one_chain(store, tmp_path):
    threads = [threading.Thread(target=note, args=(store, Act(f"a{n}", "x"))) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verify(store, tmp_path / "none") == verify(store, tmp_path / "none")
    assert (verify(store, tmp_path / "none").rows, verify(store, tmp_path / "none").holds) == (12, True)
