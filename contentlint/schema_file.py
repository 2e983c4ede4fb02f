"""The file of a JSON Schema, and what can be wrong with it."""

from __future__ import annotations

import json
from typing import Any


class SchemaError(Exception):
    """A schema that cannot be used.

    `place` is a line and column for a file that is no JSON, and else a JSON pointer such as
    `#/properties/title`; it is empty where the whole file is meant.
    """

    def __init__(self, file: str, place: str, message: str) -> None:
        super().__init__(": ".join(part for part in (file, place, message) if part))
        self.file = file
        self.place = place
        self.message = message


def read_json(path: str) -> Any:
    """Read a file that holds JSON. Raises SchemaError."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            return json.loads(file.read())
    except OSError as error:
        raise SchemaError(path, "", error.strerror or "It cannot be read") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise SchemaError(path, place, f"This is no JSON: {error.msg}") from None
    except RecursionError:
        raise SchemaError(path, "", "The schema is nested too deeply") from None
    except ValueError as error:  # no UTF-8, or a number of too many digits
        raise SchemaError(path, "", f"This is no JSON: {error}") from None
