"""Settings: every choice an operator can make, and the only place that reads the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from pipeline.limits import MIB, Limits

PLAIN_NAMES = {"database_url": "DATABASE_URL", "redis_url": "REDIS_URL"}
"""Settings whose variable carries the name that hosts give it; all others begin with EVIDENCE_."""

SECRETS = frozenset(
    {"database_url", "redis_url", "s3_secret_key", "master_keys", "oidc_client_secret", "metrics_token"}
)
"""Settings that may lie in a file instead, which their variable with _FILE at its end names."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can set. Each has a default that works on one machine.

    Attributes:
        home: Folder for everything that the embedded mode keeps (records, objects, keys, queue).
        database_url: SQLAlchemy address of the records. Empty: SQLite in `home`.
        redis_url: Address of the Redis or Valkey server. Empty: one is started from `home`.
        objects: "file" for a local folder in `home`, "s3" for an S3 server.
        s3_endpoint: Host and port of the S3 server, without a scheme.
        s3_bucket: Bucket that holds the sealed objects. It must exist.
        s3_access_key: Access key of the S3 server.
        s3_secret_key: Secret key of the S3 server.
        s3_region: Region to sign for.
        s3_secure: Whether the S3 server is reached by TLS.
        s3_timeout_seconds: Longest wait for one answer of the S3 server.
        s3_retries: How often a request that got no answer is tried again.
        master_keys: Master keys as "id:base64" with commas between, the one in use last.
            Empty: read from `master_key_file`.
        master_key_file: File with the same text. Empty: a key file in `home`, made on first use.
        host: Address the web app listens on.
        port: Port the web app listens on.
        public_url: Address under which browsers reach the web app; links are built on it.
        upload_bytes: Largest upload.
        body_bytes: Largest request body that is not an upload.
        body_seconds: Longest time a request body may take to arrive.
        worker_processes: Child processes of one worker.
        lease_seconds: How long a claimed document is left to a worker that gives no sign of life.
        attempts: How often a document is tried before it is failed.
        sweep_seconds: How often lost work is looked for.
        task_seconds: Time after which a task is ended by force.
        edit_after_submission: Whether a submitted entry may be reopened and edited.
        withdraw_after_submission: Whether a submitted entry may be withdrawn.
        delete_after_submission: Whether a submitted or withdrawn entry may be deleted on request.
        redact_always: Whether the redacted copy takes the place of every upload that is blocked,
            without the practitioner's asking.
        backup_days: How long backups of the records are kept; deletion receipts say when the
            last one that could hold a deleted entry's key has expired.
        retain_draft_days: Days after the last edit at which a draft is deleted. 0: never by itself.
        retain_submitted_days: Days after submission at which an entry is deleted. 0: never.
        retain_withdrawn_days: Days after withdrawal at which an entry is deleted. 0: never.
        retain_log_days: Days for which deliveries to webhooks, links that were not opened in time or were
            used, the last event of deleted entries, and words that act on no list any more are kept.
            0: for ever.
        retain_receipt_days: Days for which receipts of deletion are kept, at the least until the last
            backup has expired. 0: for ever.
        retain_audit_days: Days for which the audit is kept, and with it samples that were drawn and
            what finds members of staff again who are named by no step that is kept. 0: for ever.
        link_minutes: Minutes in which a practitioner's link must be opened.
        session_minutes: Minutes after which a session that is not used ends.
        portal_url: Where a practitioner whose link or session has ended gets a new link.
        example_portal: Name of a portal of made-up practitioners; the start page lets anybody be one of
            them. Empty: nobody. `evidence run` sets it, for a first look on one machine.
        staff_file: File with local staff accounts. Empty: a file in `home`.
        oidc_issuer: Address of the identity provider of staff. Empty: local accounts only.
        oidc_client_id: Our id at the identity provider.
        oidc_client_secret: Our secret at the identity provider.
        oidc_role_claim: The claim of its tokens that names staff roles; "a.b" is b within a.
        oidc_roles: What in that claim stands for which role, as "value=role" with commas between.
            Empty: the roles' own names.
        clamd: Host and port of a clamd server as "host:port". Empty: uploads are not scanned, and
            that is said of each. Where it is set, nothing is read unscanned.
        clamd_seconds: Longest wait for clamd.
        audit_anchor: File to which the end of the audit chain is written, best on another
            machine's disk. Empty: a file in `home`.
        webhook_hosts: Hosts, with commas between, that webhooks may be sent to. Empty: none.
        webhook_seconds: Longest wait for one answer to a webhook.
        metrics_token: What a monitoring server sends as its bearer token to read /metrics. Empty:
            only operators who are signed in may.
        log_level: "debug", "info", "warning" or "error".
    """

    home: Path = Path("var")
    database_url: str = ""
    redis_url: str = ""
    objects: str = "file"
    s3_endpoint: str = "127.0.0.1:8333"
    s3_bucket: str = "evidence"
    s3_access_key: str = ""
    s3_secret_key: str = ""
    s3_region: str = "us-east-1"
    s3_secure: bool = True
    s3_timeout_seconds: float = 10.0
    s3_retries: int = 2
    master_keys: str = ""
    master_key_file: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    upload_bytes: int = 25 * MIB
    body_bytes: int = 1 * MIB
    body_seconds: float = 60.0
    worker_processes: int = 2
    lease_seconds: float = 15.0
    attempts: int = 3
    sweep_seconds: float = 5.0
    task_seconds: int = 180
    edit_after_submission: bool = True
    withdraw_after_submission: bool = True
    delete_after_submission: bool = False
    redact_always: bool = False
    backup_days: int = 35
    retain_draft_days: int = 0
    retain_submitted_days: int = 0
    retain_withdrawn_days: int = 0
    retain_log_days: int = 90
    retain_receipt_days: int = 0
    retain_audit_days: int = 0
    link_minutes: int = 10
    session_minutes: int = 60
    portal_url: str = ""
    example_portal: str = ""
    staff_file: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_role_claim: str = "roles"
    oidc_roles: str = ""
    clamd: str = ""
    clamd_seconds: float = 20.0
    audit_anchor: str = ""
    webhook_hosts: str = ""
    webhook_seconds: float = 5.0
    metrics_token: str = ""
    log_level: str = "info"

    @property
    def limits(self) -> Limits:
        """The limits that every upload must keep to."""
        return Limits(upload_bytes=self.upload_bytes)

    @property
    def records_url(self) -> str:
        """The SQLAlchemy address in force."""
        return self.database_url or f"sqlite:///{self.home.absolute() / 'records.sqlite'}"

    @property
    def anchor_path(self) -> Path:
        """The file to which the end of the audit chain is written."""
        return Path(self.audit_anchor) if self.audit_anchor else self.home / "audit-anchor.jsonl"

    @property
    def staff_path(self) -> Path:
        """The file with local staff accounts."""
        return Path(self.staff_file) if self.staff_file else self.home / "keys" / "staff.json"

    @property
    def base_url(self) -> str:
        """The address under which browsers reach the web app."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"


