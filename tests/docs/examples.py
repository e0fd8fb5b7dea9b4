#!/usr/bin/env python3
"""What the pages show as a program is a file that is built, and what they show as its output is what it prints.

A fenced block after `<!-- file: PATH -->` is that file; one after `<!-- output: PROGRAM ARGUMENT… -->` is what the program of
that name in FOLDER prints, run at the project's root.

usage: examples.py ROOT FOLDER [--record]       --record writes the blocks anew
"""

import pathlib
import re
import subprocess
import sys

BLOCK = re.compile(r"(<!-- (file|output): (.+?) -->\n```[a-z]*\n)(.*?)(```)", re.DOTALL)


def expected(root, folder, kind, text):
    if kind == "file":
        return (root / text).read_text(encoding="utf-8")
    program, *arguments = text.split()
    command = [str(folder / program), *arguments]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, encoding="utf-8").stdout


def main(root, folder, record):
    shown, wrong = 0, []
    for page in sorted([root / "README.md", *(root / "docs").rglob("*.md")]):
        text = page.read_text(encoding="utf-8")

        def renew(match):
            nonlocal shown
            shown += 1
            head, kind, what, body, end = match.groups()
            due = expected(root, folder, kind, what)
            if due != body:
                wrong.append(f"{page.relative_to(root)}: the block of {kind} {what} is not what it should be")
            return head + due + end

        renewed = BLOCK.sub(renew, text)
        if record and renewed != text:
            page.write_text(renewed, encoding="utf-8")
    print(f"{shown} blocks, {len(wrong)} wrong", *wrong, sep="\n")
    if not shown:
        sys.exit("no block is marked: nothing was compared")
    return 1 if wrong and not record else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), "--record" in sys.argv))
