"""Passages in another language inside an English text, whose words are no misspellings.

A passage is a stretch of words of one paragraph, heading or cell with no English function word in
it, in which most words are unknown to English or are function words of one other language: a
sentence, a quotation, a refrain. In `Je ne regrette rien, dit-elle` all words are; an English
sentence, whatever its typos, has an `is` or a `the` every few words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from contentlint.patterns import pattern
from contentlint.spelling.lexicon import MISSPELT, Lexicon, key
from contentlint.spelling.unknown import FOREIGN, Candidate

# The function words of languages that English blogs quote most, by ISO 639 code.
FUNCTION_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "de": """der die das den dem des ein eine einen einem einer eines und oder aber ist sind war
            waren wird werden wurde hat haben ich du er sie es wir ihr mich mir dich dir sich uns
            euch nicht kein keine mit von vom zu zum zur im in an am auf aus bei beim nach für über
            unter durch um als wie auch noch nur schon so dass daß wenn weil was wer wo hier mehr
            sehr kann muss doch mal man bin bist sein seine ihre mein meine alle alles""",
        "fr": """le la les un une des du de et ou mais est sont était été être a ont avoir je tu il
            elle on nous vous ils elles me te se moi toi lui leur ce cet cette ces ça cela qui que
            quoi dont où ne pas plus rien jamais si au aux en dans sur sous pour par avec sans chez
            comme très bien tout tous toute mon ma mes ton ta tes son sa ses notre votre y
            quand donc peut fait faire c'est n'est j'ai qu'il qu'elle d'un d'une l'on""",
        "es": """el la los las un una unos unas y e o u pero es son era ser está están estar ha han
            hay yo tú él ella nosotros ellos me te se le les lo nos mi mis tu tus su sus que qué
            quien quién como cómo donde cuando no ni sí si del al de a en con sin por para sobre
            entre hasta desde más muy ya todo todos toda todas este esta estos estas eso esto
            porque también nada nunca siempre""",
        "it": """il lo la i gli le un uno una e o ma è sono era essere ha hanno avere io tu lui lei
            noi voi loro mi ti si ci vi che chi cui come dove quando non né se più di a da in con su
            per tra fra del dello della dei degli delle al allo alla ai agli alle dal dalla nel
            nella nei sul sulla questo questa quello quella anche molto tutto tutti mio mia suo sua
            perché così già""",
        "pt": """o a os as um uma uns umas e ou mas é são era ser está estão foi ha há eu tu ele ela
            nós eles elas me te se lhe meu minha seu sua que quem como onde quando não nem sim de do
            da dos das em no na nos nas ao aos à às com sem por para pelo pela sobre entre até mais
            muito já também todo todos toda todas este esta isso isto você tem ter porque""",
        "nl": """de het een en of maar is zijn was waren wordt worden heeft hebben had ik jij je hij
            zij ze wij we jullie u mij mijn jouw haar hem ons onze dit dat deze die wat wie waar
            niet geen wel ook nog al van voor met op in aan uit bij naar door over om te als dan zo
            er hier kan moet meer zeer dus omdat""",
        "sv": """och att det som en ett den är var på för med av till i om inte har hade jag du han
            hon vi ni de dem sig från men så kan ska skulle när där här vad eller också bara mycket
            än nu min din sin vara blir blev utan efter under över""",
        "da": """og at det som en et den er var på for med af til i om ikke har havde jeg du han hun
            vi de dem sig fra men så kan skal skulle når der her hvad eller også kun meget end nu
            min din sin være bliver blev uden efter under over""",
        "no": """og at det som en et den er var på for med av til i om ikke har hadde jeg du han hun
            vi de dem seg fra men så kan skal skulle når der her hva eller også bare mye enn nå min
            din sin være blir ble uten etter under over""",
        "pl": """i w z na do nie się że to jest są był była o jak ale co tak za od po przez dla przy
            czy już tylko jego jej ich być może ten ta te tego tej który która które się a u ja ty
            on ona my wy oni mnie""",
        "id": """yang dan di ke dari untuk pada ini itu dengan adalah tidak akan dalam bisa kita saya
            anda kami mereka dia juga atau karena oleh sudah ada lebih seperti agar jika satu
            secara dapat tersebut""",
        "la": """et est non in ad cum sed ut qui quae quod quid ab ex de per pro si nec neque sunt
            esse hoc haec ille ipse nos tibi mihi""",
    }.items()
}  # fmt: skip
# Such words stand every few words in English.
_OFTEN = """
    the and of to that it with are this be have from by you they which will would their been were
    not your she there who if has its my our what how when then than them these those into out just
    about because could should some any for was is at but or we he his him her can't don't isn't
    it's i'm i've on
