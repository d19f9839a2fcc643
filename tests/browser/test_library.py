"""The library's own comparison with PyTorch, inside Pyodide: there an integer of NumPy's has 32 bits."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.browser.cells import Site

#: A page of the tests' own on the site's origin, with the engine and the packages that the site ships.
ADDRESS = "library-test/"
RUN = """\
async ({ packages }) => {
    const pyodide = await loadPyodide({ indexURL: location.href });
    await pyodide.loadPackage(packages, { messageCallback: () => undefined });
    const cases = await (await fetch('cases.zip')).arrayBuffer();
    pyodide.unpackArchive(cases, 'zip', { extractDir: '/cases' });
    return JSON.parse(await pyodide.runPythonAsync(`
        import json, sys
        sys.path.insert(0, "/cases")
        from tests.reference.comparing import SUBJECTS, differences
        json.dumps({"count": sum(map(len, SUBJECTS.values())), "differences": differences()})
    `));
}
"""


@pytest.fixture
def engine(page: Page, site: Site, repository: Path) -> tuple[Page, list[str]]:
    """A page with Pyodide's loader, and the packages to load."""
    described = page.request.get(site.url("play/")).text()
    match = re.search(r'id="playground-assets">(.*?)</script>', described)
    assert match is not None
    assets: dict[str, Any] = json.loads(match[1])

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name == "":
            html = '<!doctype html><title>Library</title><script src="pyodide.js"></script>'
            route.fulfill(body=html, content_type="text/html")
        elif name == "cases.zip":
            route.fulfill(body=_cases(repository), content_type="application/zip")
        else:
            address = str(assets["files"][name]["url"]).removeprefix("../")
            kind = {"wasm": "application/wasm", "js": "text/javascript"}.get(name.split(".")[-1])
            body = page.request.get(site.url(address)).body()
            route.fulfill(body=body, content_type=kind or "application/octet-stream")

    page.route(f"**/{ADDRESS}**", answer)
    page.goto(site.url(ADDRESS))
    return page, assets["packages"]


def _cases(repository: Path) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((repository / "tests" / "reference").rglob("*")):
            if path.suffix in (".py", ".json"):
                archive.write(path, path.relative_to(repository))
    return memory.getvalue()


def test_it_gives_pytorchs_numbers_in_pyodide(engine: tuple[Page, list[str]]) -> None:
    page, packages = engine
    found = page.evaluate(RUN, {"packages": packages})
    assert found["count"] > 700
    assert found["differences"] == {}
