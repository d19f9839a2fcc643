"""A lesson as a notebook: valid, complete, and running without its page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.builder.conftest import Checkout, lesson
from tests.builder.test_site import pages

BODY = """\
Words, with a [way back](index.md#part) and a [link](https://example.org/).

```python {#one title="One"}
import torch
from backprop import viz

torch.manual_seed(0)
model = torch.nn.Linear(1, 1)
viz.network(model)
```

## Part {#part}

More.

```python
not a cell
```

```python {#two title="Two" needs="one"}
print(f"{model.weight.item():.4f}")
```

The end.
"""

SITE = "https://example.org/a/"

# What a notebook does with its cells, without Jupyter.
RUN = """\
import json, sys
namespace = {}
for cell in json.load(open(sys.argv[1]))["cells"]:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), namespace)
"""


@pytest.fixture
def notebook(checkout: Checkout) -> Path:
    checkout.index.write_text(lesson(BODY, title="A First Lesson"))
    checkout.build()
    return checkout.dist / "a-first-lesson.ipynb"


def read(path: Path) -> Any:
    document = nbformat.read(path, as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
    nbformat.validate(document)
    return document


def test_every_notebook_of_the_site_is_valid(built: Checkout) -> None:
    found = list(built.dist.rglob("*.ipynb"))
    assert found
    for path in found:
        document = read(path)
        assert (document.nbformat, document.nbformat_minor) == (4, 5)


def test_a_notebook_has_the_text_the_code_and_its_outputs_in_order(notebook: Path) -> None:
    cells = read(notebook).cells
    assert [cell.id for cell in cells] == [
        "_title",
        "_setup",
        "_text-0",
        "one",
        "_text-1",
        "two",
        "_text-2",
    ]
    assert cells[0].source == "# A First Lesson\n\nA sentence."
    # Without the site's address a link between lessons is its words.
    assert cells[2].source == "Words, with a way back and a [link](https://example.org/)."
    assert cells[4].source == "## Part\n\nMore.\n\n```python\nnot a cell\n```"
    assert cells[5].source == 'print(f"{model.weight.item():.4f}")'
    assert "image/svg+xml" in cells[3].outputs[0].data
    assert "".join(cells[5].outputs[0].text).strip() == "-0.0075"


def test_a_notebook_names_the_wheel_and_other_lessons_in_full(
    checkout: Checkout, notebook: Path
) -> None:
    checkout.build("--site-url", SITE)
    cells = read(notebook).cells
    assert f"[way back]({SITE}#part)" in cells[2].source
    wheel = cells[1].source.partition("# %pip install ")[2].partition("\n")[0]
    assert (checkout.dist / wheel.removeprefix(SITE)).is_file()


def test_a_lesson_without_diagrams_needs_nothing_said(checkout: Checkout) -> None:
    checkout.index.write_text(lesson('```python {#one title="One"}\nimport torch\n```\n'))
    checkout.build()
    cells = read(checkout.dist / "a-lesson.ipynb").cells
    assert [cell.id for cell in cells] == ["_title", "one"]


def run(notebook: Path, path: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", RUN, str(notebook)],
        env=os.environ | {"PYTHONPATH": path},
        cwd=notebook.parent,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_a_notebook_runs_with_the_library(notebook: Path, repository: Path) -> None:
    printed = run(notebook, str(repository / "pysrc"))
    assert printed == "Runs with backprop, and draws the diagrams.\n-0.0075\n"


def test_a_notebook_runs_with_pytorch_alone(notebook: Path, tmp_path: Path) -> None:
    # Something else called torch, for all that the cells know.
    stub = tmp_path / "torch.py"
    stub.write_text(
        "import inspect\n"
        "from types import SimpleNamespace\n"
        # Real PyTorch looks through all modules while it is imported.
        "inspect.getmodule(inspect.currentframe())\n"
        "manual_seed = lambda seed: None\n"
        "weight = SimpleNamespace(item=lambda: 0.25)\n"
        "nn = SimpleNamespace(Linear=lambda *sizes: SimpleNamespace(weight=weight))\n"
    )
    printed = run(notebook, str(tmp_path))
    assert printed == (
        "Runs with PyTorch, and leaves the diagrams out.\n(the page draws viz.network here)\n0.2500\n"
    )


@pytest.mark.parametrize("site", [(), ("--site-url", SITE)])
def test_another_package_called_backprop_is_recognised(
    checkout: Checkout, notebook: Path, tmp_path: Path, site: tuple[str, ...]
) -> None:
    checkout.build(*site)
    (tmp_path / "other" / "backprop").mkdir(parents=True)
    # What PyPI's own package begins with; it is not even imported.
    (tmp_path / "other" / "backprop" / "__init__.py").write_text("import transformers\n")
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        run(notebook, str(tmp_path / "other"))
    assert stopped.value.stdout == ""
    said = stopped.value.stderr.partition("ImportError: ")[2]
    assert said.startswith("The backprop that is installed here is another package")
    assert "%pip uninstall -y backprop\n" in said
    (wheel,) = (checkout.dist / "downloads").glob("backprop_playground-*.whl")
    assert (f"%pip install {SITE}downloads/{wheel.name}" if site else "backprop-playground") in said


def test_a_folder_that_is_only_called_backprop_is_no_package(
    notebook: Path, tmp_path: Path
) -> None:
    (tmp_path / "stubs" / "backprop").mkdir(parents=True)
    stub = "manual_seed = lambda seed: None\nclass nn:\n    class Linear:\n        def __init__(*_): pass\n"
    (tmp_path / "stubs" / "torch.py").write_text(stub)
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        run(notebook, str(tmp_path / "stubs"))
    # It comes as far as the lesson's own code, with PyTorch's stub.
    assert stopped.value.stdout.startswith("Runs with PyTorch, and leaves the diagrams out.")


CONTROLS = """\
```python {#controls title="Controls"}
import torch
from backprop import ui, viz

print(ui.slider("a", 0, 4, value=3), ui.slider("b", 0.0, 4.0), ui.number("c", 5), ui.switch("d"))
print(ui.choice("e", ["x", "y"]), ui.choice("f", ["x", "y"], value="y"))
viz.remember()
viz.forget()
with viz.record(torch.nn.Linear(1, 1)):
    print("recorded")
```
"""


def test_controls_begin_with_their_values_under_pytorch(checkout: Checkout, tmp_path: Path) -> None:
    checkout.index.write_text(lesson(CONTROLS))
    checkout.build()
    notebook = checkout.dist / "a-lesson.ipynb"
    (cell,) = [each for each in read(notebook).cells if each.id == "controls"]
    printed = "".join("".join(output.text) for output in cell.outputs)
    assert printed == "3 2.0 5 False\nx y\nrecorded\n"
    (tmp_path / "torch.py").write_text("class nn:\n    Linear = lambda *sizes: None\n")
    assert run(notebook, str(tmp_path)) == (
        "Runs with PyTorch, and leaves the diagrams out.\n" + printed
    )


def test_a_lesson_offers_its_notebook(checkout: Checkout, notebook: Path) -> None:
    assert pages(checkout.dist)["index.html"].all("a", href=notebook.name, download="")
    github = "https://github.com/someone/lessons"
    checkout.build("--repository", github, "--notebook-branch", "books")
    colab = (
        "https://colab.research.google.com/github/someone/lessons/blob/books/a-first-lesson.ipynb"
    )
    assert pages(checkout.dist)["index.html"].all("a", href=colab)
    for repository in ("https://example.org/someone/lessons", "https://github.com.example.org/x/y"):
        checkout.build("--repository", repository, "--notebook-branch", "books")
        text = (checkout.dist / "index.html").read_text()
        assert "colab" not in text


def test_outputs_are_what_jupyter_knows_and_the_same_in_every_build(built: Checkout) -> None:
    (path,) = built.dist.glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    shown = [
        output["data"]
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    assert shown
    assert {mime for data in shown for mime in data} <= {
        "text/plain",
        "image/svg+xml",
        "image/png",
    }
    assert not any(" at 0x" in "".join(data["text/plain"]) for data in shown)
