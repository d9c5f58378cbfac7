"""Files of references: BibTeX, RIS, CSL-JSON (and Crossref's JSON), CSV and XLSX.

Each format is one table, read both ways (`places.py`): where a file says a thing, and what we call it. What a format
has no place for stands in a field of ours in the same record (`rest.py`), so that nothing is lost on the way.
"""
