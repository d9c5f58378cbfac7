"""exchange schedules staff visits under agreements."""
