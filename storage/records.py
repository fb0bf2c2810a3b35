"""Records: the truth about every entry and document, in SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, func, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from storage.schema import Base

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 30.0
"""Longest wait for another writer of SQLite; one was seen to be kept waiting for 7 seconds."""


class RecordsUnavailableError(Exception):
    """The database gave no answer. Worth trying again later."""


def utc_now() -> datetime:
    """Return this machine's time."""
    return datetime.now(UTC)


class Records:
    """Sessions on one database, for reading and for writing.

    Args:
        url: An SQLAlchemy address: `sqlite:///...` or `postgresql+psycopg://...`.
        is_durable: Whether a commit must survive a power cut. What people write must;
            a worker's results need not, since they are made again from what people wrote.
        clock: What tells the time. Where none is given, PostgreSQL's own clock does, so that
            workers on several machines agree on when a lease ends, and for SQLite this machine's.
    """

    def __init__(
        self, url: str, *, is_durable: bool = True, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.url = url
        self._clock = clock
        self._engine = _open_engine(url, is_durable=is_durable)
        self._writing = self._engine.execution_options(is_writing=True)
        self._reading = self._engine
        if self.is_postgres:  # SQLite reads one state in each transaction by itself
            self._reading = self._engine.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session on one unchanging state of the records."""
        with _answering(), Session(self._reading, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open a session that commits at the end, or leaves everything as it was.

        SQLite admits one writer at a time from the first statement on, so that two writers
        never wait for each other in a circle.
        """
        with _answering(), Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    def now(self, session: Session) -> datetime:
        """Return the time that leases are counted in."""
        if self._clock is not None:
            return self._clock()
        if not self.is_postgres:
            return utc_now()
        moment: datetime = session.scalars(select(func.clock_timestamp())).one()
        return moment.astimezone(UTC)

    @property
    def is_postgres(self) -> bool:
        """Tell whether the database is PostgreSQL."""
        return self._engine.dialect.name == "postgresql"

    def migrate(self) -> None:
        """Bring the tables to the newest form. Nothing happens where they are."""
        if not self.is_postgres:
            Path(str(make_url(self.url).database)).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _answering(), self._writing.begin() as connection:
            command.upgrade(migration_config(connection), "head")

    def check(self) -> None:
        """Tell whether the database answers.

        Raises:
            RecordsUnavailableError: If it does not.
        """
        with self.read() as session:
            session.execute(text("select 1"))

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def add_if_absent(session: Session, row: Base) -> bool:
    """Add a row unless another writer added its like first. Tell whether it was added."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def migration_config(connection: Connection) -> Config:
    """Return Alembic's configuration for one connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _answering() -> Iterator[None]:
    """Name the failures of the connection itself, apart from ours."""
    try:
        yield
    except OperationalError as error:
        raise RecordsUnavailableError("the database gave no answer") from error
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        raise RecordsUnavailableError("the connection to the database was lost") from error


def _open_engine(url: str, *, is_durable: bool) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        durable = "on" if is_durable else "off"
        return create_engine(
            url,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": 5, "options": f"-c synchronous_commit={durable}"},
        )
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say ourselves when a transaction begins
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={'FULL' if is_durable else 'NORMAL'}",
            "foreign_keys=ON",
            "secure_delete=ON",  # what is deleted is overwritten: wrapped keys most of all
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        is_writing = connection.get_execution_options().get("is_writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")

    return engine
