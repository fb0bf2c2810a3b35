"""Steps of the tables keep what stands in them, and what they change holds."""

import pytest
from alembic import command
from sqlalchemy import create_engine, delete, event, select, text

from storage.events import events_after, last_event
from storage.lifecycle import destroy
from storage.local import LocalObjects
from storage.records import Records, migration_config
from storage.schema_service import DeliveryRow
from storage.sealing import MasterKeys, new_key
from storage.settings import Settings
from storage.store import Store
from storage.webhooks import add_webhook
from tests.storage.test_forgetting import HOST, an_entry


def to(url, revision):
    """Bring a database to a revision, in one transaction that watches foreign keys, as the service does."""
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def _prepare(connection, _record):
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        command.upgrade(migration_config(connection), revision)
    return engine


FILL = """
insert into webhooks (id, portal, url, secret_master, secret_sealed, created_at)
    values ('w', 'north', 'https://portal.example/', 'm1', x'00', '2026-01-01 00:00:00.000000');
insert into events (id, at, code, entry_id) values
    (3, '2026-01-01 00:00:00.000000', 'entry.saved', 'e'), (9, '2026-01-02 00:00:00.000000', 'x', 'e');
insert into deliveries (id, webhook_id, code, entry_id, at, attempts, status_code)
    values (7, 'w', 'entry.deleted', 'e', '2026-01-01 00:00:00.000000', 2, 500)
"""

ROWS = tuple(select(text("*")).select_from(text(name)) for name in ("webhooks", "events", "deliveries"))


def seen(engine, query):
    query = text(query) if isinstance(query, str) else query
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


MADE = "select type, name, sql from sqlite_master where tbl_name in ('events', 'deliveries') order by name"


def made(engine):
    """What the tables are made of, but for how they count."""
    found = seen(engine, MADE)
    for counts in ('"', " PRIMARY KEY AUTOINCREMENT", ", \n\tPRIMARY KEY (id)"):
        found = [(kind, name, sql.replace(counts, "")) for kind, name, sql in found]
    return found


def test_a_filled_database_keeps_rows_indexes_and_foreign_keys_when_its_numbers_are_counted(tmp_path):
    url = f"sqlite:///{tmp_path / 'records.sqlite'}"
    engine = to(url, "0007")
    with engine.begin() as connection:
        for statement in FILL.split(";"):
            connection.execute(text(statement))
    rows, before = [seen(engine, query) for query in ROWS], made(engine)
    engine.dispose()
    engine = to(url, "0008")
    assert [seen(engine, query) for query in ROWS] == rows
    assert [len(found) for found in rows] == [1, 2, 1]
    assert made(engine) == before
    assert len(before) == 5
    counted = seen(engine, "select name, seq from sqlite_sequence order by name")
    assert counted == [("deliveries", 7), ("events", 9)]
    assert seen(engine, "pragma foreign_key_check") == []
    refers = [row[2:5] for row in seen(engine, "pragma foreign_key_list(deliveries)")]
    assert refers == [("webhooks", "webhook_id", "id")]
    with engine.begin() as connection:
        command.downgrade(migration_config(connection), "0007")
    assert [seen(engine, query) for query in ROWS] == rows
    assert made(engine) == before
    engine.dispose()


@pytest.fixture
def counting(tmp_path, records_url):
    records = Records(records_url)
    records.migrate()
    yield Store(records, LocalObjects(tmp_path / "objects"), MasterKeys({"m1": new_key()}, "m1"))
    records.close()


def test_whoever_follows_an_entry_is_told_that_it_was_deleted(counting):
    entry = an_entry(counting)
    last = last_event(counting, entry)
    destroy(counting, "north", entry, "request", 35)
    assert [event.code for event in events_after(counting, entry, last)] == ["entry.deleted"]


def test_a_delivery_never_has_the_number_of_one_that_was_forgotten(counting):
    add_webhook(counting, "north", f"https://{HOST}/", Settings(webhook_hosts=HOST))
    numbers = []
    for _ in range(2):
        destroy(counting, "north", an_entry(counting), "request", 35)
        with counting.records.write() as session:
            numbers += session.scalars(select(DeliveryRow.id))
            session.execute(delete(DeliveryRow))
    assert len(numbers) == len(set(numbers)) > 1
