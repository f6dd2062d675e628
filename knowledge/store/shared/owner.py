"""Whose a shared library is: one small object names the force, and another force's machines neither read nor write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from knowledge.manifest import LibraryError
from knowledge.store.shared.bucket import Bucket, Taken

KEY = "force"


class AnothersLibrary(LibraryError):
    """The shared library is another force's."""


class OwnedBucket:
    """A store in which nothing is done before it is known to be ours; asked once, and then it is the store itself."""

    def __init__(self, bucket: Bucket, force: str, told: Callable[[str], str]) -> None:
        """`told` says in words why an owner is the wrong one; empty where it is the right one or there is none."""
        self._bucket, self._force, self._told = bucket, force, told
        self._is_ours = False

    def __getattr__(self, name: str) -> Any:
        self.check()
        return getattr(self._bucket, name)

    def check(self) -> None:
        """Mark the store as ours where nobody has. AnothersLibrary where another force has; StoreError as any call."""
        if self._is_ours:
            return
        found = self._bucket.get(KEY)
        if found is None and self._force:
            try:
                self._bucket.create(KEY, self._force.encode())
            except Taken:
                found = self._bucket.get(KEY)
        owner = found[0].decode("utf-8", "replace").strip() if found else ""
        if why := self._told(owner):
            raise AnothersLibrary(why)
        self._is_ours = bool(owner or self._force)
