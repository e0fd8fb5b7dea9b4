#!/usr/bin/env python3
"""Every text of the shipped rulesets is shown by somebody's scenario, in both languages: texts.pt.txt and texts.en.txt say how.

A rule's text is shown by an answer of a scenario; clauses, what sections say, questions, terms, titles and words on the page
of `praxe test --report`. With PRAXE_RECORD=1 the two files are written anew, to be read by those who speak the language.
Labels of groups stand for readers of the files alone. The command is PRAXE_COMMAND in the environment. Exit status 1 where
a text is shown nowhere or the files differ, 77 (skipped) without python3-yaml.
"""

import html
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import yaml
except ImportError:
    print("skipped: python3-yaml is not installed")
    sys.exit(77)

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ["rules", "tests/overlays"]
LANGUAGES = ("pt", "en")


def written(*options):
    """What `praxe test` writes to the file that stands behind the last option."""
    *before, (option, ending) = options
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"written.{ending}"
        command = [os.environ["PRAXE_COMMAND"], "test", *SCENARIOS, *before, option, str(file)]
        run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
        if run.returncode != 0:
            sys.exit(run.stdout + run.stderr)
        return file.read_text(encoding="utf-8")


def shown_on_page(language):
    """The page's texts, each with a blank on both sides of every mark between them."""
    page = re.sub(r"<style>.*?</style>", "", written("--lang", language, ("--report", "html")), flags=re.S)
    return html.unescape(re.sub(r"<[^>]*>", "\n", page))


def shipped():
    """(place, key, texts) of every text that is not a rule's."""
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        document = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        if not isinstance(document, dict) or "ruleset" not in document or "scenarios" in document:
            continue
        where = path.relative_to(ROOT / "rules")
        if where.name == "company.yaml":
            yield where, "title", document["title"]
        for kind in ("clauses", "parameters", "words"):
            for key, texts in document.get(kind, {}).items():
                yield where, f"{kind}.{key}", texts
        for section in document.get("sections", []):
            yield where, f"section {section['section']}", section["title"]
            for key, texts in section.get("says", {}).items():
                yield where, f"section {section['section']}, {key}", texts
        for name, indicator in document.get("indicators", {}).items():
            yield where, f"{name}.title", indicator["title"]
        for name, decision in document.get("decisions", {}).items():
            if "asks" in decision:
                yield where, f"{name}.asks", decision["asks"]


def has_word(page, word):
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", page) is not None


def main():
    if "PRAXE_COMMAND" not in os.environ:
        sys.exit("PRAXE_COMMAND is not set")
    rules = json.loads(written(("--clauses", "json")))["rules"]
    static = list(shipped())
    wrong = []
    for language in LANGUAGES:
        page = shown_on_page(language)
        lines = []
        for rule in rules:
            if "say" not in rule:
                continue
            said = rule.get("said", {}).get(language)
            if said is None:
                wrong.append(f"{language}: no scenario shows the text of {rule['rule']}: {rule['say'].get(language)}")
            lines.append(f"{rule['rule']}: {said}")
        for where, key, texts in static:
            if not has_word(page, texts[language]):
                wrong.append(f"{language}: no scenario shows {where} {key}: {texts[language]}")
            lines.append(f"{where} {key}: {texts[language]}")
        golden = Path(__file__).with_name(f"texts.{language}.txt")
        text = "\n".join(lines) + "\n"
        if "PRAXE_RECORD" in os.environ:
            golden.write_text(text, encoding="utf-8")
        if text != golden.read_text(encoding="utf-8"):
            wrong.append(f"{golden.name} is not up to date: run this test with PRAXE_RECORD=1 and read what changed")
    print(*wrong, f"{len(lines)} texts in each of {len(LANGUAGES)} languages, {len(wrong)} shown nowhere", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
