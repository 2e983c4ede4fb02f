"""`contentlint cache`: what is kept between runs."""

from __future__ import annotations

from contentlint.commands import CLEAN, Trouble, note, read_options, write_out
from contentlint.options import Options, option


class CacheArguments(Options):
    """The options of `contentlint cache`."""

    cache_dir: str = option("", "The folder of the cache; else the one in your cache folder.")


def cache(argv: list[str]) -> int:
    action, *rest = argv or [""]
    if action not in ("info", "clean", "-h", "--help"):
        from contentlint.options import unknown

        complaint = unknown(action, ["info", "clean"], "action") if action else "info or clean?"
        raise Trouble(f"cache: {complaint}; see contentlint cache --help")
    is_help = action.startswith("-")
    command = "cache info|clean" if is_help else f"cache {action}"
    given, _ = read_options(CacheArguments, argv if is_help else rest, command)
    from contentlint import answers, cache

    where = answers.folder(given.cache_dir)
    if where is None:
        raise Trouble("there is no home folder to keep a cache in; name a folder with --cache-dir")
    if action == "clean":
        try:
            removed = cache.clean(where)
        except OSError as error:
            raise Trouble(f"{error.filename}: cannot be removed: {error.strerror}") from None
        text = f"removed {removed}" if removed else f"there is no cache in {where}"
    else:
        found = cache.info(where, note)
        text = f"there is no cache in {where}"
        if found:
            size = f"{found.size / 1e6:.1f} MB"
            text = f"{found.path}: {size}, {found.posts} posts, {found.blogs} blogs"
    write_out(lambda stream: stream.write(f"{text}\n"))
    return CLEAN
