"""The audit as data: what it tells of a blog, and that its numbers are those of `check`."""

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from contentlint.audit import terminal, texts
from contentlint.audit.report import excerpt

PROJECT = Path(__file__).resolve().parents[2]


def _schema(name):
    return json.loads((PROJECT / "schemas" / name).read_text(encoding="utf-8"))


def test_it_is_as_the_published_schema_has_it(blog, audit):
    schema = _schema("audit.schema.json")
    Draft202012Validator.check_schema(schema)
    audit()
    data = audit("--compare", "audit.json")
    errors = Draft202012Validator(schema).iter_errors(data)
    assert [(list(error.absolute_path), error.message) for error in errors] == []
    assert data["trend"]


def test_its_findings_have_all_that_check_tells_and_an_excerpt():
    findings = _schema("audit.schema.json")["$defs"]["finding"]["properties"]
    excerpt = findings.pop("excerpt")
    assert excerpt["required"] == ["before", "marked", "after"]
    assert findings == _schema("output.schema.json")["$defs"]["finding"]["properties"]


def test_every_number_is_that_of_check(blog, audit, contentlint):
    data = audit()
    told = json.loads(contentlint("--output-format", "json")[1])
    findings = [{k: v for k, v in one.items() if k != "excerpt"} for one in data["findings"]]
    assert findings == told["findings"]
    assert len(findings) >= 5
    for name in ("files", "error", "warning", "info", "suppressed"):
        assert data["summary"][name] == told["summary"][name]

    def counted(field, value):
        some = [one for one in told["findings"] if field(one) == value]
        return Counter(one["severity"] for one in some), {one["path"] for one in some}

    def says(one, field, value):
        severities, paths = counted(field, value)
        assert {s: one[s] for s in ("error", "warning", "info")} == {
            s: severities[s] for s in ("error", "warning", "info")
        }
        return paths

    for one in data["concerns"]:
        paths = says(one, lambda finding: finding["rule"].split("/")[0], one["concern"])
        assert one["posts"] == len(paths)
    for one in data["rules"]:
        paths = says(one, lambda finding: finding["rule"], one["rule"])
        assert one["posts"] == len(paths)
    for one in data["posts"]:
        says(one, lambda finding: finding["path"], one["path"])
    assert {one["rule"] for one in data["rules"]} == {one["rule"] for one in told["findings"]}
    with_errors = {one["path"] for one in told["findings"] if one["severity"] == "error"}
    assert data["summary"]["without_error"] == len(data["posts"]) - len(with_errors)
    work = data["work"]
    assert sum(work[kind] for kind in ("fix", "unsafe_fix", "one_suggestion", "other")) == len(
        told["findings"]
    )
    assert work["fix"] == sum(bool(f["fix"]) and f["fix"]["safe"] for f in told["findings"])
    missing = sum(one["findings"] for one in data["blog"]["missing_pages"])
    assert missing == sum(one["rule"] == "links/broken" for one in told["findings"])
    misspelt = sum(one["findings"] for one in data["blog"]["vocabulary"])
    assert misspelt <= sum(one["rule"].startswith("typos/") for one in told["findings"])


def test_the_baseline_hides_nothing(blog, audit, contentlint):
    before = audit()["summary"]
    assert contentlint("baseline", "create")[0] == 0
    assert audit()["summary"] == before
    assert before["suppressed"] == 1


def test_posts_that_say_the_same(blog, audit):
    whole = audit()["blog"]
    (group,) = whole["near_duplicates"]
    assert [one["path"] for one in group["posts"]] == [
        "content/posts/dryer.md",
        "content/posts/again.md",
    ]
    assert 0.6 <= group["posts"][1]["similarity"] < 1
    both = [["content/posts/dryer.md", "The dryer that heats"]]
    both.append(["content/posts/again.md", "The dryer that heats"])
    assert whole["titles"] == [{"text": "The dryer that heats", "same": True, "posts": both}]
    (descriptions,) = whole["descriptions"]
    assert descriptions["same"] is False
    assert whole["without_description"] == 3


