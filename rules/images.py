"""Images must be there, and no larger than readers have use for."""

from collections.abc import Iterator

from contentlint.api import (
    Example,
    Facts,
    Image,
    Options,
    Outcome,
    Problem,
    Site,
    local_path,
    names_a_file,
    option,
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
            syntax="HTML and shortcode",
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


# ---- what the files are like, if asked for -------------------------------------------------------


class SizeOptions(Options):
    largest: int = option(500, "How many kilobytes (of 1,000 bytes) an image may have.")


@site_rule(
    "images/size",
    "an image file that is too large",
    severity="warning",
    options=SizeOptions,
    default=False,
)
def size(page: Facts, site: Site, options: SizeOptions) -> Iterator[Problem]:
    """Large images make readers wait, most of all on the way. Scale them down, or save them in a
    format such as WebP. Measured are the files of the site, before the generator makes smaller ones
    of them; so this is off by default:

        extend-select = ["images/size"]
        [rules."images/size"]
        largest = 300
    """
    for image in page.images:
        picture = site.picture(page, image)
        if picture and picture.size > options.largest * 1000:
            many = f"{picture.size / 1000:,.0f} kB"
            told = f"`{picture.path}` has {many}; at most {options.largest:,} kB are wanted"
            yield Problem(image.destination_span, told)


class DimensionsOptions(Options):
    widest: int = option(2400, "How many pixels wide an image may be; 0: any number.")
    highest: int = option(2400, "How many pixels high an image may be; 0: any number.")


@site_rule(
    "images/dimensions",
    "an image with too many pixels",
    severity="warning",
    options=DimensionsOptions,
    default=False,
)
def dimensions(page: Facts, site: Site, options: DimensionsOptions) -> Iterator[Problem]:
    """No screen shows more than some thousand pixels, and a phone some hundred. Scale such an image
    down, if the generator does not do so. Drawings (SVG) have no pixels and are left alone.

        extend-select = ["images/dimensions"]
        [rules."images/dimensions"]
        widest = 1600
    """
    for image in page.images:
        picture = site.picture(page, image)
        if picture is None or picture.path.lower().endswith(".svg"):
            continue
        for pixels, most, way in (
            (picture.width, options.widest, "wide"),
            (picture.height, options.highest, "high"),
        ):
            if most and pixels > most:
                told = f"`{picture.path}` is {pixels:,} pixels {way}; at most {most:,} are wanted"
                yield Problem(image.destination_span, told)
                break


class FormatOptions(Options):
    formats: tuple[str, ...] = option(
        ("avif", "gif", "jpeg", "png", "svg", "webp"),
        "Formats that images may have, by the suffixes of their files.",
    )


_OTHER_NAMES = {"jpg": "jpeg", "jfif": "jpeg", "jpe": "jpeg", "tif": "tiff"}


@site_rule(
    "images/format",
    "an image in a format that is not wanted",
    severity="warning",
    options=FormatOptions,
    default=False,
    examples=[
        Example(
            bad="![A coil](⟦coil.bmp⟧)\n",
            good="![A coil](coil.jpg)\n",
            files={"content/posts/coil.bmp": "", "content/posts/coil.jpg": ""},
        ),
        Example(
            bad="---\ncover:\n  image: ⟦/coil.png⟧\n---\n",
            good="---\ncover:\n  image: /coil.webp\n---\n",
            files={"hugo.toml": "", "static/coil.png": "", "static/coil.webp": ""},
            options={"formats": ["webp"]},
        ),
    ],
)
def unwanted_format(page: Facts, site: Site, options: FormatOptions) -> Iterator[Problem]:
    """Some formats are not shown by all browsers, such as TIFF and HEIC, and others need more bytes
    than need be. Off by default; the suffix tells the format.

        extend-select = ["images/format"]
        [rules."images/format"]
        formats = ["svg", "webp"]
    """
    wanted = {_OTHER_NAMES.get(name, name) for name in map(str.lower, options.formats)}
    for image in page.images:
        picture = site.picture(page, image)
        suffix = picture.path.rpartition(".")[2].lower() if picture else ""
        if suffix and _OTHER_NAMES.get(suffix, suffix) not in wanted:
            told = f"`{suffix}` is not wanted as a format of images; wanted are {', '.join(sorted(wanted))}"
            yield Problem(image.destination_span, told)
