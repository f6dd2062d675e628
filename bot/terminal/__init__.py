"""The terminal edge: read a line, draw a reply."""

from bot.terminal.chat import Chat
from bot.terminal.classroom import Classroom
from bot.terminal.draw import draw

__all__ = ["Chat", "Classroom", "draw"]
