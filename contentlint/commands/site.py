"""`contentlint site` and `tags`: what is known of the blog as a whole."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

from contentlint.commands import (
    ConfigArguments,
    discovered,
    load_config,
    read_options,
    say,
    tell_errors,
    write_out,
)
from contentlint.options import option

if TYPE_CHECKING:
    from contentlint.config import Config
    from contentlint.discover import Blog
    from contentlint.site import Site


def site(argv: list[str]) -> int:
    given, named = read_options(ConfigArguments, argv, "site", "[FILE …]")
    _, config = load_config(given)
    from contentlint import paths, site_report

    blogs, errors = _surveyed(named, config)
    parts: list[str] = []
    files = {os.path.abspath(path) for path in named if not os.path.isdir(path)}
    for blog, site in blogs:
        parts.append(site_report.site_page(site))
        wanted = [paths.below(path, blog.root) or path for path in sorted(files & {*blog.checked})]
        parts += [
            site_report.file_page(site, site.pages[name]) for name in wanted if name in site.pages
        ]
    write_out(lambda stream: stream.write("\n\n".join(parts) + "\n" if parts else ""))
    if not parts:
        say("no posts here")
    return tell_errors(errors)


class TagsArguments(ConfigArguments):
    """The options of `contentlint tags`."""

    output_format: Literal["text", "json"] = option("text", "Write a table or json.")


def tags(argv: list[str]) -> int:
    given, named = read_options(TagsArguments, argv, "tags", "[PATH …]")
    _, config = load_config(given)
    from contentlint import tags_report

    blogs, errors = _surveyed(named, config)
    found = [taxonomy for _, site in blogs for taxonomy in tags_report.as_data(site)]
    if given.output_format == "json":
        import json

        text = json.dumps({"version": 1, "taxonomies": found}, indent=2, ensure_ascii=False) + "\n"
    else:
        from contentlint.reporters import printable

        text = "".join(f"{printable(line)}\n" for line in tags_report.as_text(found).splitlines())
    write_out(lambda stream: stream.write(text))
    if not found:
        say("no tags here")
    return tell_errors(errors)


def _surveyed(named: list[str], config: Config) -> tuple[list[tuple[Blog, Site]], list[str]]:
    """The blogs of some paths, with all their posts, and what could not be read."""
    from contentlint.engine import survey
    from contentlint.site import Site
    from contentlint.spelling import Lexicon

    found = discovered(named or ["."], config)
    errors = [*found.errors]
    lexicon = Lexicon()
    settings = config.settings
    blogs: list[tuple[Blog, Site]] = []
    for blog in found.blogs:
        pages = {page.path: page for _, _, page in survey([blog], config, lexicon, errors)}
        site = Site(
            blog.root,
            pages,
            lexicon,
            config.words,
            options=settings.site,
            tag_options=settings.tags,
        )
        blogs.append((blog, site))
    return blogs, errors
