"""A small blog with something of all that an audit tells."""

import json
import os
from pathlib import Path

import pytest

from contentlint import engine

# Long enough to be compared with others.
STORY = """
The old dryer in the cellar keeps the whole house warm, because nobody has cleaned its filter since the
spring, and the fan works against the lint day and night. A technician came on Monday, looked at the
hose, shook his head and told us that the seal of the door was worn out and had to be replaced.
"""
COPY = STORY.replace("Monday", "Tuesday")

BLOG = {
    "hugo.toml": 'baseURL = "https://example.org/"\n',
    "static/img/dryer.png": "",
    "static/img/left-over.png": "",
    "static/img/in-the-style.png": "",
    "static/favicon.png": "",
    "static/style.css": "body { background: url(img/in-the-style.png) }\n",
    "content/_index.md": "---\ntitle: Home\n---\n",
    "content/posts/dryer.md": f"""---
title: The dryer that heats
description: A dryer in the cellar
date: 2023-03-01
tags: [Dryer, Heat Pump]
---
{STORY}
It was teh fan. See the [old oven](../oven/) and [the list](../spare-part/).

![The dryer](/img/dryer.png)
""",
    "content/posts/again.md": f"""---
title: The dryer that heats
description: A dryer in the cellar!
date: 2024-05-01
tags: [Dryer, heat-pump]
---
{COPY}
The Ofenhaus is for sale. See [the list](/posts/spare-part/).

![Our dryer in the cellar](/img/dryer.png)
""",
    "content/posts/oven.md": """---
title: The old oven
date: 2024-06-01
tags: [Oven, Heat Pump]
---
The Ofenhaus is cold, and the Ofenhaus is old. Its its door is open.

<!-- contentlint-disable-next-line typos -->
It was teh door.
""",
    "content/posts/spare-parts.md": "---\ntitle: Spare parts\n---\nA hose and a seal.\n",
}


@pytest.fixture
def blog(tmp_path, monkeypatch):
    """The blog, which is the working directory."""
    for name, text in BLOG.items():
        path = tmp_path / "blog" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "blog")
    return tmp_path / "blog"


@pytest.fixture
def unreadable(blog, monkeypatch):
    """A post of the blog that cannot be read, which no mode of a file does to root."""

    def read(path):
        if path.endswith("oven.md"):
            raise PermissionError(13, os.strerror(13), path)
        return Path(path).read_bytes()

    monkeypatch.setattr(engine, "read_file", read)
    return "content/posts/oven.md"


@pytest.fixture
def audit(contentlint):
    """Runs an audit; gives the data that is written."""

    def run(*arguments):
        status, _, err = contentlint("audit", "--report", "audit.json", *arguments)
        assert status == 0, err
        with open("audit.json", encoding="utf-8") as file:
            return json.load(file)

    return run
