"""The second listener: a small logistic head that hears what the words of the first did not.

It can only add. It needs the encoder whose vectors it was fitted on; with another, or none, it hears nothing.
"""

from bot.safeguards.second.listener import SecondListener

__all__ = ["SecondListener"]
