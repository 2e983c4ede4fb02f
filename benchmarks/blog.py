"""Makes a blog for the benchmarks: a Hugo site whose posts link to each other and share tags.

The sentences are made of parts written here, so the words are few and known but for one name or slip
in some posts; `--blog` of run.py takes real writing instead.
"""

from __future__ import annotations

import random
from pathlib import Path

_SUBJECTS = (
    "The old filter", "Our dryer", "A heat pump", "The seal of the door", "That small fan",
    "Every second machine", "The technician", "A cup of vinegar", "The drain hose", "Your guest",
)  # fmt: skip
_VERBS = (
    "keeps the room warm", "needs a little patience", "was cleaned last spring",
    "makes more noise than it did", "has to come out first", "saves a good deal of power",
    "fits into the cupboard", "tells you what is wrong", "rarely breaks in summer",
)  # fmt: skip
_ENDS = (
    "because the air cannot leave", "and nobody knows why", "when the water is hard",
    "if you let it dry overnight", "after about three years", "while the programme runs",
    "before you call anybody", "although the manual says otherwise", "so do it twice a year",
)  # fmt: skip
_TAGS = ("Dryer", "Heat Pump", "Oven", "Dishwasher", "Repair", "Energy", "Noise", "Water", "Safety")
_HEADINGS = ("What to check first", "Tools you need", "Step by step", "What it costs")
_SLIPS = ("teh", "recieve", "refrigartor", "maintainance", "seperate", "occured")
_NAMES = ("Frigomatic", "Lavaterra", "Kettlewright", "Ofenhaus", "Brumble")


def make(folder: Path, posts: int, seed: int = 1) -> None:
    """Write a blog of so many posts into a folder, the same for the same seed."""
    chance = random.Random(seed)
    content = folder / "content" / "posts"
    images = folder / "static" / "img"
    content.mkdir(parents=True)
    images.mkdir(parents=True)
    (folder / "hugo.toml").write_text('baseURL = "https://example.org/"\n', encoding="utf-8")
    for number in range(50):
        (images / f"{number}.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    for number in range(posts):
        text = _post(chance, number, posts)
        (content / f"post-{number}.md").write_text(text, encoding="utf-8")


def edit(path: Path) -> None:
    """Change a post as a writer would: one sentence more."""
    with path.open("a", encoding="utf-8") as file:
        file.write("\nThe lamp went out once more.\n")


def _post(chance: random.Random, number: int, posts: int) -> str:
    tags = ", ".join(f'"{tag}"' for tag in chance.sample(_TAGS, 3))
    date = f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    title = f"{chance.choice(_SUBJECTS)} in house {number}"
    parts = [f'---\ntitle: "{title}"\ndate: {date}\ntags: [{tags}]\n---\n']
    for heading in _HEADINGS:
        parts += [f"## {heading}\n", _paragraph(chance), _paragraph(chance)]
        other = chance.randrange(posts)
        anchor = chance.choice(_HEADINGS).lower().replace(" ", "-")
        parts.append(f"See [the notes on house {other}](../post-{other}/#{anchor}) for more.\n")
    name = chance.choice(_NAMES)
    parts.append(f"The {name} of house {number} is shown below.\n")
    parts.append(f"![The {name} in house {number}](/img/{chance.randrange(50)}.png)\n")
    if chance.random() < 0.2:
        parts.append(f"It was {chance.choice(_SLIPS)} by mistake.\n")
    return "\n".join(parts)


def _paragraph(chance: random.Random) -> str:
    sentences = (
        f"{chance.choice(_SUBJECTS)} {chance.choice(_VERBS)} {chance.choice(_ENDS)}."
        for _ in range(6)
    )
    return " ".join(sentences) + "\n"
