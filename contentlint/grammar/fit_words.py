"""Which words may be mistaken for one another, for fit_confusion.py: pairs, and forms of a word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from contentlint.grammar.confusion import COLUMNS, NO_POSSESSIVES
from contentlint.spelling import Lexicon
from contentlint.tuples import NamedTuple

# Sets of words that sound alike or nearly so; and words, each with those from which a slip of the
# finger makes it, or that it makes of them. `no` and `not` are no pair: where one is right, such as in
# `it is no good`, the other often is.
SOUNDS = """
    its it's | your you're | their there they're | then than | lets let's | whose who's | to too
    two | loose lose | losing loosing | affect effect | accept except | advice advise |
    principal principle | principals principles | complement compliment | discreet discrete |
    desert dessert | desserts deserts | weather whether | where were we're wear | here hear |
    know no now | knew new | passed past | peace piece | quiet quite | breath breathe | cite
    site sight | course coarse | ensure insure | ensuring insuring | formally formerly | hole
    whole | led lead | lightning lighting | personal personnel | role roll | threw through |
    though thought through thorough | waist waste | weak week | which witch | adapt adopt | bare
    bear | by buy bye | cell sell | choose chose | conscious conscience | died dyed | dual duel
    | fair fare | peak peek | rain reign | root route | scene seen | sea see | some sum | sole
    soul | steal steel | tail tale | tea tee | wander wonder | wave waive | way weigh | wood
    would | that's thats | what's whats | won't wont | can't cant | don't dont | of off | one
    won | our are | maybe may | cheap cheat | quit quite | public pubic | form from | were where
    | well we'll | he's his | i'm im | as has | an and | expect except | brake break | bread
    bred breed | counsel council | devise device | flower flour | grate great | meat meet | pail
    pale | pair pear pare | plain plane | poor pour pore | presence presents | raise rays |
    right write rite | sauce source | serial cereal | altar alter | strait straight | team teem
    | vary very | wait weight | via vie | miner minor | medal metal meddle | cites sites |
    process progress | white write | proving providing | farther further | ready already |
    altogether together | everyday every | practice practise | precede proceed | conversation
    conservation | perspective prospective
"""
SLIPS = """
    ab an | ad add and | adds ads | algin align | alot lot | amd and | an any | and ands hand
    land sand wand | angel angle | angels angles | ant aunt | any nay | apart part | as was | at
    ate | awhile while | bacon beacon | base bass | beat best | bee been | bellow below | beside
    besides | best bets | big bug | both broth | bring ring | bug but | but buy | cannon canon |
    cannons canons | canvas canvass | casual causal | chopped copped | clothes cloths | cray
    crazy | dairy diary | decent descent | do so | droped dropped | dyeing dying | emergence
    mergence | envelop envelope | even event | ever every | every very | excited exited | exist
    exit exits | exists exits | feel reel | field filed | fir for | first fist | for form four
    fro or | fort forth | forth fourth | go to | going gong | growing growling | had hand has
    head | has hast | hat that | he her the | he'll hell | head hear heard | heard herd | help
    hep | her here | hey they | his is this | hour our | hours ours | i'd id | i'll ill | idea
    ideal | if it of | in inn on | into intro | ion on | is its us | it its | it'll itll | jam
    jamb | knight night | knot not | launch lunch | launched lunched | launching lunching | lave
    leave | lied lived | life live | lifes lives | lightening lightning | lightly slightly |
    loath loathe | loop lop | loops lops | make makes | manage mange | managed manged | manager
    manger | managers mangers | many may | marital martial | meed need | metics metrics | mind
    mine | mode more | moral morale | more mote | need needs | no on | noe one | not note |
    nothing noting | nuclear unclear | of or | on one | once one | onely only | or our | our out
    your | own won | part pat | parts pats | patter pattern | patterns patters | perfect prefect
    | plain plan | plains plans | planed planned | planing planning | poring pouring | posses
    possess | quiet quit | rang range | rap wrap | read ready red | red reed | reign rein |
    relaying relying | rime time | rogue rouge | rout route | sate state | see seem seen | seem
    seen | semantic sematic | server sever | servers severs | she'll shell | she's shes | shift
    shirt shit | short sort | show shown | sight slight | sign sing | signed singed | signing
    singing | signs sings | since sine | slop slope | sometime sometimes | spit split | spits
    splits | star start | stared started | staring starting | stars starts | starting stating |
    steam stream | steamed streamed | steaming streaming | steams streams | sting string |
    stings strings | sued used | suit suite | tabel table | table tale | temping tempting | test
    tets text | tests texts | the thee them then they | them then | they thy | things thins |
    this thus | though tough | thread tread | threads treads | through trough | tide tied | time
    times | tip top | to top | toe tow | toke token | toll tool | tolls tools | toward towards |
    trail trial | trails trials | unit unite | united untied | unites units | unsed used | us
    use | use used user | used user | verify verity | wan want | want wants | warp wrap | wary
    way | we'd wed | wet whet | while wile | whine wine | width with | wit with | with withe |
    wok work | word world | words worlds | work worm | yea yeah | you your | your yours | yours
    yous
