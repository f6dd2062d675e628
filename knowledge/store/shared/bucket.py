"""Where shared editions are: S3-compatible storage, Azure, Google, or a folder that the machines share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Protocol
from urllib.parse import urlsplit

from filelock import FileLock
from filelock import Timeout as LockTimeout

from knowledge.manifest import LibraryError
from knowledge.store.folder import replace_bytes

SECONDS = 60
"""Within which the store must answer."""
EXTRA = "A shared library needs the package obstore. Install it: pip install 'prevention-hub[shared]'"
KINDS = "s3://BUCKET/PREFIX, az://CONTAINER/PREFIX, gs://BUCKET/PREFIX, or file:///FOLDER"


class StoreError(LibraryError):
    """The store cannot be read or written now; what this machine has goes on serving."""


class Taken(LibraryError):
    """Another machine was quicker: the key is there already, or the pointer was swapped meanwhile."""


class Bucket(Protocol):
    """Keys with bytes. Every call may raise StoreError."""

    def get(self, key: str) -> tuple[bytes, Any] | None:
        """What is under a key, with the tag that a swap needs; nothing where there is nothing."""

    def has(self, key: str) -> bool:
        """Whether there is something under a key."""

    def put(self, key: str, data: bytes) -> None:
        """Write; for what is named by its own digest, so that writing twice changes nothing."""

    def create(self, key: str, data: bytes) -> None:
        """Write what is not there yet. Taken where it is."""

    def swap(self, key: str, data: bytes, tag: Any) -> None:
        """Write if nobody wrote since `tag` was read; None is for what was not there. Taken otherwise."""

    def keys(self, prefix: str) -> Iterator[str]:
        """Every key that begins so."""

    def delete(self, key: str) -> None:
        """Take away; nothing happens where there is nothing."""


def open_bucket(address: str) -> Bucket:
    """The store at an address; credentials and endpoints come from the environment that its kind uses (AWS_…).

    Raises:
        LibraryError: the address is of no kind that is known, or the extra is not installed.
    """
    parts = urlsplit(address)
    if parts.scheme == "file" and parts.path:
        return FolderBucket(Path(parts.path))
    if parts.scheme not in {"s3", "az", "gs", "memory"}:
        raise LibraryError(f"'{address}' is no address of a shared library. Write {KINDS}.")
    return ObjectBucket(_opened(address, parts.scheme))


def _opened(address: str, scheme: str) -> Any:
    try:
        import obstore
    except ImportError as error:
        raise LibraryError(EXTRA) from error
    if scheme == "memory":
        return obstore.store.MemoryStore()
    plain = _plain_http()
    options = {"timeout": f"{SECONDS}s", "connect_timeout": "10s", **({"allow_http": True} if plain else {})}
    more = {"virtual_hosted_style_request": False, "disable_bulk_delete": True} if scheme == "s3" else {}
    from_url: Any = obstore.store.from_url  # its types tell one kind of store from another by the address
    try:
        return from_url(address, client_options=options, retry_config={"max_retries": 2}, **more)
    except Exception as error:
        raise LibraryError(f"The shared library at '{address}' cannot be opened. Write {KINDS}.") from error


def _plain_http() -> bool:
    """Whether the endpoint in the environment is without TLS: one on this machine, for instance."""
    import os

    return any(os.environ.get(name, "").startswith("http://") for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT"))


class ObjectBucket:
    """Object storage, by obstore."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def get(self, key: str) -> tuple[bytes, Any] | None:
        import obstore

        try:
            found = obstore.get(self._store, key)
            tag = {name: value for name in ("e_tag", "version") if (value := found.meta[name]) is not None}
            return bytes(found.bytes()), tag
        except FileNotFoundError:
            return None
        except Exception as error:
            raise _trouble(error) from error

    def has(self, key: str) -> bool:
        import obstore

        try:
            obstore.head(self._store, key)
        except FileNotFoundError:
            return False
        except Exception as error:
            raise _trouble(error) from error
        return True

    def put(self, key: str, data: bytes) -> None:
        self._write(key, data, "overwrite")

    def create(self, key: str, data: bytes) -> None:
        self._write(key, data, "create")

    def swap(self, key: str, data: bytes, tag: Any) -> None:
        self._write(key, data, tag if tag is not None else "create")

    def keys(self, prefix: str) -> Iterator[str]:
        import obstore

        try:
            for some in obstore.list(self._store, prefix=prefix):
                yield from (one["path"] for one in some)
        except Exception as error:
            raise _trouble(error) from error

    def delete(self, key: str) -> None:
        import obstore

        try:
            obstore.delete(self._store, key)
        except FileNotFoundError:
            return
        except Exception as error:
            raise _trouble(error) from error

    def _write(self, key: str, data: bytes, mode: Any) -> None:
        import obstore
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        try:
            obstore.put(self._store, key, data, mode=mode)
        except (AlreadyExistsError, PreconditionError) as error:
            raise Taken(f"{key} was written by another machine meanwhile") from error
        except Exception as error:
            raise _trouble(error) from error


def _trouble(error: Exception) -> StoreError:
    """In words without the address, the key or the store's own text, which may hold either."""
    name = type(error).__name__.removesuffix("Error")
    return StoreError(
        f"The shared library cannot be reached or does not allow this ({name}). Look at its address, credentials and "
        "rights; this machine goes on with the edition that it has"
    )


class FolderBucket:
    """A folder that several machines have mounted; a lock stands for the swap."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> tuple[bytes, Any] | None:
        try:
            data = self._file(key).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _trouble(error) from error
        return data, hashlib.sha256(data).hexdigest()

    def has(self, key: str) -> bool:
        try:
            return self._file(key).is_file()
        except OSError as error:
            raise _trouble(error) from error

    def put(self, key: str, data: bytes) -> None:
        try:
            self._file(key).parent.mkdir(parents=True, exist_ok=True)
            replace_bytes(self._file(key), data)
        except OSError as error:
            raise _trouble(error) from error

    def create(self, key: str, data: bytes) -> None:
        self.swap(key, data, None)

    def swap(self, key: str, data: bytes, tag: Any) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / ".swap.lock", timeout=SECONDS):
                found = self.get(key)
                if (found[1] if found else None) != tag:
                    raise Taken(f"{key} was written by another machine meanwhile")
                self.put(key, data)
        except (OSError, LockTimeout) as error:
            raise _trouble(error) from error

    def keys(self, prefix: str) -> Iterator[str]:
        below = self._folder / prefix
        for file in sorted(below.rglob("*")) if below.is_dir() else ():
            if file.is_file() and not file.name.startswith("."):
                yield file.relative_to(self._folder).as_posix()

    def delete(self, key: str) -> None:
        try:
            self._file(key).unlink(missing_ok=True)
        except OSError as error:
            raise _trouble(error) from error

    def _file(self, key: str) -> Path:
        return self._folder / PurePosixPath(key)
