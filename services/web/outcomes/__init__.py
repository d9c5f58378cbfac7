"""Research outcomes on their way into practice."""
