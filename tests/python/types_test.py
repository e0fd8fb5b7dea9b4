"""mypy on the package, on the stub of its extension module, and on a program that uses it."""

import os
import pathlib
import subprocess
import sys

import pytest

import praxe

pytest.importorskip("mypy")

PACKAGE = pathlib.Path(praxe.__file__).parent
# pybind11's classes have a metaclass and an __init__ of their own.
PYBIND11S_OWN = "praxe\\._core\\.(Agenda|Answer|Book|DecidedColumns|Measures|Options|Replay|Ruleset)(\\.__init__)?\n"


def run(tmp_path, module, *arguments):
    environment = {**os.environ, "MYPYPATH": str(PACKAGE.parent), "MYPY_CACHE_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_package(tmp_path):
    run(tmp_path, "mypy", "--strict", "-p", "praxe")


def test_a_program_that_uses_it(tmp_path):
    run(tmp_path, "mypy", "--strict", str(pathlib.Path(__file__).with_name("typed_use.py")))


def test_the_stub_is_what_is_there(tmp_path):
    allowed = tmp_path / "allowed.txt"
    allowed.write_text(PYBIND11S_OWN)
    run(tmp_path, "mypy.stubtest", "praxe._core", "--allowlist", str(allowed))
