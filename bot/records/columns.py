"""JSON for the columns that hold it."""

from __future__ import annotations

import json
import math

_ENCODER = json.JSONEncoder(ensure_ascii=True, allow_nan=False, default=float)


def as_json(value: object) -> str:
    """JSON for a column: NaN and infinity become null rather than costing the record."""
    return _ENCODER.encode(_finite(value))


def _finite(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
