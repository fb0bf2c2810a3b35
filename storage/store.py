"""The store: records, objects and master keys together, as web, workers and command use them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from storage.local import LocalObjects
from storage.objects import ObjectStore
from storage.records import Records
from storage.s3 import S3Address, S3Objects
from storage.sealing import MasterKeys, format_master_key, new_key, parse_master_keys
from storage.settings import Settings, SettingsError


@dataclass(frozen=True, slots=True)
class Store:
    """Everything that is kept."""

    records: Records
    objects: ObjectStore
    masters: MasterKeys


def open_store(settings: Settings, *, is_durable: bool = True) -> Store:
    """Open what the settings name. Each process opens its own, after it was forked.

    Args:
        settings: What the operator set.
        is_durable: Whether a commit must survive a power cut (see `Records`).
    """
    records = Records(settings.records_url, is_durable=is_durable)
    return Store(records, open_objects(settings), load_master_keys(settings))


def open_objects(settings: Settings) -> ObjectStore:
    """Open the object store that the settings name."""
    if settings.objects == "file":
        return LocalObjects(settings.home / "objects")
    if settings.objects != "s3":
        raise SettingsError('EVIDENCE_OBJECTS: "file" or "s3" is needed')
    return S3Objects(
        S3Address(
            endpoint=settings.s3_endpoint,
            bucket=settings.s3_bucket,
            access_key=settings.s3_access_key,
            secret_key=settings.s3_secret_key,
            region=settings.s3_region,
            secure=settings.s3_secure,
            timeout_seconds=settings.s3_timeout_seconds,
            retries=settings.s3_retries,
        )
    )


def load_master_keys(settings: Settings) -> MasterKeys:
    """Read the master keys, or make the embedded mode's key file on first use."""
    if settings.master_keys:
        return parse_master_keys(settings.master_keys)
    if settings.master_key_file:
        return parse_master_keys(Path(settings.master_key_file).read_text())
    path = settings.home / "keys" / "master"
    if not path.exists():
        _make_key_file(path)
    return parse_master_keys(path.read_text())


def _make_key_file(path: Path) -> None:
    """Write a new master key, readable by its owner alone. Of two who try, one wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f"master.{os.getpid()}")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123  (mode)
        file.write(format_master_key("m1", new_key()) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()
