"""Computing time for one file in the child process: processor time, so that a busy machine holds nothing back."""

from __future__ import annotations

CPU_SECONDS = 60
"""What every file may take; a reader that has counted a file's pages asks for more."""

_begun = False
"""Whether this process limits itself: only the child does."""


def begin() -> None:
    """Allow CPU_SECONDS from now on: the limit counts from the start of the process."""
    global _begun
    _begun = True
    _allow(CPU_SECONDS)


def allow(seconds: float) -> None:
    """Allow more than CPU_SECONDS from now on, for a file that is known to be long; nothing outside of the child."""
    if _begun:
        _allow(int(CPU_SECONDS + seconds))


def _allow(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    wanted = int(used.ru_utime + used.ru_stime) + 1 + seconds
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
