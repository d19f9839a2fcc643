"""The page of licences names all that others wrote, with the words of its licence."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

from tests.builder.conftest import Checkout
from tests.builder.test_site import NOT_FOUND, pages

PAGE = "licences/index.html"


def parts(built: Checkout) -> dict[str, str]:
    """Return the text of the page by the heading that it stands below."""
    html = (built.dist / PAGE).read_text(encoding="utf-8")
    found = re.findall(r"<h2>(.+?)</h2>(.+?)</section>", html, re.DOTALL)
    return {name: re.sub(r"\s+", " ", text) for name, text in found}


def test_every_page_leads_to_the_licences(built: Checkout) -> None:
    for name, page in pages(built.dist).items():
        (link,) = [each for each in page.all("a") if each.text.strip() == "Licences"]
        assert link.attributes["href"].endswith("licences/")
        if name != NOT_FOUND:
            target = (built.dist / name).parent / link.attributes["href"] / "index.html"
            assert target.resolve() == (built.dist / PAGE).resolve()


def test_every_npm_package_in_the_scripts_is_named(built: Checkout) -> None:
    """Which are in there is asked of the lock file and the scripts, not of what made the page."""
    named = parts(built)
    lock = json.loads((built.root / "web" / "package-lock.json").read_text())["packages"]
    wanted = [*lock[""]["dependencies"]]
    reached: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name not in reached:
            reached.add(name)
            wanted += lock[f"node_modules/{name}"].get("dependencies", {})
    # Pyodide is no part of the scripts, and what it depends on is for Node and for compilers.
    left_out = {"pyodide", "ws", "@types/emscripten", "@types/trusted-types"}
    # Nothing of these is left in the scripts once Vite has taken out what is not used.
    left_out |= {"codemirror", "@codemirror/lint", "@codemirror/search", "@codemirror/streamparser"}
    left_out |= {"crelt", "@lit-labs/ssr-dom-shim"}
    left_out |= {"dom-serializer", "domelementtype", "domhandler", "domutils"}
    assert reached - left_out <= named.keys()
    for name in named.keys() & reached:
        # A package may be there in several versions, those that only another one needs inside of it.
        version = re.search(r"Version ([^,]+), ", named[name]).group(1)
        (place, *_) = [
            place
            for place, each in lock.items()
            if place.endswith(f"node_modules/{name}") and each["version"] == version
        ]
        folder = built.root / "web" / place
        (licence, *_) = sorted(folder.glob("LICENSE*"))
        first = re.sub(r"\s+", " ", licence.read_text(encoding="utf-8"))[:200].strip()
        assert first.replace('"', "&#34;").replace("<", "&lt;").replace(">", "&gt;") in named[name]


def test_what_runs_python_is_named(built: Checkout) -> None:
    named = parts(built)
    assert "Mozilla Public License Version 2.0" in named["Pyodide"]
    assert "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2" in named["Python"]
    assert "Copyright (c) 2005-2024, NumPy Developers" in named["NumPy"]
    assert "Permission is hereby granted" in named["Backprop Playground"]
    # NumPy's parts have licences of their own, and its wheel says which.
    (wheel,) = (built.dist / "runtime").glob("numpy-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if Path(name).name.startswith("LICENSE")]
    assert len(names) > 1
    assert all(name in named["NumPy"] for name in names)


def test_the_page_can_be_read_without_scripts(built: Checkout) -> None:
    page = pages(built.dist)[PAGE]
    assert len(page.all("details")) == len(page.all("section")) == len(parts(built)) > 10
    assert not page.all("script", id="playground-assets"), "it starts no Python"
