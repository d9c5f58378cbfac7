"""Imports of references: what is read, shown, decided on record by record, and then written."""