"""
_ENGLISH = frozenset(_OFTEN.split())
# Words of the languages above that are usual in English, or in names: they tell nothing.
_SOMETIMES = """
    a al all alle also am an as at au bin ce come con da dare de del den der des die do door du e el
    er ex fin hat hem here i ik il im in is la le les los lo man me men mes mi min more mas no non
    nu o on or os over par per plus pour pro que quo sale se si sin so son sum te ten ton tout
    tu u un under van von vi via war was wie y
"""
_EITHER = _ENGLISH | frozenset(_SOMETIMES.split())
_TELLING = frozenset[str]().union(*FUNCTION_WORDS.values()) - _EITHER
# English, too, though rarer, so that one of them alone is no reason to look closer at a paragraph.
_ALSO_ENGLISH = frozenset(["co", "com", "end", "had", "met"])
_STRIKING = _TELLING - _ALSO_ENGLISH

_FEWEST = 2  # unknown words of a paragraph from which it is looked at
_EVIDENCE, _IN_MARKS = 3, 2  # so many words speak for another language; if set off, so many do
_FUNCTION = 3  # so many function words need no unknown ones
_UNKNOWN = 4  # so many unknown ones need no function word
_MOST = 0.6  # of the words of a paragraph, after which the rest is not looked at
_WORD = pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_STRETCH = pattern("[^b]+")  # of _BREAK
_MARKS = frozenset("\0\"“”„‟«»‹›‘’'()[]*_")


def mark_passages(
    mask: str, cut: str, found: Sequence[Candidate], starts: Sequence[int], lexicon: Lexicon
) -> tuple[Candidate, ...]:
    """The candidates, with FOREIGN in the context of those in a passage in another language.

    `mask` and `cut` are those of `candidates`, which has `found` them. `starts` is where paragraphs
    and the like begin, in order.
    """
    marked: list[Candidate] = []
    for number, group in groupby(found, lambda one: bisect_left(starts, one.start + 1)):
        here = list(group)
        if len(here) >= _FEWEST:
            start = starts[number - 1] if number else 0
            end = starts[number] if number < len(starts) else len(mask)
            if _may_have_passages(cut[start:end].split(), here):
                here = list(mark(here, _passages(mask, start, end, here, lexicon)))
        marked += here
    return tuple(marked)


def mark(found: Iterable[Candidate], spans: Iterable[tuple[int, int]]) -> Iterator[Candidate]:
    """The candidates, with FOREIGN in the context of those in one of the spans.

    The spans do not overlap.
    """
    coming = sorted(spans, reverse=True)
    for one in found:
        while coming and coming[-1][1] <= one.start:
            coming.pop()
        if coming and coming[-1][0] <= one.start:
            one = one._replace(context=one.context | FOREIGN)
        yield one


def guess(words: AbstractSet[str]) -> str | None:
    """The language of a text that is not English, by its function words; None if none is likely."""
    counts = {code: len(own & words) for code, own in FUNCTION_WORDS.items() if code != "la"}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= _EVIDENCE else None


# What the words of a paragraph are, a letter each.
_BREAK = "b"  # a function word of English, which ends a passage
_TELLS, _MAY_TELL = "t", "m"  # a function word of the other language; of English or a name, too
_LOWER, _CAPITAL = "u", "U"  # unknown
_NOTHING, _KNOWN = "n", "k"  # says nothing; an English word


def _may_have_passages(tokens: Iterable[str], here: Iterable[Candidate]) -> bool:
    """Whether a paragraph of these coarse tokens is worth a closer look, as few are."""
    if not _STRIKING.isdisjoint(tokens):
        return True
    lower = sum(one.word[0].islower() for one in here)
    return lower >= _UNKNOWN or (lower >= _IN_MARKS and _ENGLISH.isdisjoint(tokens))


def _passages(
    mask: str, start: int, end: int, here: Iterable[Candidate], lexicon: Lexicon
) -> list[tuple[int, int]]:
    """Where in a paragraph the passages are."""
    matches = list(_WORD.finditer(mask, start, end))
    words = "\n".join([match[0] for match in matches]).lower().replace("’", "'").split("\n")
    kinds = _kinds(words)
    places = {match.start(): index for index, match in enumerate(matches)}
    for one in here:
        index = places.get(one.start)
        if (
            index is not None
            and kinds[index] not in (_BREAK, _TELLS)
            and not _is_listed(one.word, lexicon)
        ):
            kinds[index] = _LOWER if one.word[0].islower() else _CAPITAL
    spans: list[tuple[int, int]] = []
    foreign = 0
    for stretch in _STRETCH.finditer("".join(kinds)):
        first, last = _passage(stretch[0])
        first, last = stretch.start() + first, stretch.start() + last
        if first < last:
            span = matches[first].start(), matches[last - 1].end()
            if last - first >= _EVIDENCE or _is_set_off(mask, *span):
                spans.append(span)
                foreign += last - first
    return [(start, end)] if foreign > _MOST * len(words) else spans


def _kinds(words: Sequence[str]) -> list[str]:
    """What each of the words is, if the other language is the one most of whose function words are
    among them."""
    distinct = frozenset(words)
    telling = distinct & _TELLING
    most = max(len(own & telling) for own in FUNCTION_WORDS.values())
    likely = [own for own in FUNCTION_WORDS.values() if len(own & telling) == most]
    function = max(likely, key=lambda own: len(own & distinct))
    kinds = {word: _KNOWN if len(word) > 1 else _NOTHING for word in distinct}
    kinds |= dict.fromkeys(distinct & _EITHER, _NOTHING)
    kinds |= dict.fromkeys(distinct & _ENGLISH, _BREAK)
    kinds |= dict.fromkeys(distinct & function, _TELLS)
    kinds |= dict.fromkeys(distinct & function & _EITHER, _MAY_TELL)
    return [kinds[word] for word in words]


def _passage(kinds: str) -> tuple[int, int]:
    """What is foreign of a stretch of words: all, or from the first to the last that tells it."""
    inner = kinds.strip(_MAY_TELL + _NOTHING + _KNOWN)
    tells, lower, known = inner.count(_TELLS), inner.count(_LOWER), inner.count(_KNOWN)
    evidence = tells + lower + inner.count(_CAPITAL)
    perhaps = kinds.count(_MAY_TELL)
    if known > evidence or evidence < _IN_MARKS:
        return 0, 0
    first = kinds.index(inner)
    if evidence < _EVIDENCE:
        # So few do if they are set off, which the caller looks at.
        return (first, first + len(inner)) if tells and len(inner) < _EVIDENCE else (0, 0)
    if not (
        (tells and lower)
        or tells >= _FUNCTION
        or lower >= _UNKNOWN
        or min(lower, perhaps) >= _IN_MARKS
    ):
        return 0, 0
    if evidence + perhaps >= 2 * kinds.count(_KNOWN):
        return 0, len(kinds)
    return first, first + len(inner)


def _is_set_off(mask: str, start: int, end: int) -> bool:
    """Whether a passage stands between quotation marks or markup."""
    after = mask[end : end + 2].lstrip(".,!?…")[:1]
    return mask[start - 1 : start] in _MARKS and (not after or after in _MARKS)


def _is_listed(word: str, lexicon: Lexicon) -> bool:
    entry = lexicon.entry(key(word))
    return entry is not None and entry.flags & MISSPELT != 0
