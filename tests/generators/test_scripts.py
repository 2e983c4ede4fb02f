"""What is read of configurations that are programs."""

import re

import pytest

from contentlint.generators.scripts import Script


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("base: '/x/',", "/x/"),
        ('"base": "/x/"}', "/x/"),
        ("const base = `/x/`;", "/x/"),
        ("export const base = '/x/' // why\n", "/x/"),
        ("base: true }", "true"),
        ("BASE: '/x/'", None),
        ("my.base: '/x/'", None),
        ("// base: '/x/',\n", None),
        ("/* base: '/x/', */", None),
        ("url: 'https://x.test', base: '/x/'", "/x/"),
        ("base: process.env.BASE || '/x/'", None),
        ("base: '/x/' + name", None),
        ("base: `/${name}/`", None),
        ("base: '/x/', base: '/y/'", None),
        ("if (base == '/x/')", None),
    ],
)
def test_a_value(text, value):
    assert Script(text).value("base") == value


def test_python():
    script = Script("# SITEURL = 'x'\nSITEURL = 'https://x.test'  # '\nON = True\nPATHS = ['a', \"b\"]\n", python=True)  # fmt: skip
    assert (script.value("SITEURL"), script.value("ON")) == ("https://x.test", "true")
    assert script.strings("PATHS") == ["a", "b"]


def test_what_only_running_it_would_tell():
    script = Script("base: f(1), lists: g()")
    assert script.is_unclear("base")
    assert not script.is_unclear("other")
    assert script.strings("lists") == script.strings("other") == []


@pytest.mark.parametrize(
    "part",
    ["{", "'", "`", "base:", "/*", "/*a", "\\`", '\\"', "base: '", "plugins: [", "base ", "${", "addPassthroughCopy({a"],
)  # fmt: skip
def test_hostile_scripts_take_no_time(part):
    script = Script(part * (300_000 // len(part)))
    assert script.value("base") is None
    assert script.strings("base") == []
    blocks = list(script.blocks(re.compile(r"plugins: (?=\[)")))
    assert len(blocks) in (0, 40)
