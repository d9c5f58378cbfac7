"""Events that the research service publishes."""
