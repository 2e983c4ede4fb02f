"""JSON Schemas that come with contentlint, among them the presets for front matter.

Files are read beside this one by a plain open; importlib.resources would cost more than reading.
"""

import os

_HERE = os.path.dirname(__file__)


def read(name: str) -> bytes:
    """The bytes of a bundled schema, such as `hugo.schema.json`."""
    with open(os.path.join(_HERE, name), "rb") as file:
        return file.read()
