"""Annual reports, to be fetched."""
