"""Events that the notify service publishes."""
