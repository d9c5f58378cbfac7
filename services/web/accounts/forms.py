"""Forms of the account pages."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField

from services.web.forms import PlainForm, at_most, needed

_KNOWN_PASSWORD = {"autocomplete": "current-password"}


class SignInForm(PlainForm):
    """E-mail address and password; `next` is where to go on to."""

    email = EmailField(_l("E-mail address"), validators=[needed, at_most(254)], render_kw={"autocomplete": "username"})
    password = PasswordField(_l("Password"), validators=[needed, at_most(256)], render_kw=_KNOWN_PASSWORD)
    next = HiddenField()
