"""The XML of Yahoo!'s order API: built and read by libraries, never by string work (reference 8, 18 and 19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from jpship_gui.net.faults import Unanswered

Tree = Mapping[str, "str | Tree"]


def body_of(tree: Tree) -> bytes:
    """A `<Req>` with these elements, in this order."""
    root = Element("Req")
    _fill(root, tree)
    made: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _fill(node: Element, tree: Tree) -> None:
    for name, value in tree.items():
        child = SubElement(node, name)
        if isinstance(value, str):
            child.text = value
        else:
            _fill(child, value)


def read(raw: bytes, host: str, status: int) -> Element:
    """The root of an answer. Entities and document types, which no honest answer has, are refused like anything that is
    no XML: what the answer was about is then unknown (`Unanswered`)."""
    try:
        root: Element = fromstring(raw, forbid_dtd=True)
    except DefusedXmlException:
        raise Unanswered("yahoo_unsafe_answer", host=host) from None
    except (ParseError, ValueError):
        raise Unanswered("net_bad_answer", host=host, status=status) from None
    return root


def text_of(node: Element, path: str) -> str:
    """Text of an element below, without outer blanks; missing, empty and blank are alike."""
    return (node.findtext(path) or "").strip()


def fields_of(node: Element) -> dict[str, str]:
    """The children that hold no others, by name; of one that comes twice the first counts."""
    found: dict[str, str] = {}
    for child in node:
        if not len(child):
            found.setdefault(child.tag, (child.text or "").strip())
    return found


def lists_of(node: Element, name: str) -> Sequence[Element]:
    """Every child of a name: one is a list as well (8)."""
    return node.findall(name)
