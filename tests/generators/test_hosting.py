"""Redirects of hosts."""

import json

import pytest

NETLIFY = """\
[[redirects]]
from = "/from/netlify/*"
to = "/"
[[redirects]]
from = "/not-there"
to = "/404.html"
status = 404
"""
REDIRECTS = """\
# comment
/plain /posts/a/ 301
/folder/  /posts/a/
/splat/* /posts/:splat
/one/:name/two /x
/gone /404.html 404
https://blog.example/own /x
https://other.example/theirs /x
/cond /x 302 Country=de
"""
VERCEL = {
    "redirects": [{"source": "/v/:path*", "destination": "/"}, {"source": "/w/(.*)", "destination": "/"}],
    "rewrites": [{"source": "/exact", "destination": "/x"}],
}  # fmt: skip
SITE = {
    "hugo.toml": 'baseURL = "https://blog.example/"\n',
    "static/_redirects": REDIRECTS,
    "netlify.toml": NETLIFY,
    "vercel.json": json.dumps(VERCEL),
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/plain", "ok"), ("/plain/", "ok"), ("/folder", "ok"), ("/splat/a/b", "ok"), ("/splat", "ok"),
        ("/one/x/two/", "ok"), ("/one/x/y/two", "missing"), ("/gone", "missing"), ("/own", "ok"),
        ("/theirs", "missing"), ("/cond", "ok"), ("/from/netlify/x", "ok"), ("/not-there", "missing"),
        ("/v/a/b", "ok"), ("/w/a", "ok"), ("/exact", "ok"), ("/other", "missing"), ("/splatter", "missing"),
    ],
)  # fmt: skip
def test_what_the_host_redirects_leads_somewhere(make_site, verdicts, path, expected):
    files = {**SITE, "content/a.md": f"[a]({path})\n"}
    assert verdicts(make_site(files), "content/a.md") == [expected]


def test_where_all_is_redirected_nothing_is_sure(make_site, verdicts):
    files = {
        "hugo.toml": "",
        "static/_redirects": "/* /index.html 200\n",
        "content/a.md": "[a](/x)",
    }
    assert verdicts(make_site(files), "content/a.md") == ["unsure"]
    files["static/_redirects"] = "/* /404.html 404\n"
    assert verdicts(make_site(files), "content/a.md") == ["missing"]


@pytest.mark.parametrize(
    "text", ["[", "[1, 2]", '{"redirects": 3}', '{"redirects": [{"source": 3}]}']
)
def test_files_that_are_broken_are_no_redirects(make_site, verdicts, text):
    files = {"hugo.toml": "", "vercel.json": text, "netlify.toml": text, "content/a.md": "[a](/x)"}
    assert verdicts(make_site(files), "content/a.md") == ["missing"]
