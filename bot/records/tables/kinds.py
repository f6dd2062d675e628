"""What columns are made of: text that both engines can keep, and moments in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, Text, TypeDecorator

METADATA = MetaData()
# SQLite numbers rows by itself only where the column is a plain INTEGER
NUMBER = BigInteger().with_variant(Integer, "sqlite")


def clean_text(text: str) -> str:
    """The text as both engines can keep it: PostgreSQL refuses NUL, and neither takes half a character."""
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class CleanText(TypeDecorator[str]):
    """Text that can always be stored."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean_text(value)


class UtcTime(TypeDecorator[datetime]):
    """A moment. It must know its time zone when written and is in UTC when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be kept")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        # SQLite keeps no zone: what was written was UTC
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
