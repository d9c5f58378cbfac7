"""The form of the agreement page."""

from wtforms import HiddenField

from services.web.forms import ChangeForm, needed


class ApproveForm(ChangeForm):
    """Approval of exactly the text that was shown: its hash goes with it."""

    text_hash = HiddenField(validators=[needed])
