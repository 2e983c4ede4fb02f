"""Posts must be UTF-8.

Every site generator reads UTF-8. A byte of another encoding shows as a black diamond on the page,
or stops the build. Save the file as UTF-8 and write the characters again.
"""

from collections.abc import Iterator

from contentlint.api import Document, Problem, Span, file_rule

_MOST = 10  # a file in another encoding is wrong everywhere; ten places show it


@file_rule("source/encoding", "bytes that are no UTF-8")
def encoding(document: Document) -> Iterator[Problem]:
    source = document.source
    if source.encoding != "utf-8":
        message = f"this file is {source.encoding.upper()}; save it as UTF-8"
        yield Problem(Span(0, 0), message)
        return
    places = _joined(source.undecodable)
    if len(source.undecodable) > max(_MOST, len(source.text) // 10):
        yield Problem(places[0], "this file is no text, or not in UTF-8; is it an image?")
        return
    for place in places[:_MOST]:
        yield Problem(place, "this is no UTF-8; save the file as UTF-8 and write it again")
    if len(places) > _MOST:
        more = (
            f"and {len(places) - _MOST} more places are no UTF-8: is the file Latin-1, or binary?"
        )
        yield Problem(places[_MOST], more)


def _joined(offsets: tuple[int, ...]) -> list[Span]:
    """Neighbouring bytes are one place."""
    places: list[Span] = []
    for offset in offsets:
        if places and places[-1].end == offset:
            places[-1] = Span(places[-1].start, offset + 1)
        else:
            places.append(Span(offset, offset + 1))
    return places
