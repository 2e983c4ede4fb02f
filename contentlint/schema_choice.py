"""Which schemas the front matter of which posts is held against."""

from __future__ import annotations

import os
from collections.abc import Iterable

from contentlint import generators, paths, schema
from contentlint.config import Config, SchemaOptions
from contentlint.discover import Blog
from contentlint.schema import Schema

Chosen = dict[str, tuple[Schema, ...]]


def for_posts(config: Config, blogs: Iterable[Blog]) -> Chosen:
    """The schemas for each post that is checked, by its path: those that the configuration names,
    or else the preset that follows the generator.

    Raises SchemaError if one cannot be used.
    """
    return _configured(config, blogs) if config.settings.schemas else _implied(config, blogs)


def _configured(config: Config, blogs: Iterable[Blog]) -> Chosen:
    loaded: dict[tuple[str, bool], Schema] = {}

    def load(table: SchemaOptions) -> Schema:
        wanted = table.schema, table.empty_is_missing
        if wanted not in loaded:
            place = table.schema
            if not place.startswith("preset:"):
                place = paths.show(os.path.normpath(os.path.join(config.folder, place)))
            loaded[wanted] = schema.load(place, empty_is_missing=table.empty_is_missing)
        return loaded[wanted]

    applies = [
        (paths.patterns(table.files, config.folder), table) for table in config.settings.schemas
    ]
    return {
        path: tuple(load(table) for matches, table in applies if matches(path))
        for blog in blogs
        for path in blog.checked
    }


def _implied(config: Config, blogs: Iterable[Blog]) -> Chosen:
    chosen: Chosen = {}
    for blog in blogs:
        generator: str = config.settings.site.generator
        if generator == "auto":
            kind = generators.detect(blog.root)
            generator = kind.name if kind else "plain"
        chosen |= dict.fromkeys(blog.checked, (schema.implied(generator),))
    return chosen
