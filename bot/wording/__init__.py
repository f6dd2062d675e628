"""Every sentence the assistant says. Plain words for a tired reader; a policy officer can review this folder."""

from bot.wording.admin import *
from bot.wording.citations import *
from bot.wording.conversation import *
from bot.wording.echo import *
from bot.wording.events import *
from bot.wording.hub import *
from bot.wording.languages import *
from bot.wording.learning import *
from bot.wording.portal import *
from bot.wording.programs import *
from bot.wording.replies import *
from bot.wording.requests import *
