"""A build after something changed: it makes little again, and leaves what one from nothing would."""

from __future__ import annotations

import shutil
import subprocess
import sys

from tests.builder.conftest import Checkout, lesson
from tests.builder.test_exercises import CELL, CHECK, SOLUTION
from tests.builder.test_site import EXAMPLE, content, pages, write_example


def test_a_build_after_changes_gives_what_one_from_nothing_gives(checkout: Checkout) -> None:
    second = checkout.index.with_name("second.md")
    checkout.index.write_text(lesson("[on](second.md)\n"))
    second.write_text(lesson("## Part\n\n[back](index.md)\n"))
    write_example(checkout, "a_picture", EXAMPLE)
    checkout.build()
    written = checkout.root / ".cache" / "build" / "articles"
    before = set(written.iterdir())
    second.write_text(lesson("## Part\n\nOther words, [back](index.md)\n"))
    checkout.build()
    after = set(written.iterdir())
    assert (len(before - after), len(after - before), len(before & after)) == (1, 1, 2)
    template = checkout.root / "web" / "templates" / "cell.html.j2"
    template.write_text(template.read_text().replace('class="py-title"', 'class="py-title other"'))
    checkout.build()
    assert "py-title other" in (checkout.dist / "examples" / "a-picture" / "index.html").read_text()
    # The front page itself is as it was, and yet its link is a mistake now.
    second.rename(second.with_name("third.md"))
    result = checkout.run("build")
    assert "index.md:6: the link second.md leads nowhere" in result.stderr
    checkout.index.write_text(lesson("[on](third.md)\n"))
    checkout.build()
    # None of this is in a text: the frame around it is never kept.
    (checkout.root / "web" / "lessons" / "third.md").write_text(lesson("Text.\n", "Another title"))
    base = template.with_name("base.html.j2")
    base.write_text(base.read_text().replace("<body", '<body data-frame="other"'))
    licence = checkout.root / "pysrc" / "LICENSE"
    licence.write_text("Other terms.\n")
    options = ["--site-url", "https://example.org/a", "--repository", "https://example.org/r"]
    checkout.build(*options)
    found = pages(checkout.dist)
    assert found["licences/index.html"].all("body", **{"data-frame": "other"})
    assert "Other terms." in (checkout.dist / "licences" / "index.html").read_text()
    assert "Another title" in (checkout.dist / "index.html").read_text()
    assert found["index.html"].all("link", rel="canonical", href="https://example.org/a/")
    changed = content(checkout.dist)
    _forget_all_but_the_scripts_and_python(checkout)
    checkout.build(*options)
    assert content(checkout.dist) == changed


def _forget_all_but_the_scripts_and_python(checkout: Checkout) -> None:
    """Let the next build begin with nothing but what has nothing to do with lessons and templates."""
    shutil.rmtree(checkout.dist)
    for step in (checkout.root / ".cache" / "build").iterdir():
        if step.is_dir() and step.name not in ("python", "wheel", "lock", "bundle", "names"):
            shutil.rmtree(step)


def test_the_solutions_that_are_left_out_are_in_no_text_that_was_kept(checkout: Checkout) -> None:
    checkout.index.write_text(lesson(CELL + CHECK + SOLUTION))
    for options, shown in ((), True), (("--no-solutions",), False), ((), True):
        checkout.build(*options)
        found = pages(checkout.dist)["index.html"]
        assert bool(found.all("details", **{"class": "exercise-solution"})) is shown


def test_code_that_changed_under_a_running_server_is_not_taken_for_what_wrote_the_text(
    checkout: Checkout,
) -> None:
    code = checkout.root / "playground" / "builder" / "highlight.py"
    old = code.read_text()
    edited = old.replace('CLASS_PREFIX = "hl-"', 'CLASS_PREFIX = "other-"')
    assert edited != old
    running = f"""
from pathlib import Path
from playground.builder import BuildOptions, build
from playground.project import find_project
Path({str(code)!r}).write_text({edited!r})
build(find_project(), BuildOptions(Path({str(checkout.dist)!r})))
"""
    subprocess.run([sys.executable, "-c", running], cwd=checkout.root, check=True)
    page = checkout.dist / "index.html"
    assert 'class="hl-' in page.read_text()
    checkout.build()
    assert 'class="other-' in page.read_text()
