"""What became of messages, for whoever looks after them."""
