"""Objects on an S3 server, through the `minio` SDK."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error
from urllib3.exceptions import HTTPError

from storage.objects import NoSuchObjectError, ObjectsUnavailableError

T = TypeVar("T")

ONE_PART_BYTES = 128 * 1024 * 1024
"""Objects up to this size are put in one request, whole or not at all. Ours are smaller."""


@dataclass(frozen=True, slots=True)
class S3Address:
    """Where the S3 server is and how long it may take."""

    endpoint: str
    bucket: str
    access_key: str
    secret_key: str
    region: str = "us-east-1"
    secure: bool = True
    timeout_seconds: float = 10.0
    retries: int = 2


class S3Objects:
    """An object store in one bucket.

    The SDK's own connection pool waits five minutes and tries again many times; ours is
    bounded, because a worker that waits holds a document.
    """

    def __init__(self, address: S3Address) -> None:
        self._bucket = address.bucket
        retry = urllib3.Retry(
            total=address.retries,
            backoff_factor=0.2,
            status_forcelist=[500, 502, 503, 504],
            allowed_methods=None,  # every request we make may be made twice
        )
        wait = urllib3.Timeout(connect=address.timeout_seconds, read=address.timeout_seconds)
        pool = urllib3.PoolManager(timeout=wait, retries=retry, maxsize=8)
        self._client = Minio(
            address.endpoint,
            access_key=address.access_key,
            secret_key=address.secret_key,
            region=address.region,
            secure=address.secure,
            http_client=pool,
        )

    def put(self, name: str, content: bytes) -> None:
        """Keep bytes under a name."""
        self._ask(
            name, lambda: self._client.put_object(self._bucket, name, io.BytesIO(content), len(content))
        )

    def get(self, name: str) -> bytes:
        """Return the bytes of an object."""
        return self._ask(name, lambda: self._read(name))

    def delete(self, name: str) -> None:
        """Remove an object."""
        self._ask(name, lambda: self._client.remove_object(self._bucket, name))

    def names(self, prefix: str) -> Iterator[str]:
        """List the names that begin with a prefix, in order."""
        yield from self._ask(prefix, lambda: self._list(prefix))

    def check(self) -> None:
        """Tell whether the bucket can be reached."""
        if not self._ask("", lambda: bool(self._client.bucket_exists(self._bucket))):
            raise ObjectsUnavailableError("the bucket does not exist")

    def _write(self, name: str, content: bytes) -> None:
        size = len(content)
        self._client.put_object(self._bucket, name, io.BytesIO(content), size, part_size=ONE_PART_BYTES)

    def _read(self, name: str) -> bytes:
        answer: Any = self._client.get_object(self._bucket, name)
        try:
            content: bytes = answer.read()
        finally:
            answer.close()
            answer.release_conn()
        return content

    def _list(self, prefix: str) -> list[str]:
        found: Any = self._client.list_objects(self._bucket, prefix=prefix, recursive=True)
        return sorted(str(item.object_name) for item in found)

    def _ask(self, name: str, request: Callable[[], T]) -> T:
        try:
            return request()
        except S3Error as error:
            if error.code in {"NoSuchKey", "NoSuchObject"}:
                raise NoSuchObjectError(name) from error
            raise ObjectsUnavailableError(f"the object store answered {error.code}") from error
        except (HTTPError, MinioException, OSError) as error:
            raise ObjectsUnavailableError("the object store gave no answer") from error
