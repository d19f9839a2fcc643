"""`playground serve --watch` in a browser: a page whose source changes is loaded again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.builder.conftest import Checkout, copy_sources, lesson, share_results
from tests.builder.test_serve import Served, start_server, stop_server

CELL = '```python {#one title="One"}\nprint("first")\n```\n'


@pytest.fixture
def watched(repository: Path, tmp_path: Path) -> Iterator[tuple[Checkout, Served]]:
    """A checkout of one lesson, served while it is watched."""
    checkout = copy_sources(repository, tmp_path)
    share_results(repository, checkout)
    for path in checkout.index.parent.glob("*.md"):
        path.unlink()
    checkout.index.write_text(lesson(CELL + "\nSome words.\n"))
    for path in (checkout.root / "web" / "examples").glob("*.py"):
        path.unlink()
    server = start_server(checkout, "--watch")
    yield checkout, server
    stop_server(server)


def test_an_edit_of_the_source_reloads_the_page_and_keeps_the_draft(
    page: Page, watched: tuple[Checkout, Served]
) -> None:
    checkout, server = watched
    page.goto(f"http://localhost:{server.port}/")
    editor = page.get_by_role("textbox", name="Code")
    editor.fill("print('my own')")
    other = page.context.new_page()
    other.goto(f"http://localhost:{server.port}/play/")
    loads: list[str] = []
    page.on("load", lambda _: loads.append("page"))
    other.on("load", lambda _: loads.append("other"))

    checkout.index.write_text("no front matter\n")
    server.wait_for(r"index\.md:1: a lesson begins with")
    assert loads == []
    expect(page.get_by_text("Some words.")).to_be_visible()

    checkout.index.write_text(lesson(CELL + "\nOther words.\n"))
    expect(page.get_by_text("Other words.")).to_be_visible()
    expect(editor).to_have_text(re.compile("my own"))
    expect(other.get_by_role("textbox", name="Code")).to_be_visible()
    # Each is right now, and is not loaded a second time.
    checkout.index.touch()
    server.wait_for("nothing changed")
    assert loads.count("page") == 1
    assert loads.count("other") <= 1
