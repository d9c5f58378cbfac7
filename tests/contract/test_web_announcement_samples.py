"""What the fake gateway answers about announcements has the very shape of what notify answers."""

from services.notify.application import queries
from tests.contract.test_web_samples import shape
from tests.unit.notify.announcing import ADMIN, ALL, SAID, Desk
from tests.web_announcement_gateway import TOLD
from tests.web_app import Web

PREVIEW = SAID | ALL


def test_a_list_and_one_of_it() -> None:
    desk, gateway = Desk(), Web().gateway
    made = desk.announce().id
    asked = queries.AskAnnouncement(announcement_id=made)
    one = queries.announcement(asked, ADMIN, desk.announcements, desk.notifications)
    assert one.keys() == gateway.call("notify", "announcement", {"announcement_id": TOLD}, ADMIN).keys()
    (line,) = queries.announcements(queries.AskAnnouncements(), ADMIN, desk.announcements)["items"]
    assert line.keys() == gateway.call("notify", "announcements", {}, ADMIN)["items"][0].keys()


def test_a_look_at_one() -> None:
    fake = Web().gateway.call("notify", "preview_announcement", PREVIEW, ADMIN)
    assert shape(Desk().preview(everybody=True)) == shape(fake)
