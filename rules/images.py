"""Images must be there."""

from collections.abc import Iterator

from contentlint.api import Example, Facts, Problem, Site, local_path, names_a_file, site_rule


@site_rule(
    "images/missing-file",
    "an image that does not exist",
    examples=[
        Example(
            bad="---\ncover:\n  image: ⟦/img/41.webp⟧\n---\n![A coil](⟦coil.png⟧)\n",
            good="---\ncover:\n  image: /img/42.webp\n---\n![A coil](/img/coil.png)\n",
            files={"hugo.toml": "", "static/img/42.webp": "", "static/img/coil.png": ""},
        ),
        Example(
            bad='<img src="⟦../img/coil.png⟧" alt="A coil"> {{< figure src="⟦b.png⟧" alt="A fan" >}}\n',
            good='<img src="coil.png" alt="A coil">\n',
            files={"content/posts/coil.png": ""},
        ),
    ],
)
def missing_file(page: Facts, site: Site) -> Iterator[Problem]:
    """Looked for beside the post, at the page's URL, and in the folders that the generator serves.
    Front-matter covers count. Images of other sites are not fetched."""
    for image in page.images:
        path = local_path(image.destination)
        if path is None or (image.kind == "front-matter" and not names_a_file(path)):
            continue
        if not site.finds(page, path):
            yield Problem(image.destination_span, f"there is no image `{image.destination}`")
