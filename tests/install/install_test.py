"""Installs praxe to a prefix of its own, and builds and runs outside projects against each form of it.

usage: install_test.py BUILD_DIRECTORY [--flags=FLAGS] [TEST…]       FLAGS: what else compilers and linkers are given
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "c"
OUTSIDE = ROOT / "tests" / "install" / "static_cpp"
CLIENT = ROOT / "rules" / "day" / "clients" / "01-azevedo-lima.yaml"
BUILD = Path(sys.argv[1])
FLAGS = [flag for argument in sys.argv[2:] if argument.startswith("--flags=") for flag in shlex.split(argument[8:])]
CC, CXX = os.environ.get("CC", "cc"), os.environ.get("CXX", "c++")
SAID = "ana, by P.S8.1\nuntil 1714705200 s after 1970-01-01T00:00:00Z\n"


def run(*command, **options):
    """What the command prints; it must succeed."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{shlex.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.scratch = Path(cls.folder.name)
        cls.prefix = cls.scratch / "prefix"
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        cls.library = next(cls.prefix.rglob("libpraxe.so")).parent
        cls.rules = cls.prefix / "share" / "praxe" / "rules" / "company.yaml"
        cls.expected = run(cls.prefix / "bin" / "praxe", "decide", "-r", cls.rules, CLIENT, "--format", "json") + "8000 cents\n"

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def built_by_cmake(self, project):
        build = self.scratch / project.name
        flags = shlex.join(FLAGS)
        run("cmake", "-S", project, "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={self.prefix}",
            f"-DCMAKE_C_FLAGS={flags}", f"-DCMAKE_CXX_FLAGS={flags}")
        run("cmake", "--build", build)
        return build

    def pkg_config(self, *arguments, library=None):
        path = (library or self.library) / "pkgconfig"
        return shlex.split(run("pkg-config", *arguments, "praxe", env={**os.environ, "PKG_CONFIG_PATH": str(path)}))

    def needed(self, program):
        return re.findall(r"\(NEEDED\).*\[(.*)\]", run("readelf", "-d", program))

    def beside_the_library(self):
        return {**os.environ, "LD_LIBRARY_PATH": str(self.library)}

    # ------------------------------------------------------------------------------------------ what is there

    def test_files(self):
        for file in ("include/praxe/praxe.h", "include/praxe/ruleset.hpp", "share/praxe/rules/schema/ruleset.schema.json"):
            self.assertTrue((self.prefix / file).is_file(), file)
        self.assertTrue((self.library / "libpraxe.a").is_file())

    def test_the_prefix_may_be_moved(self):
        moved = self.scratch / "moved"
        shutil.copytree(self.prefix, moved, symlinks=True)
        library = moved / self.library.relative_to(self.prefix)
        flags = self.pkg_config("--cflags", "--libs", library=library)
        self.assertTrue(all(str(self.prefix) not in flag for flag in flags), flags)

    def test_soname(self):
        header = (self.prefix / "include" / "praxe" / "praxe.h").read_text(encoding="utf-8")
        number = re.search(r"PRAXE_ABI_VERSION (\d+)", header)[1]
        self.assertIn(f"[libpraxe.so.{number}]", run("readelf", "-d", self.library / "libpraxe.so"))

    # ---------------------------------------------------------------------------------------------- CMake

    def test_cmake_static_cpp(self):
        program = self.built_by_cmake(OUTSIDE) / "outside"
        self.assertEqual(run(program, self.rules, CLIENT), self.expected)
        self.assertNotIn("libpraxe", " ".join(self.needed(program)))

    def test_cmake_shared_c(self):
        program = self.built_by_cmake(EXAMPLE) / "decide"
        self.assertEqual(run(program, self.rules), SAID)
        self.assertIn("libpraxe", " ".join(self.needed(program)))

    def test_cmake_finds_no_other_version(self):
        project = self.scratch / "later"
        project.mkdir()
        text = (OUTSIDE / "CMakeLists.txt").read_text(encoding="utf-8").replace("praxe 0.1 ", "praxe 0.2 ")
        (project / "CMakeLists.txt").write_text(text, encoding="utf-8")
        with self.assertRaisesRegex(AssertionError, r'compatible\s+with\s+requested\s+version "0.2"'):
            self.built_by_cmake(project)

    # ----------------------------------------------------------------------------------------- pkg-config

    def test_pkg_config_shared_c(self):
        program = self.scratch / "shared_c"
        run(CC, *FLAGS, "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", EXAMPLE / "decide.c", "-o", program,
            *self.pkg_config("--cflags", "--libs"))
        self.assertEqual(run(program, self.rules, env=self.beside_the_library()), SAID)
        if not FLAGS:
            self.assertEqual([name.split(".")[0] for name in self.needed(program)], ["libpraxe", "libc"])

    def test_pkg_config_shared_cpp(self):
        program = self.scratch / "shared_cpp"
        run(CXX, *FLAGS, "-std=c++20", OUTSIDE / "main.cpp", "-o", program, *self.pkg_config("--cflags", "--libs"))
        self.assertEqual(run(program, self.rules, CLIENT, env=self.beside_the_library()), self.expected)

    def test_pkg_config_static_c(self):
        """As docs/c.md says; both forms are installed."""
        program = self.scratch / "static_c"
        run(CC, *FLAGS, EXAMPLE / "decide.c", "-o", program, *self.pkg_config("--cflags"), "-l:libpraxe.a",
            "-Wl,--as-needed", *self.pkg_config("--static", "--libs"))
        self.assertEqual(run(program, self.rules), SAID)
        self.assertNotIn("libpraxe", " ".join(self.needed(program)))


class Documents(unittest.TestCase):
    """What docs/c.md says besides its examples, which tests/docs/examples.py compares with their files."""

    def test_output(self):
        page = (ROOT / "docs" / "c.md").read_text(encoding="utf-8")
        self.assertIn(f"```console\n$ ./decide /usr/local/share/praxe/rules/company.yaml\n{SAID}```\n", page)

    def test_fragment(self):
        """The fragment of the page compiles where its names are declared."""
        page = (ROOT / "docs" / "c.md").read_text(encoding="utf-8")
        fragment = page.split("```c\n")[2].split("```")[0]
        program = ("#include <praxe/praxe.h>\nvoid f(praxe_ruleset* ruleset, praxe_case* client, praxe_error* error);\n"
                   f"void f(praxe_ruleset* ruleset, praxe_case* client, praxe_error* error) {{\n{fragment}}}\n")
        run(CC, "-std=c99", "-Werror", "-Wall", "-pedantic", "-fsyntax-only", f"-I{ROOT / 'include'}", "-x", "c", "-",
            input=program)

    def test_every_function_is_declared(self):
        """What the page names is in the header."""
        page = (ROOT / "docs" / "c.md").read_text(encoding="utf-8")
        header = (ROOT / "include" / "praxe" / "praxe.h").read_text(encoding="utf-8")
        named = set(re.findall(r"\bpraxe_[a-z_]+[a-z]\b", page)) - {"praxe_shared"}
        self.assertTrue(named)
        self.assertEqual([name for name in sorted(named) if not re.search(rf"\b{name}\b", header)], [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + [argument for argument in sys.argv[2:] if not argument.startswith("--flags=")])
