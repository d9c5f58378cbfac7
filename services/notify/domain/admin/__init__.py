"""What whoever looks after the messages may do about them, and how it is explained what became of them."""
