"""Which language a post is in.

What the front matter or the configuration says holds. A folder or file name that may be the code of
a language (`content/de/`, `post.fr.md`) may as well be a word (`it/`, `go/`), so it only makes us
believe the text sooner. Text that is not English is never taken for it, whatever was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import filterfalse
from typing import Any

from contentlint.patterns import pattern

ENGLISH = "en"
UNDETERMINED = "und"  # as ISO 639-2 has it: not English, and not known which

# ISO 639-1 and 639-3, as far as blogs are written in it.
_LISTED = """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi hr ht hu hy ia
    id ig is it ja jv ka kg ki kk kl km kn ko ks ku kw ky la lb lg li ln lo lt lu lv mg mi mk ml mn
    mr ms mt my nb nd ne nl nn no nr nv ny oc om or os pa pl ps pt qu rm rn ro ru rw sa sc sd se sg
    si sk sl sm sn so sq sr st su sv sw ta te tg th ti tk tl tn to tr tt tw ug uk ur uz ve vi vo wa
    wo xh yi yo za zh zu
    ast ceb ckb cmn fil gsw haw hsb nds pcm scn und yue
"""
_CODES = frozenset(_LISTED.split())
_NAMES = {
    "chinese": "zh", "dansk": "da", "deutsch": "de", "dutch": "nl", "english": "en",
    "español": "es", "espanol": "es", "français": "fr", "francais": "fr", "french": "fr",
    "german": "de", "indonesian": "id", "italian": "it", "italiano": "it", "japanese": "ja",
    "korean": "ko", "nederlands": "nl", "norsk": "no", "polish": "pl", "polski": "pl",
    "portuguese": "pt", "português": "pt", "portugues": "pt", "russian": "ru", "spanish": "es",
    "svenska": "sv", "swedish": "sv", "turkish": "tr", "ukrainian": "uk", "русский": "ru",
    "українська": "uk", "中文": "zh", "日本語": "ja", "한국어": "ko",
}  # fmt: skip
_SCRIPTS = frozenset({"hans", "hant", "latn", "cyrl", "arab"})

_ASCII = bytes(range(128))
_ASCII_BUT_BLANK = _ASCII.replace(b" ", b"")
_OTHER_LETTER = pattern(r"[^\W\d_\u0080-\u024f\u1e00-\u1eff]")  # not Latin
_ENOUGH_WORDS = 30  # fewer tell nothing of the language
_FOREIGN_SHARE = 0.4
_HINTED_SHARE = 0.15  # if the path names another language
_FEW_WORDS, _OTHER_SCRIPT_SHARE = 5, 0.2  # so many in another script may be names and quotations


def of(
    declared: str | None,
    path: str,
    words: AbstractSet[str],
    unknown: AbstractSet[str],
    other_script: Sequence[str],
) -> str:
    """The code of the language of a post whose path is relative to the blog.

    What is `declared` holds, but English only if the text is not in another one. UNDETERMINED is
    a post that is not English if nothing tells what it is. `words` are the distinct ones of the
    post, `unknown` those in Latin letters that English does not know, and `other_script` what
    `in_other_script` makes of them.
    """
    if declared and declared != ENGLISH:
        return declared
    hint = in_path(path) if declared is None else ENGLISH
    if hint == ENGLISH:
        hint = None
    if _is_foreign(words, unknown, other_script, hinted=hint is not None):
        return hint or UNDETERMINED
    return ENGLISH


def in_other_script(text: str, words: AbstractSet[str]) -> list[str]:
    """What is in no Latin letters of the words of a text that are in another script."""
    # Bytes are cut at once, and a text is one piece of memory; a loop over its words would be half of
    # what a post costs, and few texts have such letters.
    if text.isascii() or not _OTHER_LETTER.search(_without(_ASCII, text)):
        return []
    other = _without(_ASCII_BUT_BLANK, " ".join(filterfalse(str.isascii, words)))
    return list(filter(_OTHER_LETTER.search, other.split()))


def _without(ascii_characters: bytes, text: str) -> str:
    return text.encode("utf-8", "replace").translate(None, ascii_characters).decode()


def _is_foreign(
    words: AbstractSet[str],
    unknown: AbstractSet[str],
    other_script: Sequence[str],
    *,
    hinted: bool,
) -> bool:
    """Whether too few words are English for the post to be.

    Of the distinct words of an English post, 1 % are unknown (the median of 1,442 posts; all but
    one are below 40 %); of posts in German, French or Indonesian, two thirds and more.
    """
    # Chinese and others write no blanks: about two of their characters make a word.
    others = sum(map(len, other_script)) // 2
    total = len(words) - len(other_script) + others
    strange = len(unknown) + others
    if hinted:
        return strange > _HINTED_SHARE * total
    if others > max(_FEW_WORDS, _OTHER_SCRIPT_SHARE * total):
        return True
    return total >= _ENOUGH_WORDS and strange > _FOREIGN_SHARE * total


def code(value: Any) -> str | None:
    """The code of a language that front matter or an attribute names: `en` for `en-GB`, `en_US` and
    `English`. None if it is none, such as `python`."""
    if value is False:
        return "no"  # what YAML makes of the code of Norwegian
    if not isinstance(value, str):
        return None
    folded = value.strip().casefold()
    return _code_of_tag(folded) or _NAMES.get(folded)


def _code_of_tag(tag: str) -> str | None:
    """The code in a tag such as `pt-BR`, `zh-Hant` or `de_DE.UTF-8`; a folder named `in-depth` has
    none."""
    code, *others = tag.casefold().partition(".")[0].replace("_", "-").split("-")
    return code if code in _CODES and all(map(_is_subtag, others)) else None


def _is_subtag(part: str) -> bool:
    """Whether it may be a region or a script."""
    return len(part) == 2 or (len(part) == 3 and part.isdigit()) or part in _SCRIPTS


def in_path(path: str) -> str | None:
    """The code of a language that the suffix of a file or a folder may name, the innermost first."""
    *folders, name = path.split("/")
    _, *suffixes = name.split(".")
    for part in (*suffixes[-2:-1], *reversed(folders)):
        if "." not in part and (found := _code_of_tag(part)):
            return found
    return None
