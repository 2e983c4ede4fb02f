"""What the formats that are JSON have in common."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator


def array(items: Iterable[object]) -> Iterator[str]:
    """The text of a JSON array piece by piece, with an item on each line.

    Characters beyond ASCII are escaped, so that it is the same in every locale.
    """
    yield "["
    separator = "\n"
    for item in items:
        yield separator + json.dumps(item)
        separator = ",\n"
    yield "]"
