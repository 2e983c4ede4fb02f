"""`contentlint schema`: make a schema, try one, show those that come along."""

from __future__ import annotations

import os

from contentlint.commands import (
    CLEAN,
    FINDINGS,
    ConfigArguments,
    Trouble,
    act,
    count,
    discovered,
    load_config,
    no_such_path,
    read_options,
    save_to,
    say,
    tell_errors,
    write_out,
)
from contentlint.options import Options, option


class InferArguments(ConfigArguments):
    """The options of `contentlint schema infer`."""

    output_file: str = option("", "Write there instead of to standard output.")
    quiet: bool = option(False, "Do not list the posts that stand out.")


def schema(argv: list[str]) -> int:
    actions = {"infer": _infer_schema, "check": _check_schemas, "show": _show_schema}
    takes = "infer [PATH …] | check FILE … | show [PRESET]"
    return act("schema", argv, takes, "infer, check or show?", actions)


def _infer_schema(argv: list[str]) -> int:
    given, named = read_options(InferArguments, argv, "schema infer", "[PATH …]")
    _, config = load_config(given)
    import json

    from contentlint import infer

    found = discovered(named or ["."], config)
    errors = [*found.errors]
    posts = infer.read((path for blog in found.blogs for path in blog.checked), errors)
    if not posts:
        raise Trouble("there is no front matter here to infer a schema from")
    schema = infer.infer([post.data for post in posts])
    text = json.dumps(schema, indent=2, ensure_ascii=False)
    if given.output_file:
        save_to(lambda stream: stream.write(f"{text}\n"), given.output_file)
    else:
        write_out(lambda stream: stream.write(f"{text}\n"))
    if not given.quiet:
        lines, fitting = infer.outliers(schema, posts)
        for line in lines:
            say(line)
        say(f"{fitting} of {count(len(posts), 'post')} with front matter satisfy this schema")
    return tell_errors(errors)


def _check_schemas(argv: list[str]) -> int:
    _, files = read_options(Options, argv, "schema check", "FILE …")
    if not files:
        raise Trouble("check which schema? See contentlint schema check --help")
    from contentlint import schema

    complaints: list[str] = []
    for file in files:
        if os.path.isdir(file):
            raise Trouble(f"{file}: is a folder; name a schema")
        if not file.startswith("preset:") and not os.path.exists(file):
            raise Trouble(no_such_path(file))
        try:
            schema.load(file)
        except schema.SchemaError as error:
            complaints.append(f"{error}\n")
    write_out(lambda stream: stream.writelines(complaints))
    valid = len(files) - len(complaints)
    say(f"{valid} of {count(len(files), 'schema')} can be used")
    return FINDINGS if complaints else CLEAN


def _show_schema(argv: list[str]) -> int:
    _, names = read_options(Options, argv, "schema show", "[PRESET]")
    from contentlint import schema
    from contentlint.options import unknown

    known: list[str] = list(schema.PRESETS)
    for name in names:
        if name.removeprefix("preset:") not in known:
            raise Trouble(f"{unknown(name, known, 'preset')} (one of {', '.join(known)})")
    if names:
        texts = [schema.text(name.removeprefix("preset:")) for name in names]
    else:
        width = max(map(len, known))
        texts = [f"{name:{width}}  {schema.load(f'preset:{name}').title}\n" for name in known]
    write_out(lambda stream: stream.writelines(texts))
    return CLEAN
