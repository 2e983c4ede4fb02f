"""contentlint reads blog posts and says, as file:line:column, what a careful editor would.

What happens when you run `contentlint check content/`. If it was asked before, and nothing has changed
that counts, `answers` gives the same answer, and that was all. Otherwise:

1. `cli` finds the command, whose module in `commands` reads the arguments; `config` finds and reads
   contentlint.toml (every option is declared once, in `config` or beside its rule, by `options`),
   `plugins` loads the rules.
2. `discover` turns the paths into files, and finds the root of the blog they belong to, because
   links and tags are judged against the whole blog even if one file is named.
3. `engine` lints one blog after the other; what all files of a run have in common is in `runs`. In
   `reading`, each file becomes a `text.Source`: its text, character for character. `frontmatter` and
   `markdown` parse it, once, into a `document.Document`: headings, links, images, and the *mask*,
   a string as long as the source in which everything that is not prose is NUL. Grammar is read
   block by block (`blocks`), by an engine of the `grammar` package.
4. *File rules* read one document and yield a `finding.Problem`: a span, a message, perhaps a fix;
   `attempt` asks them. Where there is much to read, `parallel` does that in several processes.
5. The document's facts (`facts`: links, anchors, tags, unknown words) join those of all other
   posts (`posts`; what has not changed since the last run comes from the `cache`, and is counted in
   `totals`) in the `site.Site`. *Site rules* read the facts of one post and the site. For links,
   `generators` tell what the site's generator publishes and makes of a destination, `built` what a
   host would answer, and `resolve` where a link leads.
6. The `stages` stamp each problem with rule, path, severity, line and column, and drop what is said
   twice or suppressed by `directives` of the post, which `suppress` judges. With `--diff-base`,
   `changes` says what differs from a revision; the site is modelled as it was, too, and what was found
   then, as `past` tells, is not of the change. That, and what the `baseline` lets be, is left out.
   With `--fix`, `fixes` are applied to the rest, and all is linted again until nothing changes. What
   is left goes to one of the `reporters`.
7. The exit status is 0 (nothing at or above the failing severity), 1 (findings) or 2 (the tool
   could not do its work: bad configuration, unreadable file, a rule that crashed).

Offsets are characters of the untouched source everywhere, spans are end-exclusive, and lines and
columns are computed only when a finding is stamped. Rule authors import `contentlint.api` only.
"""

__version__ = "0.1.0"