def test_which_posts_are_linked(blog, audit):
    whole = audit()["blog"]
    posts = {f"content/posts/{name}.md" for name in ("dryer", "again", "spare-parts")}
    assert set(whole["orphans"]) == posts, "the home page is no post"
    assert "content/posts/oven.md" in whole["dead_ends"]
    assert "content/posts/dryer.md" not in whole["dead_ends"]
    assert whole["missing_pages"] == [
        {
            "target": "/posts/spare-part/",
            "findings": 2,
            "posts": ["content/posts/again.md", "content/posts/dryer.md"],
            "likely": "/posts/spare-parts/",
        }
    ]


def test_images(blog, audit):
    whole = audit()["blog"]
    assert whole["unused_images"] == ["static/img/left-over.png"]
    assert whole["alt_texts"] == [
        {
            "image": "static/img/dryer.png",
            "uses": 2,
            "alts": [["Our dryer in the cellar", 1], ["The dryer", 1]],
        }
    ]


def test_tags_years_and_lengths(blog, audit):
    data = audit()
    (tags,) = data["blog"]["taxonomies"]
    assert tags["terms"][0]["name"] == "Heat Pump"
    assert tags["terms"][0]["variants"] == [{"name": "heat-pump", "posts": 1}]
    assert [(one["year"], one["posts"]) for one in data["years"]] == [(2023, 1), (2024, 2)]
    assert sum(one["posts"] for one in data["blog"]["title_lengths"]) == 5


def test_words_that_may_be_accepted(blog, audit, contentlint):
    data = audit()
    (word,) = data["blog"]["vocabulary"]
    assert word == {
        "word": "Ofenhaus",
        "uses": 3,
        "posts": 2,
        "findings": 0,
        "accept": True,
        "places": ["content/posts/again.md", "content/posts/oven.md"],
    }
    status, out, _ = contentlint("vocabulary", "add", "--from", "audit.json")
    assert (status, out) == (0, "contentlint-vocabulary.txt:1:1: `Ofenhaus` added\n")
    assert audit()["blog"]["vocabulary"] == []
    status, _, err = contentlint("vocabulary", "add", "--from", "audit.json")
    assert status == 2
    assert "accepts no word" in err


def test_what_has_changed(blog, audit):
    before = audit()
    post = blog / "content" / "posts" / "dryer.md"
    text = post.read_text().replace("It was teh fan.", "It was the fan. It was recieve.")
    post.write_text(f"{text}\nA line more.\n")
    (blog / "audit.json").rename(blog / "old.json")
    now = audit("--compare", "old.json")
    trend = now["trend"]
    assert [one["excerpt"]["marked"] for one in trend["mended"]] == ["teh"]
    new = [one for one in now["findings"] if one["fingerprint"] in trend["new"]]
    assert [one["excerpt"]["marked"] for one in new] == ["recieve"]
    assert trend["remaining"] == len(before["findings"]) - 1
    assert trend["before"] == before["summary"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is no audit"),
        ('{"findings": []}', "of another version"),
        ('{"version": 1, "findings": [3]}', "3 is not of type 'object'"),
        ("[" * 100_000, "is no audit"),
    ],
)
def test_what_is_no_audit_is_told(blog, contentlint, text, told):
    (blog / "old.json").write_text(text)
    for command in (["audit", "--compare"], ["vocabulary", "add", "--from"]):
        status, _, err = contentlint(*command, "old.json")
        assert status == 2
        assert "old.json: " in err
        assert len(err) < 300
    assert told in err or "required property" in err


def test_a_post_that_cannot_be_read_is_a_row(unreadable, audit, contentlint):
    data = audit()
    (row,) = data["unreadable"]
    assert row["path"] == unreadable
    assert "Permission denied" in row["message"]
    assert data["summary"]["files"] == 4
    status, out, err = contentlint("audit")
    assert (status, "1 post cannot be read" in out) == (0, True)
    assert f"error: {unreadable}" in err
    assert contentlint("audit", "--fail-on", "error")[0] == 2


