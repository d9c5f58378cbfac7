"""Finding a time for a consultation, and judging one: what stands in the way of which quarter, in whole numbers."""
