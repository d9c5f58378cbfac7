"""Rows of a file as commands, and documents as rows: what imports and exports share."""