def test_several_blogs_are_one_audit(tmp_path, blog, audit, contentlint, monkeypatch):
    for name in ("one", "two"):
        shutil.copytree(blog, tmp_path / "blogs" / name)
    monkeypatch.chdir(tmp_path / "blogs")
    data = audit()
    told = json.loads(contentlint("--output-format", "json")[1])
    assert [{k: v for k, v in one.items() if k != "excerpt"} for one in data["findings"]] == (
        told["findings"]
    )
    assert data["summary"]["files"] == told["summary"]["files"]
    places = {one["path"].split("/")[0] for one in data["findings"]}
    assert places == {"one", "two"}
    (group,) = data["blog"]["near_duplicates"]
    assert {one["path"].split("/")[0] for one in group["posts"]} == {"one", "two"}
    left_over = "static/img/left-over.png"
    assert data["blog"]["unused_images"] == [f"one/{left_over}", f"two/{left_over}"]
    images = [one["image"] for one in data["blog"]["alt_texts"]]
    assert images == ["one/static/img/dryer.png", "two/static/img/dryer.png"]


def test_an_interrupted_run_leaves_the_old_report(blog, contentlint, monkeypatch):
    from contentlint.audit import gather

    def interrupt(*_):
        raise KeyboardInterrupt

    (blog / "audit.json").write_text("old")
    monkeypatch.setattr(gather, "gather", interrupt)
    assert contentlint("audit", "--report", "audit.json")[0] == 130
    assert (blog / "audit.json").read_text() == "old"
    assert not list(blog.glob(".contentlint*"))


def test_the_exit_status_is_0_unless_one_is_asked_for(blog, contentlint):
    assert contentlint("audit")[0] == 0
    assert contentlint("audit", "--fail-on", "error")[0] == 1
    assert contentlint("audit", "--fail-on", "error", "content/posts/spare-parts.md")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--report", "audit.pdf"], "audit.pdf: end the name with"),
        (["--report", "no/audit.json"], "no/audit.json: there is no such folder"),
        (["static"], "no posts to audit"),
        (["content/post"], "no such file or folder; did you mean content/posts?"),
    ],
)
def test_mistakes_are_told_before_anything_is_read(blog, contentlint, arguments, told):
    status, out, err = contentlint("audit", *arguments)
    assert (status, out) == (2, "")
    assert told in err


def test_part_of_a_blog_is_judged_with_all_of_it(blog, audit):
    data = audit("content/posts/oven.md")
    assert [one["path"] for one in data["posts"]] == ["content/posts/oven.md"]
    assert data["blog"]["orphans"] == [], "a post that is not reported on links to it"


def test_the_summary_fits_on_a_screen(blog, contentlint):
    for number in range(20):
        path = blog / "content" / "posts" / f"{'very-' * 20}long-name-{number}.md"
        path.write_text("---\ntitle: \x07\n---\nIt was teh [link](../none/). ![](x.png)\n")
    _, out, _ = contentlint("audit")
    lines = out.splitlines()
    assert len(lines) <= 22
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("blog: 25 posts, ")
    assert "\x07" not in out
    shown = [line.split() for line in lines[3:] if line.count(" ") > 20 and "error" not in line]
    told = json.loads(contentlint("--output-format", "json")[1])["summary"]
    assert sum(int(numbers[1]) for numbers in shown) == told["error"], "no concern is left out"
    assert contentlint("audit", "--quiet") == (0, "", "")


def test_large_numbers_fit_on_the_screen(blog, audit):
    data = audit()
    data["name"] = "name" * 30
    data["summary"] = dict.fromkeys(data["summary"], 12_345_678)
    first, second, *_ = terminal.summary(data).splitlines()
    assert first.endswith("12,345,678 posts, 100 % of them without error")
    assert second.startswith("12,345,678 errors, 12,345,678 warnings, 12,345,678 info; ")


def test_an_excerpt_is_a_part_of_the_line():
    text = "first\nIt was teh end.\nlast"
    assert excerpt(text, 13, 16) == {"before": "It was ", "marked": "teh", "after": " end."}
    long = "x" * 1_000_000
    cut = excerpt(long, 500_000, 600_000)
    assert cut["before"] == "…" + "x" * 70
    assert cut["marked"] == "x" * 200 + "…"
    assert cut["after"] == "x" * 70 + "…"


def test_lengths_are_counted_in_ranges():
    found = texts.lengths(["", "four", "x" * 10, "x" * 99], 10, 3)
    assert [tuple(one) for one in found] == [(0, 9, 2), (10, 19, 1), (20, None, 1)]
