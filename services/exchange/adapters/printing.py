"""What everything that is printed has in common: languages, pages from templates, PDF with its fonts embedded."""

from collections.abc import Mapping

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, select_autoescape

from services.exchange.domain.words import Names

LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN", "ur": "ur_PK"}


def pages_of(package: str) -> Environment:
    """The templates of a package, which may include those that all have in common."""
    return Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("services.exchange.adapters")]),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def pdf_of(page: str) -> bytes:
    """A page of HTML as PDF."""
    # Two seconds to import, and of no use to a process that prints nothing.
    from weasyprint import HTML

    return bytes(HTML(string=page).write_pdf())


def name_in(names: Names, language: str) -> str:
    """The name in the language, else in English."""
    by_language: Mapping[str, str] = {str(each): name for each, name in names.items()}
    return by_language.get(language, names["en"])
