"""From what a letter states to a PDF, through Jinja2 and WeasyPrint; fonts are embedded."""

from services.exchange.domain.letter import Letter


class PdfLetters:
    """`Printer` of PDF letters; anybody may check a code at `/check` of the pages."""

    def __init__(self, web_url: str) -> None:
        self._check_url = f"{web_url.rstrip('/')}/check"

    def pdf(self, letter: Letter, passport: str) -> bytes:
        """The letter as PDF. `passport`: the number in clear."""
        # Half a second to import, and of no use to a process that prints nothing.
        from services.exchange.adapters.letters.rendering import page
        from services.exchange.adapters.printing import pdf_of

        return pdf_of(page(letter, passport, self._check_url))
