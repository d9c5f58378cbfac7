"""What the exchange does when another service tells it something."""
