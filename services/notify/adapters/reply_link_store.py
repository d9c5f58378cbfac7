"""Reply links on MongoDB."""

from chassis.store import Shape, tells_nobody
from services.notify.domain.reply_link import ReplyLink

REPLY_LINK_SHAPE = Shape(
    service="notify",
    kind="reply-link",
    model=ReplyLink,
    state_word=lambda link: link.state,
    publish=tells_nobody,
)
