"""Looking after the hub in a browser: pages for admins and auditors, each through the room the command line uses."""

from bot.portal.pages.admin import checks, facts, keeping, library, office

TABLE = (*library.TABLE, *checks.TABLE, *facts.TABLE, *office.TABLE, *keeping.TABLE)
__all__ = ["TABLE"]