"""
# Words whose number or tense must be that of others.
AGREE = """
    is are | was were | has have | does do | doesn't don't | isn't aren't | wasn't weren't | hasn't
    haven't | this these | that those | am is are | much many | has had have | he she |
    is been be being | had have | what that | who whom | me my | he him | they them their | there's
    theirs | she her | where when | him his | me i | an one | lot lots | i'm am | or and
"""
# Verbs with forms of their own: base, past, participle.
IRREGULAR = """
    become became become | begin began begun | break broke broken | bring brought brought | build
    built built | buy bought bought | catch caught caught | choose chose chosen | come came come |
    draw drew drawn | drive drove driven | eat ate eaten | fall fell fallen | feel felt felt | fight
    fought fought | find found found | forget forgot forgotten | get got gotten | give gave given |
    go went gone | grow grew grown | hear heard heard | hide hid hidden | hold held held | keep kept
    kept | know knew known | leave left left | lose lost lost | make made made | mean meant meant |
    meet met met | pay paid paid | ride rode ridden | run ran run | say said said | see saw seen |
    seek sought sought | sell sold sold | send sent sent | show showed shown | sit sat sat | sleep
    slept slept | speak spoke spoken | spend spent spent | stand stood stood | take took taken |
    teach taught taught | tell told told | think thought thought | throw threw thrown | understand
    understood understood | wear wore worn | win won won | write wrote written
