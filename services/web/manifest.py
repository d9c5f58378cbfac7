"""What web keeps: accounts and sessions, and nothing else. It publishes no event and subscribes to none."""

from chassis.manifest import Collection, Index, Manifest

ACCOUNTS = Collection("accounts", decided=False, indexes=(Index((("email", 1),), unique=True), Index((("person", 1),))))
SESSIONS = Collection("sessions", decided=False, indexes=(Index((("account", 1),)),))

MANIFEST = Manifest(name="web", collections=(ACCOUNTS, SESSIONS))
