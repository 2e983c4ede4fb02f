"""Schemas that are inferred from the posts of a blog."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.infer import infer
from contentlint.schema import Schema

Data = dict[str, Any]


def posts(number: int, **front: Any) -> list[Data]:
    """Posts with a date each; a value that is a function is called with the number of the post."""
    return [
        {
            "date": f"2026-01-{n % 28 + 1:02}",
            **{key: value(n) if callable(value) else value for key, value in front.items()},
        }
        for n in range(number)
    ]


def inferred(*data: list[Data]) -> Any:
    return infer([post for some in data for post in some])


def test_what_all_posts_have_is_required():
    assert inferred(posts(20, title="A"))["required"] == ["date", "title"]
    assert inferred(posts(38, title="A"), posts(2))["required"] == ["date", "title"]
    assert inferred(posts(30, title="A"), posts(10))["required"] == ["date"]
    assert inferred(posts(40, title=lambda n: "A" if n % 3 else ""))["required"] == ["date"]
    assert "required" not in inferred(posts(5, title="A"))  # too few to tell


@pytest.mark.parametrize(
    ("values", "schema"),
    [
        (lambda n: n, {"type": ["integer", "null"]}),
        (lambda n: n / 2, {"type": ["number", "null"]}),
        (lambda n: n % 2 == 0, {"type": ["boolean", "null"]}),
        (lambda n: "a" if n == 7 else n, {"type": ["integer", "null"]}),
        (lambda n: str(n) if n % 3 else n, {"type": ["integer", "string", "null"], "maxLength": 20}),
        (lambda n: ["Guides", "News"][n % 2], {"type": ["string", "null"], "enum": ["Guides", "News"]}),
        (lambda n: "Nwes" if n == 7 else "News", {"type": ["string", "null"], "enum": ["News"]}),
        (lambda n: ["a", "b", f"{n}"][: n % 4], {"type": ["array", "null"], "items": {"type": "string", "maxLength": 20}, "maxItems": 5}),
        (lambda n: {"image": n, "alt": None}, {"type": ["object", "null"], "required": ["image"], "properties": {"image": {"type": "integer"}, "alt": {"type": ["null"]}}}),
        (lambda n: f"/posts/{n}/", {"type": ["string", "null"], "pattern": r"^$|^/[^\s]*/$"}),
        (lambda n: "x" * (40 + n), {"type": ["string", "null"], "maxLength": 120, "minLength": 20}),
    ],
)  # fmt: skip
def test_what_values_are_like(values: Any, schema: Any) -> None:
    others = posts(10)  # so that it is not required
    found = inferred(posts(40, a=values), others)["properties"]["a"]
    found.pop("examples", None)
    assert found == schema


def test_dates():
    found = inferred(posts(30))["properties"]["date"]
    assert Schema(found, "x").violations("2026-12-24") == []
    assert Schema(found, "x").violations("24.12.2026")
    assert found["examples"] == ["2026-01-01"]


def test_a_rare_key_is_nobody_s_business():
    assert set(inferred(posts(40), posts(2, x=1))["properties"]) == {"date"}


JSON: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.sampled_from([0.5, "", "a", "b", "/c/"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=4,
)  # fmt: skip


@given(st.lists(st.dictionaries(st.sampled_from("abcd"), JSON), max_size=60))
def test_nearly_all_posts_satisfy_it(data: list[Data]) -> None:
    schema = Schema(infer(data), "x")
    assert schema.has_acceptor  # so it is valid
    assert sum(not schema.violations(post) for post in data) >= 0.95 * len(data)


# --- the commands --------------------------------------------------------------------------------


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "posts").mkdir()
    for n in range(40):
        (tmp_path / "posts" / f"{n:02}.md").write_text(f"---\ntitle: Post {n}\ndraft: false\n---\n")
    (tmp_path / "posts" / "07.md").write_text("---\ntitle: Post\ndraft: no idea\n---\n")
    (tmp_path / "posts" / "bad.md").write_text("---\na: b: c\n---\n")
    (tmp_path / "README.md").write_text("No front matter.\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_infer_writes_a_schema_and_lists_what_stands_out(blog: Path, contentlint: Any) -> None:
    status, out, err = contentlint("schema", "infer")
    assert status == 0
    assert json.loads(out)["properties"]["draft"] == {"type": "boolean"}
    assert err == (
        'contentlint: posts/07.md:3:8: `draft` must be true or false, not the text "no idea"\n'
        "contentlint: 39 of 40 posts with front matter satisfy this schema\n"
    )
    status, out, err = contentlint("schema", "infer", "posts", "--output-file", "a.json", "--quiet")
    assert (status, out, err) == (0, "", "")
    (blog / "contentlint.toml").write_text('[[schemas]]\nschema = "a.json"\n')
    _, out, _ = contentlint("--select", "front-matter/schema", "--output-format", "concise")
    assert [line.split(" ")[0] for line in out.splitlines()] == ["posts/07.md:3:8:"]


def test_infer_without_posts(blog: Path, contentlint: Any) -> None:
    assert contentlint("schema", "infer", "README.md") == (
        2, "", "contentlint: there is no front matter here to infer a schema from\n",
    )  # fmt: skip
    assert "no such file" in contentlint("schema", "infer", "nope")[2]


def test_check(blog: Path, contentlint: Any) -> None:
    (blog / "good.json").write_text('{"type": "object"}')
    (blog / "bad.json").write_text('{"type": "objekt"}')
    assert contentlint("schema", "check", "good.json") == (
        0, "", "contentlint: 1 of 1 schema can be used\n",
    )  # fmt: skip
    status, out, err = contentlint("schema", "check", "good.json", "bad.json")
    assert (status, err) == (1, "contentlint: 1 of 2 schemas can be used\n")
    assert out.startswith("bad.json: #/type: `type`: `objekt` is none of")
    assert contentlint("schema", "check", "goood.json") == (
        2, "", "contentlint: goood.json: no such file or folder; did you mean good.json?\n",
    )  # fmt: skip
    assert contentlint("schema", "check")[0] == 2


def test_show(contentlint: Any, project: Path) -> None:
    status, out, _ = contentlint("schema", "show")
    assert status == 0
    assert "hugo  " in out
    text = (project / "schemas" / "hugo.schema.json").read_text(encoding="utf-8")
    assert contentlint("schema", "show", "hugo") == (0, text, "")
    assert contentlint("schema", "show", "preset:hugo") == (0, text, "")
    assert "did you mean hugo?" in contentlint("schema", "show", "huggo")[2].replace("`", "")


@pytest.mark.parametrize("words", [[], ["infre"], ["infer", "--outputfile"]])
def test_what_is_no_command(words: list[str], contentlint: Any) -> None:
    status, out, err = contentlint("schema", *words)
    assert (status, out) == (2, "")
    assert "--help" in err
