"""Messages before anybody gets them."""

from chassis.kernel.actor import Actor
from services.notify.application import queries
from services.notify.application.ports import Writer
from services.notify.application.queries.views import View
from services.notify.application.samples import Samples


class Previews:
    """What can be asked about templates."""

    samples: Samples
    writer: Writer

    def preview(self, asked: queries.AskPreview, actor: Actor) -> View:
        return queries.preview(asked, actor, self.samples, self.writer)

    def purposes(self, asked: queries.AskPurposes, actor: Actor) -> View:
        return queries.purposes(asked, actor, self.samples)
