"""Reading the diary for other systems: what a search says, and finding what it means."""
