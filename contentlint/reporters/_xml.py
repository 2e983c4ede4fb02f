"""What the formats that are XML have in common."""

from __future__ import annotations

from typing import TextIO
from xml.etree import ElementTree

from contentlint.patterns import pattern
from contentlint.reporters import printable

# What no XML file may contain, in whatever way it is written, besides the control characters.
_ILLEGAL = pattern("[\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """Text that may stand in XML: each character that may not, or that a terminal would obey,
    becomes U+FFFD."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", printable(text))


def element(
    parent: ElementTree.Element | None, tag: str, /, **attributes: object
) -> ElementTree.Element:
    """Make an element, below a parent if there is one."""
    given = {key: legal(str(value)) for key, value in attributes.items()}
    if parent is None:
        return ElementTree.Element(tag, given)
    return ElementTree.SubElement(parent, tag, given)


def write(root: ElementTree.Element, stream: TextIO) -> None:
    """Write a document. Characters beyond ASCII are escaped, so that it is right in every locale;
    it is declared as UTF-8 all the same, since some readers know nothing else."""
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="us-ascii").decode()
    stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n')
