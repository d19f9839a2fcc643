"""Cells run at build time: what fails fails the build, at the author's line."""

from __future__ import annotations

import json
from typing import Any

from tests.builder.conftest import Checkout, lesson


def texts(checkout: Checkout) -> dict[str, str]:
    index: dict[str, Any] = json.loads((checkout.dist / "site.json").read_text())
    return {cell["id"]: cell["text"] for page in index["pages"] for cell in page["cells"]}


def refuse(checkout: Checkout) -> str:
    """Build, expect a refusal, and return what was said without the folder of the test."""
    result = checkout.run("build")
    assert result.returncode == 1
    assert "playground: " in result.stderr
    return result.stderr.partition("playground: ")[2].replace(f"{checkout.root}/", "")


def test_a_failing_cell_is_named_with_its_line_and_leaves_the_site(checkout: Checkout) -> None:
    checkout.build()
    before = (checkout.dist / "index.html").read_bytes()
    checkout.index.write_text(lesson('```python {#bad title="Bad"}\nx = 1\n\nx / 0\n```\n'))
    message = refuse(checkout)
    assert message.startswith(
        "web/lessons/index.md:9: the cell bad fails: ZeroDivisionError: division by zero\n"
    )
    assert "x / 0" in message
    assert "playground/session" not in message
    assert (checkout.dist / "index.html").read_bytes() == before


def test_an_error_in_another_cells_function_is_named_at_that_function(checkout: Checkout) -> None:
    checkout.index.write_text(
        lesson(
            '```python {#define title="Define"}\ndef f():\n    return missing\n```\n\n'
            '```python {#call title="Call" needs="define"}\nf()\n```\n'
        )
    )
    message = refuse(checkout)
    assert message.startswith("web/lessons/index.md:8: the cell call fails: NameError: ")


def test_a_need_that_is_not_declared_fails_the_build(checkout: Checkout) -> None:
    checkout.index.write_text(
        lesson('```python {#a title="A"}\nx = 1\n```\n\n```python {#b title="B"}\nprint(x)\n```\n')
    )
    message = refuse(checkout)
    assert message.startswith(
        "web/lessons/index.md:11: the cell b fails when it runs alone with what it needs: NameError"
    )
    assert 'needs="..."' in message


def test_cells_share_one_session_in_page_order(checkout: Checkout) -> None:
    checkout.index.write_text(
        lesson(
            '```python {#a title="A"}\nx = [1]\n```\n\n'
            '```python {#b title="B" needs="a"}\nx.append(2)\n```\n\n'
            '```python {#c title="C" needs="a"}\nx\n```\n'
        )
    )
    checkout.build()
    assert texts(checkout) == {"a": "", "b": "", "c": "[1, 2]\n"}


def test_a_syntax_error_is_named_with_its_line(checkout: Checkout) -> None:
    checkout.index.write_text(lesson('```python {#bad title="Bad"}\nx = 1\ny = (\n```\n'))
    assert refuse(checkout).startswith("web/lessons/index.md:8: the cell bad fails: SyntaxError: ")


def test_an_example_fails_at_its_own_line(checkout: Checkout) -> None:
    example = checkout.root / "web" / "examples" / "broken.py"
    example.parent.mkdir()
    example.write_text('"""Broken."""\n\nx = 1\nraise ValueError("no")\n')
    message = refuse(checkout)
    assert message.startswith("web/examples/broken.py:4: the cell broken fails: ValueError: no")


def test_a_cell_that_ends_python_is_named(checkout: Checkout) -> None:
    checkout.index.write_text(lesson('```python {#bad title="Bad"}\nimport os; os._exit(3)\n```\n'))
    message = refuse(checkout)
    assert message.startswith("web/lessons/index.md:6: the cell bad ended Python with exit code 3")


def test_torch_is_backprop_under_its_own_name(checkout: Checkout) -> None:
    checkout.index.write_text(
        lesson('```python {#name title="Name"}\nimport torch\nprint(torch.__name__)\n```\n')
    )
    checkout.build()
    assert texts(checkout) == {"name": "backprop\n"}


def test_what_a_subprocess_prints_does_not_get_between(checkout: Checkout) -> None:
    checkout.index.write_text(
        lesson('```python {#sub title="Sub"}\nimport os\nos.system("echo below")\nprint(1)\n```\n')
    )
    checkout.build()
    assert texts(checkout) == {"sub": "1\n"}


def test_only_changed_pages_run_again(checkout: Checkout) -> None:
    other = checkout.index.with_name("other.md")
    other.write_text(lesson('```python {#other title="Other"}\nprint(1)\n```\n'))
    checkout.build()
    checkout.index.write_text(lesson('```python {#answer title="Answer"}\nprint(6 * 8)\n```\n'))
    said = checkout.build().stderr
    assert "Running the cells of index.md" in said
    assert "Running the cells of other.md" not in said
    assert texts(checkout) == {"answer": "48\n", "other": "1\n"}


def test_two_pages_run_at_a_time_and_are_told_in_their_order(checkout: Checkout) -> None:
    wait = (
        '```python {{#wait title="Wait"}}\nimport pathlib, time\npathlib.Path({mine!r}).touch()\n'
        "end = time.monotonic() + 30\nwhile not pathlib.Path({other!r}).exists():\n"
        "    assert time.monotonic() < end\n    time.sleep(0.01)\n```\n"
    )
    one, other = (str(checkout.root / name) for name in ("one", "other"))
    checkout.index.write_text(lesson(wait.format(mine=one, other=other)))
    checkout.index.with_name("second.md").write_text(lesson(wait.format(mine=other, other=one)))
    said = checkout.build().stderr
    assert said.index("the cells of index.md") < said.index("the cells of second.md")


def test_the_first_mistake_is_named_whichever_page_ends_first(checkout: Checkout) -> None:
    code = '```python {{#bad title="Bad"}}\nimport time\ntime.sleep({0})\n1 / 0\n```\n'
    checkout.index.write_text(lesson(code.format(0.5)))
    checkout.index.with_name("second.md").write_text(lesson(code.format(0)))
    assert refuse(checkout).startswith("web/lessons/index.md:9: the cell bad fails")
