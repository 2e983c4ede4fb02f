"""The public names: all that a rule, bundled or third-party, may import."""

from typing import TYPE_CHECKING

from contentlint.blocks import Block
from contentlint.built import last_part
from contentlint.destinations import local_path, names_a_file
from contentlint.document import Document, Tag
from contentlint.facts import Facts, Key
from contentlint.finding import Edit, Fix, Problem, Severity
from contentlint.grammar.confusion import confused_words
from contentlint.markdown import Heading, Image, Link
from contentlint.options import Options, option, required
from contentlint.patterns import pattern
from contentlint.resolve import Outcome
from contentlint.rule import Example, Rule, file_rule, site_rule, suppression_rule
from contentlint.site import Site
from contentlint.slugs import nearest
from contentlint.spelling import Dialect, Form, Question, Spelling, Verdict, has_inner_capital
from contentlint.tags import Variant
from contentlint.terms import tag_key
from contentlint.text import Source, Span
from contentlint.words import plain_words

if TYPE_CHECKING:  # most posts have none
    from contentlint.suppress import Suppression as Suppression  # noqa: PLC0414 - for others

__all__ = [
    "Block",
    "Dialect",
    "Document",
    "Edit",
    "Example",
    "Facts",
    "Fix",
    "Form",
    "Heading",
    "Image",
    "Key",
    "Link",
    "Options",
    "Outcome",
    "Problem",
    "Question",
    "Rule",
    "Severity",
    "Site",
    "Source",
    "Span",
    "Spelling",
    "Tag",
    "Variant",
    "Verdict",
    "confused_words",
    "file_rule",
    "has_inner_capital",
    "last_part",
    "local_path",
    "names_a_file",
    "nearest",
    "option",
    "pattern",
    "plain_words",
    "required",
    "site_rule",
    "suppression_rule",
    "tag_key",
]
