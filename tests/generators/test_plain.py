"""Files as GitHub shows them."""

import pytest

README = """\
## Heat pumps

<a name="costs"></a>

Note[^1] [x]({})

[^1]: A note.
"""


@pytest.mark.parametrize(
    ("destination", "verdict"),
    [
        ("#heat-pumps", "ok"),
        ("#Heat-Pumps", "unsure"),
        ("#heat-pump", "anchor"),
        ("#costs", "ok"),
        ("#user-content-costs", "unsure"),
        ("#fn-1", "unsure"),
        ("README.md?plain=1#L3-L5", "unsure"),
        ("src/pump.py#L3-L5", "ok"),
        ("#later", "anchor"),
    ],
)
def test_ids_that_github_finds(make_site, destination, verdict):
    links = make_site({"README.md": README.format(destination), "src/pump.py": ""})
    page = links.pages["README.md"]
    assert links.link(page, page.links[-1]).kind == verdict
