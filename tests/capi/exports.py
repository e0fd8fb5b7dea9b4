"""What the shared library lets others see is what the public headers mark PRAXE_API, all of it and nothing more.

usage: exports.py LIBRARY INCLUDE_FOLDER
"""

import re
import subprocess
import sys
from pathlib import Path

C_FUNCTION = re.compile(r"^PRAXE_API [^;(]*?\b(praxe_\w+)\(", re.M)
CPP_NAME = re.compile(r"\b(?:class|struct)\s+PRAXE_API\s+(\w+)|^PRAXE_API\s[^;({]*?\b(\w+)\(", re.M)
SPECIAL = re.compile(r"^(?:typeinfo(?: name)? for|vtable for) ")


def exported(library):
    """The demangled names that others can link with."""
    run = subprocess.run(["nm", "-DC", "--defined-only", library], check=True, capture_output=True, text=True)
    return {line.split(" ", 2)[2] for line in run.stdout.splitlines() if line.split(" ", 2)[1] not in "A"}


def declared(include):
    c_names = set(C_FUNCTION.findall((include / "praxe" / "praxe.h").read_text(encoding="utf-8")))
    cpp_names = set()
    for header in (include / "praxe").glob("*.hpp"):
        text = re.sub(r"//[^\n]*", "", header.read_text(encoding="utf-8"))
        cpp_names.update(cls or function for cls, function in CPP_NAME.findall(text))
    return c_names, cpp_names


def main(library, include):
    c_names, cpp_names = declared(Path(include))
    findings, met = [], set()
    for name in sorted(exported(library)):
        scopes = re.match(r"praxe((?:::\w+)+)", SPECIAL.sub("", name))  # praxe::Class::member, praxe::room::function
        words = set(scopes[1].split("::")) & cpp_names if scopes else {name} & c_names
        met |= words
        if not words:
            findings.append(f"{name}: exported, but no public header marks it PRAXE_API")
    findings += [f"{name}: marked PRAXE_API, but not exported" for name in sorted((c_names | cpp_names) - met)]
    print(*findings, f"{len(c_names)} C functions, {len(cpp_names)} C++ names", sep="\n")
    return 1 if findings or not c_names or not cpp_names else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