class SettingsError(Exception):
    """A setting cannot be used. The message names the variable, never its value."""


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from environment variables.

    Raises:
        SettingsError: If a variable cannot be read as what it should be, or an unknown one
            begins with EVIDENCE_ (most often a slip of the pen).
    """
    names = {variable_of(f.name): f for f in fields(Settings)}
    known = {*names, *IN_FILES}
    unknown = sorted(v for v in environment if v.startswith("EVIDENCE_") and v not in known)
    if unknown:
        raise SettingsError(f"unknown settings: {', '.join(unknown)}")
    values = {**environment, **_read_files(environment)}
    given = {
        f.name: _read(variable, str(f.type), values[variable])
        for variable, f in names.items()
        if values.get(variable)
    }
    return Settings(**given)  # type: ignore[arg-type]  # each was read as its field's type


def variable_of(field: str) -> str:
    """Name the environment variable of a setting."""
    return PLAIN_NAMES.get(field) or f"EVIDENCE_{field.upper()}"


def to_environment(settings: Settings, around: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment of a process that is to have these settings, and what is around them."""
    values = {f.name: getattr(settings, f.name) for f in fields(Settings)}
    ours = {*map(variable_of, values), *IN_FILES}
    others = {name: value for name, value in around.items() if name not in ours}
    return others | {variable_of(name): _write(value) for name, value in values.items() if value != ""}


IN_FILES = {f"{variable_of(name)}_FILE": variable_of(name) for name in SECRETS}
"""Variables that name a file, each with the variable whose value the file holds."""


def _read_files(environment: Mapping[str, str]) -> dict[str, str]:
    values = {}
    for in_file, variable in IN_FILES.items():
        if not environment.get(in_file):
            continue
        if environment.get(variable):
            raise SettingsError(f"{variable} and {in_file}: only one of them can be given")
        try:
            values[variable] = Path(environment[in_file]).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise SettingsError(f"{in_file}: the file cannot be read") from error
    return values


def _write(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read(variable: str, kind: str, value: str) -> object:
    try:
        return _READERS[kind](value)
    except (ValueError, KeyError) as error:
        raise SettingsError(f"{variable}: a value of the kind {kind} is needed") from error


def _yes_or_no(value: str) -> bool:
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}[value.lower()]


_READERS: dict[str, Callable[[str], object]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": _yes_or_no,
    "Path": Path,
}
