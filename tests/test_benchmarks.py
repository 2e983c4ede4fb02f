"""The blog that benchmarks are run on has the faults that were put into it, and no others."""

from __future__ import annotations

import json
import runpy


def test_the_blog_has_nothing_but_slips(project, tmp_path, monkeypatch, contentlint):
    blog = runpy.run_path(str(project / "benchmarks" / "blog.py"))
    blog["make"](tmp_path, 40)
    blog["edit"](tmp_path / "content" / "posts" / "post-1.md")
    monkeypatch.chdir(tmp_path)
    _, out, _ = contentlint("--ignore", "grammar", "--output-format", "json", "--no-cache")
    found = json.loads(out)["findings"]
    assert {finding["rule"] for finding in found} == {"typos/misspelling"}
    assert {finding["message"].split("`")[1] for finding in found} <= set(blog["_SLIPS"])
