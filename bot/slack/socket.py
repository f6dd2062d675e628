"""Slack by Socket Mode: no public address, the same edge."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING

from bot.edges.jobs import Jobs
from bot.server import Deliveries
from bot.slack.edge import SlackEdge

if TYPE_CHECKING:
    from bot.app import Hub


async def run(hub: Hub) -> None:
    """Listen until the process is told to end; what is in flight is finished first."""
    edge, ended = SlackEdge(hub), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    deliveries = Deliveries(hub, Jobs())
    await edge.start()
    await edge.listen()
    deliveries.start()
    await ended.wait()
    await edge.stop()
    await deliveries.stop()
