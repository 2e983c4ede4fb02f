#!/usr/bin/env python3
"""Stands in for LanguageTool's server, and, named `java`, for the program that runs it.

It answers as /v2/check is documented to. `bad` is a mistake of the rule BAD_WORD wherever it
stands. These words in a text make it misbehave: CRASH ends it, with ONCE only the first time, HANG gives no answer, FLAKY fails
once, BROKEN always, LIE tells wrong places, PART answers in part, REFUSE declines, HTML is no JSON.
"""

import json
import os
import re
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

LANGUAGES = ["en", "de"]
CRASHED = f"{__file__}.crashed"
asked = []


def units(text):
    return len(text.encode("utf-16-le", "replace")) // 2


def matches(text, lie):
    for found in re.finditer(r"\bbad\b", text):
        before = text[max(0, found.start() - 40) : found.start()]
        yield {
            "message": "This is bad.",
            "replacements": [{"value": "good"}, {"value": "fine"}],
            "offset": units(text[: found.start()]) + lie,
            "length": 3,
            "context": {
                "text": f"...{before}bad".replace("\n", " "),
                "offset": 3 + units(before),
                "length": 3,
            },
            "rule": {"id": "BAD_WORD", "issueType": "grammar", "category": {"id": "GRAMMAR"}},
        }


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, text):
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        known = {
            "/v2/healthcheck": "OK",
            "/v2/languages": json.dumps([{"code": code} for code in LANGUAGES]),
            "/v2/asked": json.dumps(asked),
        }
        self.answer(200 if self.path in known else 404, known.get(self.path, "no such page"))

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        fields = dict(parse_qsl(body, keep_blank_values=True))
        text = fields["text"]
        asked.append(fields)
        if "CRASH" in text and not ("ONCE" in text and os.path.exists(CRASHED)):
            open(CRASHED, "w").close()
            os._exit(3)
        if "HANG" in text:
            time.sleep(60)
        again = sum(fields == other for other in asked) > 1
        if "BROKEN" in text or ("FLAKY" in text and not again):
            self.answer(500, "Error: Internal Error: it is broken")
        elif "REFUSE" in text:
            self.answer(413, "Error: the text is too long\nand more")
        elif "HTML" in text:
            self.answer(200, "<p>Welcome!</p>")
        else:
            part = {"warnings": {"incompleteResults": "PART" in text}}
            found = list(matches(text, 1 if "LIE" in text else 0))
            self.answer(200, json.dumps({**part, "matches": found}))


def main():
    arguments = sys.argv[1:]
    if os.environ.get("FAKE_JAVA_IS_OLD"):
        sys.exit("java.lang.UnsupportedClassVersionError: org/languagetool/server/HTTPServer")
    port = int(arguments[arguments.index("--port") + 1])
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


if __name__ == "__main__":
    main()
