"""Images must be there."""

from collections.abc import Iterator

from contentlint.api import (
    Example,
    Facts,
    Image,
    Outcome,
    Problem,
    Site,
    local_path,
    names_a_file,
    site_rule,
)


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
    """Readers see a broken picture. Looked for where the built site has it: among the files that the
    generator serves, in the bundle of the post, and for images that the front matter names wherever
    themes look. Images of other sites are not fetched."""
    for image in page.images:
        if image.kind == "front-matter" and not _names_a_file(image.destination):
            continue
        found = site.links.image(page, image)
        if found.kind in ("missing", "case", "base-path"):
            asked = site.links.asked(page, found)
            yield Problem(image.destination_span, _message(image, found, asked))


def _message(image: Image, found: Outcome, asked: str) -> str:
    if found.kind == "case" and found.target:
        return f"there is no image `{image.destination}`, but `{found.target.url}`; hosts tell upper from lower case"
    if found.kind == "base-path":
        return f"there is no image `{image.destination}`: the path of the site is {found.note}"
    where = f", which is requested as `{asked}`" if asked not in ("", image.destination) else ""
    return f"there is no image `{image.destination}`{where}"


def _names_a_file(destination: str) -> bool:
    path = local_path(destination)
    return path is not None and names_a_file(path)
