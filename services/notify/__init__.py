"""notify turns events into messages that people receive."""
