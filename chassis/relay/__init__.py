"""Publishing a service's unsent events: they stand in its documents until the broker has confirmed them.

    run_relay(settings, MANIFEST)          # what `python -m services.exchange relay` does

A sweep finds documents with an `outbox`, their events go out with hundreds unconfirmed at a time, and what is
confirmed is pulled from the documents while the next is being published. It may publish twice; it never skips.
"""

from chassis.relay.relay import Relay, run_relay

__all__ = ["Relay", "run_relay"]
