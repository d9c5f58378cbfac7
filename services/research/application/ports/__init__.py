"""What research needs from outside, in its own words."""
