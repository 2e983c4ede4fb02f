"""Where `a` and `an` are not what the sound of the next word wants."""

import re
from collections.abc import Iterator

from contentlint.api import Block


def words(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


# Compiled when first needed, as all patterns of rules are.
_ARTICLE = r"(?<![\w'’.&/\\-])([Aa]n?) (?:([a-z]{3,})|([A-Z]{2,}))(?![\w'’\\])(?!\.\w)"
# Letters say little of a sound: vowels that sound like consonants, and the other way round.
_LIKE_YOU_OR_WE = (
    r"u(?:ni(?!n|m|d|ss)|na(?:ry|ni)|s[aeu]|ti|to|bi|f[ao]|ku|r[aei])|eu|ewe|one(?!r)|once\b|oui"
)
_MUTE_H = ("hour", "hones", "honor", "honour", "heir")
_EITHER = ("unid", "hist", "herb", "hotel", "habit", "hilar", "horr", "hyst", "hered", "homage")
# How English words with a consonant begin; `lvalue`, `npm` and `sdist` are said otherwise.
_CONSONANT = (
    r"(?:s?[ckpt][hlr]?|[bfg][lr]?|d[rw]?|[hjlmnrvyz]|gh|kn|ph|qu|rh|s[hmnqw]?|sc?hr?|spl|squ"
    r"|th?[rw]?|wh?|wr)[aeiouy]"
)
# Acronyms that all spell out, and that begin with a vowel or a consonant when they are.
_SPELT = {
    **dict.fromkeys(
        words(
            """
        AI API AST ATM AWS EU FBI FTP HDMI HPC HR HTML HTTP HTTPS IBM ID IDE IP ISP LED LLM LLVM
        LTE MIT MP MRI MVP NDA NFT NGO NPC ORM OS RFC RGB RPC RSA RSS SDK SLA SMS SSD SSH SSL SSO SSR
        SVG XML XSS
        """
        ),
        "an",
    ),
    **dict.fromkeys(
        words(
            """
        BBC CDN CEO CFO CI CLI CMS CPU CRM CSS CSV CTO CV DIY DJ DNS DVD GPS GPT GPU JPEG JSON JVM
        JWT PC PDF PNG PR QA QR TCP TLD TLS TV UDP UI UK UN URI URL US USB UTC UUID UX VM VPN VPS
        WYSIWYG YAML ZIP
        """
        ),
        "a",
    ),
}
# What no article stands before: so the `a` is a letter, and the `an` is `and` or `any`.
_NO_NOUNS = words(
    """
    about above after again all also and any are around as at away be because been before being
    below but by can could did does down each either else for from had has have her here him his how
    if in into is it its just may might must neither nor not now of off on onto or our out over
    shall she should since so than that the their them then there these they this those through
    thus to too under until up upon us was we were what when where which while who whose why will
    with within without would yet you your
    """
)
_LETTERED = words(
    """
    and appendix article between block box case class clause column criteria exhibit figure footnote
    from grade group hepatitis item level line list method mode note object option or part phase
    plan point question row scenario section series set side set step team template tier to type
    variant version vitamin
    """
)
_ENGLISH = words("and are be for from have i in is it of on that the this to was we with you your")
_NEAR = 300  # characters around an article that tell the language
_BEFORE = r"([^\W\d_]+)\W{1,2}\Z"


def wrong_articles(blocks: list[Block]) -> Iterator[tuple[Block, int, int, str]]:
    """Where a wrong article stands, in the text of which block, and what should."""
    pattern = re.compile(_ARTICLE)
    for block in blocks:
        for match in pattern.finditer(block.text):
            article, word = match[1], match[2] or match[3]
            wanted = _wanted(article.lower(), word)
            if not wanted or wanted == article.lower() or not _is_sentence(block.text, match):
                continue
            if block.span(*match.span()):
                cased = wanted.capitalize() if article[0].isupper() else wanted
                yield block, match.start(1), match.end(1), cased


def _wanted(article: str, word: str) -> str | None:
    """The article for a word; None if nobody can tell."""
    if word.isupper():
        return _SPELT.get(word)
    if word in _NO_NOUNS:
        return "and" if article == "an" and word[0] not in "aeiou" else None
    if word.startswith(_EITHER):
        return None
    if word[0] in "aeiou":
        return "a" if re.match(_LIKE_YOU_OR_WE, word) else "an"
    if word.startswith(_MUTE_H):
        return "an"
    return "a" if re.match(_CONSONANT, word) else None


def _is_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether it is English, and the `a` no letter as in `plan A`."""
    before = re.search(_BEFORE, text[max(0, match.start() - 20) : match.start()])
    if before and before[1].lower() in _LETTERED and match[1] in ("a", "A"):
        return False
    around = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    return not _ENGLISH.isdisjoint(around.lower().split())
