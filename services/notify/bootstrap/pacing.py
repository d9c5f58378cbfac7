"""How soon people want mails, as they say by a link in one."""

from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.notify.application import commands, queries
from services.notify.application.pace_links import PaceTokens
from services.notify.application.queries.views import View
from services.notify.bootstrap.stores import Stores


class Pacing:
    """What a link in a mail can ask and say."""

    stores: Stores
    pace_tokens: PaceTokens

    @decided_again_on_conflict
    def set_pace_by_link(self, command: commands.SetPaceByLink, context: Context) -> Receipt:
        return commands.set_pace_by_link(command, context, self.pace_tokens, self.stores.preferences)

    def pace_link(self, asked: queries.AskPaceLink, _: Actor) -> View:
        return queries.pace_link(asked, self.pace_tokens, self.stores.people, self.stores.preferences)
