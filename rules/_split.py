"""Closed compounds that fall apart into two words."""

from collections.abc import Iterator

from contentlint.api import Document, Span

from ._neighbours import may_follow, neighbours

# First words, each with the second ones that make it a compound. A pair is here if twelve million
# words of edited prose (spelling/data/NOTICE names them) write it with a blank never, or hardly
# ever and then by mistake, and if no sentence comes to mind that needs two words. So there is no
# `in side` ("in side projects"), `up load` ("bring up load balancers"), `it self` ("makes it self
# managed"), `with draw` ("with draw calls"), `key board` ("key board members"), `hand books`
# ("second hand books"), `class rooms` (of first class), `net work` (of forces), `what ever` ("what
# ever happened?"), `week ends` or `text books` (verbs), nor what some write as two by choice: `web
# site`, `user name`, `tool bar`, `guide lines`, `trade off`, `for ever`.
_PAIRS = """
    air craft port | al most ready though together ways | an other | any how thing
    arm chair chairs | back bone ground grounds pack packs ward wards | band width | base ball
    basket ball | bath room rooms | bed room rooms | bench mark | book mark shelf shelves worm
    bottle neck necks | brain storm storming | broad cast casts | butter flies fly milk scotch
    cat fish | child hood | corner stone stones | court yard
    cran berries berry | cup board boards | data bases | day dream light | dead line
    dish washer | door bell way | dough nut nuts | down graded loaded | draw backs
    earth quake quakes | every thing | eye brow brows lid lids sight | false hood
    finger nail nails print prints | fire place wall walls | firm ware | flash light | folk lore
    foot ball note notes print prints steps | fore cast casts ground | forth coming | frame work
    further more | ginger bread | grand children daughter father mother parents son | grape fruit
    grave yard | hail storm | hall way | hand kerchief | hard ware
    head ache aches phones quarters | hence forth | high lighted | horse power | hour glass
    house hold | in stead | jelly fish | jig saw | lady bug
    land lord mark scape scapes | lap top tops | letter head | life style styles time
    like wise | lime light stone | lip stick | loop hole holes | master piece pieces
    mean while | micro phone phones wave | mid night | middle ware | mile stone stones
    mother board | neighbor hood | neighbour hood | news letter paper papers
    nick name names | night fall mare mares | note book books worthy | nut meg | oat meal
    our selves | out put | over hauled lapping looked ridden whelmed whelming
    paint brush | pan cake cakes | pay check roll | pea nut nuts | pepper corn corns
    pine apple apples | pipe line lines | place holder holders | play ground grounds wright
    pod cast casts | police man | pop corn | post cards | quick sand | rain bow bows
    rasp berries berry | safe guard guards | sales man person | scare crow | sea food side
    ship wreck | shoe lace laces | short bread comings | side walks | sky scraper scrapers
    snow flake flakes man | soft ware | some thing | spot light | spread sheet sheets
    stair case way | stand point | straw berries berry | sub set sets
    sun burn flower flowers glasses light screen shine | super market markets | table spoon spoons
    tax payer payers | tea pot spoon spoons | team mate mates | them selves | there fore
    thumb nail nails | thunder storm | to morrow | tomb stone
    tooth brush paste pick picks | trouble shoot shooter shooters shooting shoots | trust worthy
    under lying neath stood | view point | vine yard yards
    wal nut nuts | walk way | ware house houses | water melon proof
    wave length lengths | what soever | wheel chair | when ever | where upon | which ever
    wind mill shield | work shop shops | wrist watch | yard stick | year book | yester day
    your selves
"""
_SECONDS = {
    first: frozenset(seconds)
    for first, *seconds in map(str.split, _PAIRS.strip().replace("\n", "|").split("|"))
}


_FIRSTS = frozenset(_SECONDS)


def split(document: Document) -> Iterator[tuple[Span, str]]:
    """The place of each pair, and the word that it should be."""
    mask, words = document.mask, document.words
    firsts = {
        first
        for first in words & _FIRSTS
        if any(may_follow(document, first, second) for second in _SECONDS[first] & words)
    }
    if not firsts:
        return
    for first, gap, second, end in neighbours(document, firsts):
        if mask[second:end] in _SECONDS[mask[first:gap].lower()]:
            yield Span(first, end), mask[first:gap] + mask[second:end]
