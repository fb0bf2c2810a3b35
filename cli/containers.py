"""The secrets that the containers of docker-compose.yml share: random, each in a file of its own."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

import typer

from storage.sealing import format_master_key, new_key

S3_USER = "evidence"


def write_secrets(folder: Path) -> None:
    """Write the secrets that are not there yet.

    The folder is its owner's alone; its files can be read by whoever is let into it, since
    each container reads its own as a user of its own.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    present = {path.name for path in folder.iterdir()}
    made = _make()
    if present & set(made) not in (
        set(),
        set(made),
    ):  # some belong together, such as a password and its address
        raise typer.BadParameter("some of the secrets are there and some are not: restore or remove them")
    for name in sorted(set(made) - present):
        path = folder / name
        path.touch(mode=0o600)
        path.write_text(made[name])
        path.chmod(0o444)
    told = "kept as they are" if present else "written"
    typer.echo(
        f"{len(made)} secrets {told} in {folder}. Keep a copy elsewhere: without master_keys nothing opens."
    )


def _make() -> dict[str, str]:
    records, queue, objects, metrics = (secrets.token_hex(24) for _ in range(4))
    user = {
        "name": S3_USER,
        "credentials": [{"accessKey": S3_USER, "secretKey": objects}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    return {
        "postgres_password": records,
        "database_url": f"postgresql+psycopg://evidence:{records}@records/evidence",
        "queue_conf": f"requirepass {queue}\n",
        "redis_url": f"redis://:{queue}@queue:6379/0",
        "s3_secret_key": objects,
        "s3_config": json.dumps({"identities": [user]}),
        "metrics_token": metrics,
        "master_keys": format_master_key("m1", new_key()),
    }
