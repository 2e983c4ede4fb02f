"""What looking for typos costs, apart from all else that a run does.

    python benchmarks/words.py FOLDER [FOLDER ...] [--passes 7]

Each FOLDER is a blog. All posts are read, parsed and cut into words before the clock starts. In each
pass a lexicon is opened that remembers nothing, the unknown words of all posts are found as in a run
(with the language of each post and passages in other languages), and each is judged once, given the
vocabulary of its blog. Printed is the CPU time of the best pass for 1,000 words, and a hash of
what was found, which tells whether a change has changed it.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import sys
import time
from pathlib import Path
from typing import NamedTuple

from contentlint.document import Document
from contentlint.facts import read_words
from contentlint.spelling import Candidate, Judge, Lexicon, Vocabulary
from contentlint.text import Source


class Post(NamedTuple):
    """A parsed post, and its path relative to its blog."""

    document: Document
    path: str


class Pass(NamedTuple):
    """What one pass took, in seconds of CPU time, and what it found."""

    finding: float
    judging: float
    candidates: int
    judged: int
    digest: str


def main() -> int:
    """Print what each step costs."""
    options = _arguments()
    blogs = [_read(folder) for folder in options.folders]
    words = sum(len(post.document.mask.split()) for blog in blogs for post in blog)
    if not words:
        print("no words: is that a folder with posts?", file=sys.stderr)
        return 2
    gc.disable()
    passes = [_pass(blogs) for _ in range(options.passes)]
    finding = min(one.finding for one in passes)
    judging = min(one.judging for one in passes)
    one = passes[0]
    print(f"{sum(map(len, blogs))} posts, {words} words, best of {len(passes)} passes")
    print(f"finding  {finding * 1e6 / words:.3f} ms for 1,000 words, {one.candidates} candidates")
    print(f"judging  {judging * 1e6 / words:.3f} ms for 1,000 words, {one.judged} distinct words")
    print(f"together {(finding + judging) * 1e6 / words:.3f} ms for 1,000 words")
    print(f"found    {one.digest}")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--passes", type=int, default=7)
    return parser.parse_args()


def _read(folder: Path) -> list[Post]:
    """The posts of a blog, with all ready that other rules need as well."""
    posts: list[Post] = []
    for path in sorted([*folder.rglob("*.md"), *folder.rglob("*.markdown")]):
        document = Document(Source.decode(str(path), path.read_bytes()))
        _ = document.runs, document.passages, document.words, document.cut_mask, document.data
        posts.append(Post(document, path.relative_to(folder).as_posix()))
    return posts


def _pass(blogs: list[list[Post]]) -> Pass:
    lexicon = Lexicon()
    start = time.process_time()
    found = [[read_words(post.document, post.path, lexicon) for post in blog] for blog in blogs]
    finding = time.process_time() - start
    unknown = [[own for _, own in blog] for blog in found]
    start = time.process_time()
    verdicts = [_judge(blog, lexicon) for blog in unknown]
    judging = time.process_time() - start
    digest = hashlib.sha256(repr((found, verdicts)).encode()).hexdigest()
    distinct = {(n, one.word) for n, blog in enumerate(unknown) for own in blog for one in own}
    candidates = sum(len(own) for blog in unknown for own in blog)
    return Pass(finding, judging, candidates, len(distinct), digest[:16])


def _judge(blog: list[tuple[Candidate, ...]], lexicon: Lexicon) -> list[object]:
    judge = Judge(lexicon, Vocabulary.of([one.word for one in own] for own in blog))
    return [judge.judge(one.word, one.context) for own in blog for one in own]


if __name__ == "__main__":
    sys.exit(main())
