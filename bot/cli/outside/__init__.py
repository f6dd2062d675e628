"""What comes from outside: `echo …`, the feedback channel, and `api …`, programs that use the API."""

from bot.cli.outside.api import api
from bot.cli.outside.echo import echo

__all__ = ["api", "echo"]
