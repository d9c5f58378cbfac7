"""Spreadsheets that come from outside, looked through before anything reads them: XLSX and CSV.

The service that reads one brings the library that does it, and says how large a file may be.
"""
