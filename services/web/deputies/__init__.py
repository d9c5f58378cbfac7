"""Who stands in for the person signed in."""
