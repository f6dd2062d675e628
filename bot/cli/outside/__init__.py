"""What comes from outside: `echo …`, the feedback channel, `api …`, programs; and `deploy`, what machines need."""

from bot.cli.outside.api import api
from bot.cli.outside.deploy import deploy
from bot.cli.outside.echo import echo

__all__ = ["api", "deploy", "echo"]
