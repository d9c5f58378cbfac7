"""Imports of references: what a worker does with a file, step by step."""
