"""What the destination of a link or image is, as it is written."""

from __future__ import annotations

import re

from contentlint.patterns import pattern

_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")  # RFC 3986, 3.1
_TEMPLATE = pattern(r"\{\{|\{%|<%|\$\{|^\{")
_FILE = pattern(
    r"\.(?:png|jpe?g|gif|webp|svg|avif|ico|bmp|pdf|zip|mp[34]|webm|css|js)$", re.IGNORECASE
)


def has_template(destination: str) -> bool:
    """Whether a template stands in a destination, which only its engine can fill in."""
    return _TEMPLATE.search(destination) is not None


def host_and_path(url: str) -> tuple[str, str]:
    """The host of a URL in lower case, and its path from the root on; "" for what it has not, or if
    it is none."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        return parts.hostname or "", f"/{parts.path.lstrip('/')}" if parts.path else ""
    except ValueError:
        return "", ""


def local_path(destination: str) -> str | None:
    """The path of a destination on this site, without query and fragment.

    None if it leads elsewhere (a scheme, another host), stays on the page (`#fragment`), or cannot
    be known without running a template or a generator's own notation.
    """
    if not destination or destination[0] in "#?@|" or destination.startswith("//"):
        return None
    if _SCHEME.match(destination) or _TEMPLATE.search(destination):
        return None
    return destination.partition("#")[0].partition("?")[0] or None


def names_a_file(path: str) -> bool:
    """Whether a path ends like that of a file that is served as it is."""
    return _FILE.search(path) is not None
