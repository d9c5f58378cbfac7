"""Outcomes that may be one and the same: how alike two are, and by which keys likely ones are found."""
