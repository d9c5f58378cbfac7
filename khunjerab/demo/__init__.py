"""The demo: a visit's whole life played through the real pages, told as it happens and checked at the end."""
