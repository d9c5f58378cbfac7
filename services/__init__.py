"""The services: each owns its data and knows the others by their events and RPC methods alone."""
