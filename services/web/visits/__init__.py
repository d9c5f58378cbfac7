"""Staff visits: the list, one visit with its history and replies, and the forms that move it on."""
