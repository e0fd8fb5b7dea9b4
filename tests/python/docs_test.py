"""The examples of docs/python.md and of the README, as they stand there."""

import doctest
import re

from conftest import ROOT

PAGE = ROOT / "docs" / "python.md"


def test_the_page():
    text = PAGE.read_text(encoding="utf-8")
    examples = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    assert len(examples.examples) > 20
    said = []
    runner = doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF)
    runner.run(examples, out=said.append)
    assert runner.failures == 0, "".join(said)


def test_the_readme(tmp_path):
    """Its Python, on the case that it shows."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [program] = re.findall(r"^```python\n(.*?)^```$", readme, re.M | re.S)
    [shown, *_] = re.findall(r"^```yaml\n(at: .*?)^```$", readme, re.M | re.S)
    case = tmp_path / "case.yaml"
    case.write_text(shown, encoding="utf-8")
    names = {"case": case}
    exec(program, names)
    assert names["answer"].outcome["owner"] == "ana"
