"""Events that the exchange service publishes."""