"""
# These look like forms of a word and are none, or are used as if they were none.
NO_FORMS = frozenset(
    """
    am as ass bed bring can does during even for has her hing his int is its its king let may men
    need needs new news off one ones per red ring sing six someone spring string ten the thing this
    thus time times two under us used via was wed wing yes
    """.split()  # noqa: SIM905 - words are read as such
)
OFTEN, SOMETIMES = 30, 10  # times that a word, and a form of it, must stand in prose
USUALLY, RARELY = 1_000, 8  # and the words of a pair that nobody has listed
VOWELS = "aeiou"
# The columns of the forms that are mistaken for one another.
RELATIONS = [
    ("base", "s"), ("base", "part"), ("base", "ing"), ("part", "ing"), ("s", "part"),
    ("past", "part"),
]  # fmt: skip


def pairs() -> list[tuple[str, str]]:
    """The pairs of words, each in the order of the alphabet."""
    slips = (words.split() for words in SLIPS.split("|"))
    found = {(first, other) for first, *others in slips for other in others}
    return sorted({(min(pair), max(pair)) for pair in found | sounds() | _every(AGREE)})


def neighbours(counts: dict[str, int]) -> list[tuple[str, str]]:
    """Pairs of words of prose of which one becomes the other when a letter is left out, or two change
    places; at least one of them is usual. Forms of a word are none."""
    lexicon = Lexicon()
    listed = set(pairs())
    of = {word: each for each in forms(counts) for word in each}
    words = {
        word
        for word, count in counts.items()
        if count >= RARELY and len(word) > 2 and word.isalpha() and word.isascii()
        if lexicon.is_known(word)
    }
    found: set[tuple[str, str]] = set()
    for word in words:
        for other in _slips(word):
            pair = min(word, other), max(word, other)
            is_usual = other in words and max(counts[word], counts[other]) >= USUALLY
            if is_usual and pair not in listed and of.get(word, word) is not of.get(other, other):
                found.add(pair)
    return sorted(found)


def _slips(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        if word[at : at + 1] != word[at + 1 : at + 2] != "":
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


@cache
def sounds() -> set[tuple[str, str]]:
    """The words of SOUNDS, each with each other one of its set."""
    return _every(SOUNDS)


def _every(text: str) -> set[tuple[str, str]]:
    sets = (words.split() for words in text.split("|"))
    return {(a, b) for words in sets for a in words for b in words if a != b}


class Forms(NamedTuple):
    """A word's forms, in the order of COLUMNS; `-` is none."""

    base: str
    s: str
    past: str = "-"
    ing: str = "-"
    part: str = "-"


def forms(counts: dict[str, int]) -> list[Forms]:
    """The forms of the words of prose, by how often each stands there. No word is in two lines."""
    irregular = {words.split()[0]: words.split()[1:] for words in IRREGULAR.split("|")}
    lexicon = Lexicon()
    taken: set[str] = set()
    found: list[Forms] = []

    def form(word: str, makes: Callable[[str], Iterator[str]]) -> str:
        made = (form for form in makes(word) if counts.get(form, 0) >= SOMETIMES)
        return next((form for form in made if form not in NO_FORMS and form != word), "-")

    # The usual ones first: `saw` is of `see`.
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        usable = count >= OFTEN and len(word) > 2 and word.isalpha() and word.isascii()
        if not usable or word in NO_FORMS or word in taken or not lexicon.is_known(word):
            continue
        past, part = irregular.get(word) or [form(word, _past)] * 2
        made = Forms(word, form(word, _s), past, form(word, _ing), part)
        made = made._replace(
            **{name: "-" for name in COLUMNS[1:] if getattr(made, name) in {*taken, word}}
        )
        if len({*made} - {"-"}) > 1:
            found.append(made)
            taken.update({*made} - {"-"})
    return found


def _s(word: str) -> Iterator[str]:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        yield f"{word}es"
    elif word.endswith("y") and word[-2] not in VOWELS:
        yield f"{word[:-1]}ies"
    else:
        yield f"{word}s"
        if word.endswith("o"):
            yield f"{word}es"


def _past(word: str) -> Iterator[str]:
    if word.endswith("e"):
        yield f"{word}d"
    elif word.endswith("y") and word[-2] not in VOWELS:
        yield f"{word[:-1]}ied"
    else:
        yield f"{word}ed"
        yield f"{word}{word[-1]}ed"


def _ing(word: str) -> Iterator[str]:
    if word.endswith("ie"):
        yield f"{word[:-2]}ying"
    elif word.endswith("e") and not word.endswith("ee"):
        yield f"{word[:-1]}ing"
    else:
        yield f"{word}ing"
        yield f"{word}{word[-1]}ing"


def possessives(counts: dict[str, int]) -> list[Forms]:
    """Words with their possessives and their plurals, or whatever has an s at the end."""
    return [
        Forms(word, f"{word}s")
        for word in sorted(counts)
        if counts.get(f"{word}s", 0) >= SOMETIMES
        and len(word) > 2
        and word.isalpha()
        and f"{word}'s" in counts
        and f"{word}'s" not in NO_POSSESSIVES
    ]
