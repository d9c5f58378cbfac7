"""Writing XML 1.0: elements with their namespaces, and any text in a form in which it may stand there."""

import re
from collections.abc import Iterable
from io import StringIO
from xml.etree.ElementTree import Element
from xml.sax.saxutils import XMLGenerator

_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Source: XML 1.0, fifth edition, production 2; a carriage return is one line end among others (2.11)."""
_INSTEAD = "\ufffd"
Content = Element | str | None


def element(name: str, *content: Content, **attributes: str) -> Element:
    """An element of the namespace in front of its name, `{…}name`; without one, of that around it.

    What is `None` is left out, and text stands alone.
    """
    made = Element(name, attributes)
    for each in content:
        if isinstance(each, str):
            made.text = clean(each)
        elif each is not None:
            made.append(each)
    return made


def maybe(name: str, text: str | None, **attributes: str) -> Element | None:
    """The element, where there is something to tell."""
    return element(name, text, **attributes) if text else None


def clean(text: str) -> str:
    return _FORBIDDEN.sub(_INSTEAD, text.replace("\r\n", "\n").replace("\r", "\n"))


def written(root: Element, prefixes: Iterable[tuple[str, str]] = ()) -> str:
    """The document. Each element is in the default namespace, but where its own has one of `(prefix, namespace)`.

    A namespace is declared where it begins, as OAI-PMH wants it of the metadata: they can be cut out and stay whole.
    """
    text = StringIO()
    out = XMLGenerator(text, "utf-8", short_empty_elements=True)
    out.startDocument()
    _write(root, "", {namespace: prefix for prefix, namespace in prefixes}, frozenset(), out)
    return text.getvalue() + "\n"


def _write(node: Element, around: str, prefixes: dict[str, str], declared: frozenset[str], out: XMLGenerator) -> None:
    namespace, _, name = node.tag.rpartition("}")
    namespace = namespace.removeprefix("{") or around
    attributes = dict(node.attrib)
    if prefix := prefixes.get(namespace):
        name = f"{prefix}:{name}"
        attributes |= {f"xmlns:{short}": full for full, short in prefixes.items() if full not in declared}
        declared, namespace_within = declared | prefixes.keys(), around
    else:
        attributes |= {} if namespace == around else {"xmlns": namespace}
        namespace_within = namespace
    out.startElement(name, attributes)  # type: ignore[arg-type]
    if node.text:
        out.characters(node.text)
    for child in node:
        _write(child, namespace_within, prefixes, declared, out)
    out.endElement(name)
