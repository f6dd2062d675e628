"""The hub database on PostgreSQL: every wait for it ends, also where the server is frozen and says nothing at all."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import InvalidatePoolError, SQLAlchemyError

from bot.domain.timing.patience import Patience
from bot.records.columns import as_json
from bot.records.errors import RecordsError

if TYPE_CHECKING:
    from psycopg import Connection as Driver
    from sqlalchemy.engine.interfaces import Dialect

GRACE = 2.0
"""Seconds that a server is given beyond its own limit before it is taken for frozen."""


def open_server(url: URL, patience: Patience) -> Engine:
    """An engine for a server. RecordsError where no driver for it is installed."""
    name = url.set(query={}).render_as_string(hide_password=True)
    if url.drivername in {"postgresql", "postgres"}:  # SQLAlchemy would take the driver before psycopg 3
        url = url.set(drivername="postgresql+psycopg")
    try:
        engine = create_engine(
            url,
            hide_parameters=True,
            json_serializer=as_json,
            pool_timeout=patience.connect + patience.statement,
            connect_args=_arguments(url, patience),
        )
        _bound(engine, patience)
    except (ImportError, SQLAlchemyError) as error:
        raise RecordsError(f"No driver for {name} is installed. Run: pip install 'psycopg[binary]'") from error
    return engine


def parts_of(url: str) -> dict[str, Any]:
    """What an address says, as PostgreSQL names it: `host` and `port` of every server, `password`, the rest."""
    made = make_url(url).set(drivername="postgresql+psycopg")
    _, named = made.get_dialect()().create_connect_args(made)
    return dict(named)


def _arguments(url: URL, patience: Patience) -> dict[str, str | int]:
    """What the server is asked to keep to, unless the address says otherwise."""
    lock, statement = (round(seconds * 1000) for seconds in (patience.lock, patience.statement))
    asked = f"-c lock_timeout={lock} -c statement_timeout={statement}"
    own = url.query.get("options", "")
    wanted: dict[str, str | int] = {
        "connect_timeout": max(1, round(patience.connect)),
        "options": " ".join([asked, *([own] if isinstance(own, str) else own)]).strip(),
        # a machine that is gone without a word is noticed by the network
        "keepalives_idle": 30,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": round((patience.statement + GRACE) * 1000),
    }
    return {key: value for key, value in wanted.items() if key == "options" or key not in url.query}


def _bound(engine: Engine, patience: Patience) -> None:
    """Let no call wait for longer, whatever the server does."""
    from psycopg import Connection as Psycopg
    from psycopg import OperationalError

    class Bounded(Psycopg[Any]):
        """A connection that gives up by itself: the server's own limits say nothing while the server is frozen."""

        seconds = patience.statement + GRACE

        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            limit = self.seconds if timeout is None else timeout
            until = time.monotonic() + limit
            try:
                return super().wait(gen, interval, limit)
            except OperationalError:
                if timeout is None and time.monotonic() >= until:
                    self.pgconn.finish()  # what it would say now belongs to nobody
                raise

    def connect(dialect: Dialect, record: object, arguments: list[str], named: dict[str, Any]) -> Driver[Any]:
        return Bounded.connect(*arguments, **named)

    def check(connection: Any, record: object, proxy: object) -> None:
        """Whether an idle connection still answers, before it is used; if not, none of the others does either."""
        connection.seconds = patience.connect
        try:
            connection.execute("select 1")
            connection.rollback()
        except OperationalError as error:
            raise InvalidatePoolError("the server does not answer") from error
        finally:
            connection.seconds = patience.statement + GRACE

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "checkout", check)
