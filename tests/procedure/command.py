#!/usr/bin/env python3
"""`praxe test --report` and `--clauses`: pages and tables to the letter, well-formed, and standing alone.

The command is PRAXE_COMMAND in the environment; with PRAXE_RECORD=1 the golden files are written anew.
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path("tests/procedure")
PRICES = GOLDEN / "prices.scenario.yaml"
SHIPPED = ["rules", "tests/overlays", "docs/examples/lisbon_broker", "docs/examples/telecom_reseller"]
VOID = {"meta", "br", "hr", "link", "img"}
OUTSIDE = {"src", "srcset", "href", "action", "data", "poster"}


def written(option, ending, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"written.{ending}"
        run = subprocess.run([os.environ["PRAXE_COMMAND"], "test", *map(str, arguments), option, str(file)],
                             capture_output=True, text=True, cwd=ROOT)
        if run.returncode == 2:
            raise AssertionError(run.stderr)
        return file.read_text(encoding="utf-8")


class Page(HTMLParser):
    """Keeps what is wrong: elements that do not nest, ids that stand twice, links to nowhere, anything from outside."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.wrong, self.ids, self.links, self.headings, self.elements = [], [], set(), [], [], []
        self.language = None
        self.feed(text)
        self.close()
        self.wrong += [f"<{tag}> is not closed" for tag in self.open]
        self.wrong += [f"a link to nowhere: {link}" for link in self.links if link not in self.ids]

    def handle_starttag(self, tag, attributes):
        self.elements.append(tag)
        for name, value in attributes:
            if name == "id" and value in self.ids:
                self.wrong.append(f"the id {value} stands twice")
            if name == "id":
                self.ids.add(value)
            if name in OUTSIDE and not value.startswith("#"):
                self.wrong.append(f"{name} leads outside: {value}")
            if name == "href":
                self.links.append(value[1:])
            if tag == "html" and name == "lang":
                self.language = value
        if tag in ("h1", "h2", "h3", "h4"):
            level = int(tag[1])
            if level > (self.headings[-1] if self.headings else 0) + 1:
                self.wrong.append(f"a heading skips a level at {self.getpos()}")
            self.headings.append(level)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()} closes {self.open[-1:]}")
        else:
            self.open.pop()


class Procedure(unittest.TestCase):
    maxDiff = 4000

    def hold(self, name, text):
        golden = ROOT / GOLDEN / name
        if "PRAXE_RECORD" in os.environ:
            golden.write_text(text, encoding="utf-8")
        self.assertEqual(text, golden.read_text(encoding="utf-8"))

    def check(self, page, language):
        self.assertEqual(page.wrong, [])
        self.assertEqual(page.language, language)
        self.assertEqual(page.headings.count(1), 1)
        self.assertFalse({"script", "link", "img", "iframe", "object"} & set(page.elements))

    def test_the_page_in_both_languages(self):
        for language, tag in (("pt", "pt-BR"), ("en", "en")):
            text = written("--report", "html", PRICES, "--lang", language)
            self.check(Page(text), tag)
            self.assertNotIn("url(", text)
            self.hold(f"prices.{language}.html", text)

    def test_the_table(self):
        self.hold("prices.md", written("--clauses", "md", PRICES))
        self.hold("prices.pt.md", written("--clauses", "md", PRICES, "--lang", "pt"))
        said = json.loads(written("--clauses", "json", PRICES))
        self.hold("prices.json", json.dumps(said, ensure_ascii=False, indent=1) + "\n")

    def test_the_shipped_policy(self):
        for language, tag in (("pt", "pt-BR"), ("en", "en")):
            self.check(Page(written("--report", "html", *SHIPPED, "--lang", language)), tag)

    def test_a_ruleset_without_sections(self):
        page = Page(written("--report", "html", "tests/domains/library"))
        self.check(page, "en")

    def test_the_check_sees_what_is_wrong(self):
        for text in ('<p><a href="http://x">x</a></p>', '<p><b></p></b>', '<a href="#x">x</a>', "<h1>x</h1><h3>y</h3>", "<p>"):
            self.assertNotEqual(Page(text).wrong, [], text)


if __name__ == "__main__":
    if "PRAXE_COMMAND" not in os.environ:
        sys.exit("PRAXE_COMMAND is not set")
    unittest.main()
