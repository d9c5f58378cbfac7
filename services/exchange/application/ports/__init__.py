"""What the exchange needs from outside, in its own words."""
