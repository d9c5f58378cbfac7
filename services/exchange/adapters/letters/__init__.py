"""Letters of invitation as PDF: a page in English with the other language beside it."""

from services.exchange.adapters.letters.printing import PdfLetters

__all__ = ["PdfLetters"]
