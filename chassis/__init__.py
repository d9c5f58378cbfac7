"""How a service runs: everything that is the same in each of them and none of what they are about."""
