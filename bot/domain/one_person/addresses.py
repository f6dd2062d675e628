"""E-mail addresses that a platform vouches for, and what an OpenID Connect provider says of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_ADDRESS = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]+\.[^@\s<>,;\"]+")
LONGEST = 320
_TRUE = (True, "true", "True", 1, "1")


def address_of(text: object) -> str:
    """An address as it is compared; empty for what is none. Names of guests in Entra are none either."""
    plain = text.strip().lower() if isinstance(text, str) else ""
    fits = len(plain) <= LONGEST and plain.isascii() and "#ext#" not in plain
    return plain if fits and _ADDRESS.fullmatch(plain) else ""


def claimed(claims: Mapping[str, Any], verified_by: str) -> str:
    """The address that an ID token vouches for; empty for guests, and for one that nobody verified.

    Entra (`xms_edov`) verifies addresses of guests too, so there the claim `acct` must say that this is a member.
    """
    if claims.get(verified_by) not in _TRUE or str(claims.get("acct", 0)) != "0":
        return ""
    if verified_by == "xms_edov" and "acct" not in claims:
        return ""
    if claims.get("idp") not in (None, "", claims.get("iss")):  # signed in somewhere else: a guest
        return ""
    return address_of(claims.get("email"))
