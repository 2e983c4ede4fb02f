"""Front matter must be what the site generator and the blog expect."""

from collections.abc import Iterator

from contentlint.api import Document, Example, Problem, file_rule


@file_rule(
    "front-matter/syntax",
    "front matter that cannot be read",
    examples=[
        Example(
            bad="---\ntitle: Filters⟦:⟧ how to clean them\n---\n",
            good='---\ntitle: "Filters: how to clean them"\n---\n',
        ),
        Example(bad="⟦---⟧\ntitle: Filters\n\nClean them.\n", good="---\ntitle: Filters\n---\n"),
        Example(
            bad="+++\ndate = ⟦2026-13-45⟧\n+++\n",
            good="+++\ndate = 2026-12-24\n+++\n",
        ),
    ],
)
def syntax(document: Document) -> Iterator[Problem]:
    """YAML between `---`, TOML between `+++` or JSON in braces that does not follow its rules is
    ignored by some generators and stops the build of others."""
    if document.front_matter:
        for problem in document.front_matter.problems:
            yield Problem(problem.span, problem.message)


@file_rule(
    "front-matter/duplicate-key",
    "a front-matter key written twice",
    examples=[
        Example(
            bad="---\ntitle: Filters\nauthor: Ada\n⟦title⟧: Coils\n---\n",
            good="---\ntitle: Filters\nauthor: Ada\n---\n",
        )
    ],
)
def duplicate_key(document: Document) -> Iterator[Problem]:
    """Of two equal keys one is lost without a word: which one, depends on the generator."""
    if document.front_matter:
        for path, first, second in document.front_matter.duplicates:
            line = document.source.position(first.start).line
            key = ".".join(map(str, path))
            yield Problem(second, f"`{key}` is set in line {line} already; remove one")


@file_rule("front-matter/schema", "front matter that breaks the schema of the blog")
def schema(document: Document) -> Iterator[Problem]:
    """The configuration says which JSON Schema (2020-12) holds for which posts:

        [[schemas]]
        files = ["content/posts/**"]
        schema = "preset:hugo"          # or a path such as "schemas/post.schema.json"

    A missing key is reported on the opening delimiter. A post without front matter is not held
    against a schema.
    """
    front_matter = document.front_matter
    if front_matter is None or front_matter.broken:
        return
    unreadable = {problem.span for problem in front_matter.problems}
    for schema in document.schemas:
        for violation in schema.violations(front_matter.data):
            field = None if violation.missing else front_matter.nearest(violation.path)
            if field is None:
                place = front_matter.opening
            elif violation.on_key and field.key is not None:
                place = field.key
            else:
                place = field.value
            if place not in unreadable:  # of a day that does not exist, that is enough
                yield Problem(place, violation.message, violation.suggestions)
