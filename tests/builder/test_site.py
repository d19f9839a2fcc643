"""The built site as a folder of files: whole, relative, reproducible, and replaced with care."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import posixpath
import re
import shutil
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from playground.builder.archive import write_wheel
from playground.builder.packages import CORE, LOCK, STANDARD_LIBRARY
from playground.fetch import NUMPY
from playground.project import Project
from tests.builder.conftest import Checkout, copy_sources, lesson, share_results
from tests.builder.html import Document, parse_html

# What browsers load by themselves; a link that a person may follow can lead anywhere.
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


NOT_FOUND = "404.html"


def pages(dist: Path) -> dict[str, Document]:
    """Return all pages by their path; the sandbox's frame is no page."""
    return {
        path.relative_to(dist).as_posix(): parse_html(path.read_text(encoding="utf-8"))
        for path in sorted(dist.rglob("*.html"))
        if path.parent.name != "runtime"
    }


def addressed_pages(dist: Path) -> dict[str, Document]:
    """Return the pages that have an address of their own, which the 404 page has not."""
    return {name: page for name, page in pages(dist).items() if name != NOT_FOUND}


def content(dist: Path) -> dict[str, bytes]:
    return {
        path.relative_to(dist).as_posix(): path.read_bytes()
        for path in dist.rglob("*")
        if path.is_file()
    }


def assets(document: Document) -> dict[str, object]:
    (element,) = document.all("script", id="playground-assets")
    found: dict[str, object] = json.loads(element.text)
    return found


def test_every_kind_of_page_is_there(built: Checkout) -> None:
    assert {"index.html", "play/index.html", "404.html"} <= pages(built.dist).keys()
    assert (built.dist / ".nojekyll").exists()


def test_every_relative_address_leads_to_a_file(built: Checkout) -> None:
    checked = 0
    for name, document in addressed_pages(built.dist).items():
        ids = {element.attributes.get("id") for element in document.elements}
        for element in document.elements:
            for attribute in ("href", "src"):
                address = element.attributes.get(attribute)
                parts = urlsplit(address or "")
                if address is None or parts.scheme:
                    continue
                assert not address.startswith("/"), f"{name}: {address} is not relative"
                if not parts.path:
                    assert parts.fragment in ids, f"{name}: {address} names no element"
                    continue
                target = (built.dist / name).parent / unquote(parts.path)
                target = target / "index.html" if parts.path.endswith("/") else target
                assert target.is_file(), f"{name}: {address} leads nowhere"
                checked += 1
    assert checked > 10


def test_pages_load_nothing_from_elsewhere(built: Checkout) -> None:
    for name, document in pages(built.dist).items():
        for element in document.elements:
            address = element.attributes.get(LOADED.get(element.tag, ""), "")
            assert not urlsplit(address).netloc, f"{name} loads {address}"


def test_runtime_addresses_fit_each_page(built: Checkout) -> None:
    for name, document in addressed_pages(built.dist).items():
        if name in ("examples/index.html", "licences/index.html"):
            # Nothing runs there, so nothing is loaded for it.
            assert not document.all("script", id="playground-assets")
            continue
        found = assets(document)
        files = found["files"]
        assert isinstance(files, dict)
        for entry in files.values():
            path = (built.dist / name).parent / entry["url"]
            assert path.stat().st_size == entry["bytes"]
        assert ((built.dist / name).parent / str(found["frame"])).is_file()


def sent(path: Path) -> int:
    """Bytes of a file on a line, as a host such as GitHub Pages packs it."""
    content = path.read_bytes()
    is_packed = path.suffix in (".js", ".json", ".wasm")
    return len(gzip.compress(content, 6)) if is_packed else len(content)


def test_a_start_takes_hardly_more_bytes_than_pyodide_and_numpy(
    repository: Path, built: Checkout
) -> None:
    found = assets(pages(built.dist)["play/index.html"])
    files = found["files"]
    starts = found["starts"]
    assert isinstance(files, dict)
    assert isinstance(starts, dict)
    ours = sum(sent(built.dist / "play" / files[name]["url"]) for name in starts["snapshot"])
    pyodide = Project(repository).pyodide
    plain = sum(sent(pyodide / name) for name in (*CORE, STANDARD_LIBRARY, LOCK)) + NUMPY.size
    assert ours < 1.1 * plain
    # What a start from the snapshot does without comes after it, and only then.
    assert not set(starts["snapshot"]) & set(found["later"])
    assert files["snapshot.bin"]["bytes"] > files["packages.bin"]["bytes"] > 1e6


def test_what_can_change_has_its_hash_in_its_name(built: Checkout) -> None:
    plain = {"site.json", ".nojekyll", "404.html", "service-worker.js", "manifest.webmanifest"}
    for name in content(built.dist).keys() - plain:
        # What people download, or what stands beside a page, keeps the name that they know it by.
        if (
            not name.endswith("index.html")
            and not name.startswith(("downloads/", "examples/"))
            and not name.endswith(".ipynb")
        ):
            assert re.fullmatch(r"(assets|runtime)/.+-[A-Za-z0-9_-]{8,}\.[a-z]+", name), name


def test_the_service_worker_keeps_what_pages_are_made_of(built: Checkout) -> None:
    first = (built.dist / "service-worker.js").read_text(encoding="utf-8").partition("\n")[0]
    kept = json.loads(first.removeprefix("const SITE = ").removesuffix(";"))["files"]
    for name, sha256 in kept.items():
        assert hashlib.sha256((built.dist / name).read_bytes()).hexdigest() == sha256, name
    for name, document in addressed_pages(built.dist).items():
        assert name in kept
        loaded = [element.attributes.get("src") for element in document.elements]
        loaded += [element.attributes.get("href") for element in document.all("link")]
        for address in filter(None, loaded):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
            assert path in {*kept, "manifest.webmanifest"} or "://" in address, (name, address)
    assert not any(name.startswith("downloads/") or name.endswith(".ipynb") for name in kept)


def test_the_site_can_be_installed(built: Checkout) -> None:
    manifest = json.loads((built.dist / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert (manifest["start_url"], manifest["scope"]) == ("./", "./")
    assert [icon["sizes"] for icon in manifest["icons"]] == ["192x192", "512x512"]
    for icon in manifest["icons"]:
        content = (built.dist / icon["src"]).read_bytes()
        width, height = struct.unpack(">II", content[16:24])
        assert f"{width}x{height}" == icon["sizes"]


def test_pages_have_one_policy_and_no_inline_code(built: Checkout) -> None:
    (frame,) = (built.dist / "runtime").glob("frame-*.html")
    script = frame.read_text(encoding="utf-8").partition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in frame.read_text(encoding="utf-8")
    for name, document in addressed_pages(built.dist).items():
        (policy,) = [
            element
            for element in document.all("meta")
            if element.attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        text = policy.attributes["content"]
        assert text.startswith("default-src 'none'; ")
        assert f"script-src 'self' 'sha256-{digest}' 'wasm-unsafe-eval'" in text
        assert "unsafe-inline" not in text
        for element in document.elements:
            assert not any(key.startswith("on") for key in element.attributes), name
            assert "style" not in element.attributes, name
            assert element.tag != "style", name
            inline = element.tag == "script" and "src" not in element.attributes
            assert not inline or element.attributes["type"] == "application/json", name


def test_the_lesson_reads_whole_without_scripts(built: Checkout) -> None:
    document = pages(built.dist)["index.html"]
    assert "Loss: 11.8586" in document.text
    assert document.all("svg")
    assert document.all("py-cell", id="first-gradient", role="region")


def test_an_output_can_have_an_id(checkout: Checkout) -> None:
    checkout.index.write_text(
        lesson('```python {#one title="One" output="its-picture"}\nprint("drawn")\n```\n')
    )
    checkout.build()
    document = pages(checkout.dist)["index.html"]
    (output,) = [each for each in document.elements if each.attributes.get("id") == "its-picture"]
    assert output.attributes["aria-label"].startswith("Output")


def test_a_page_holds_the_exact_source_of_its_cells(checkout: Checkout) -> None:
    source = "\nx = '<&>'  # ä\n\n\nif x:\n\tprint(x)\n"
    checkout.index.write_text(lesson(f'```python {{#one title="One"}}\n{source}```\n'))
    checkout.build()
    html = (checkout.dist / "index.html").read_text(encoding="utf-8")
    code = re.search(r"<code>(.*?)</code>", html, re.DOTALL)
    assert code is not None
    assert parse_html(code[1]).text == source


EXAMPLE = '''"""A picture.

What it shows.

Tags: drawing
"""

from backprop import nn, viz

viz.network(nn.Linear(2, 1))
'''


def write_example(checkout: Checkout, name: str, text: str) -> None:
    folder = checkout.root / "web" / "examples"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.py").write_text(text)


def test_an_example_has_a_page_a_file_and_a_card(checkout: Checkout) -> None:
    write_example(checkout, "a_picture", EXAMPLE)
    write_example(checkout, "words", '"""Words."""\n\nprint("hello")\n')
    checkout.build()
    found = pages(checkout.dist)
    page = found["examples/a-picture/index.html"]
    assert page.all("a", href="a_picture.py", download="")
    assert (checkout.dist / "examples" / "a-picture" / "a_picture.py").read_text() == EXAMPLE
    assert page.all("a", rel="next", href="../../examples/words/")
    assert found["examples/words/index.html"].all("a", rel="prev")
    gallery = found["examples/index.html"]
    assert [card.attributes["data-tags"] for card in gallery.all("li", class_="card")] == [
        "drawing",
        "",
    ]
    (picture,) = gallery.all("img")
    assert picture.attributes["alt"] == "A network of 2 and 1 neurons"
    svg = (checkout.dist / "examples" / picture.attributes["src"]).read_text()
    assert svg.startswith("<svg ")
    # Where there is no picture, what it prints stands for it.
    assert "hello" in [element.text.strip() for element in gallery.all("pre")]


def test_the_wheel_can_be_installed(built: Checkout, tmp_path: Path) -> None:
    (wheel,) = (built.dist / "downloads").glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--target", str(tmp_path), str(wheel)], check=True)
    example = built.dist / "examples" / "xor" / "xor.py"
    result = subprocess.run(
        [sys.executable, "-m", "backprop", str(example)],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "1 xor 0:  0.98" in result.stdout


@contextmanager
def served(folder: Path, port: int) -> Iterator[None]:
    """Serve a folder of files, as any host would."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield
        server.shutdown()
        thread.join()


def test_an_earlier_notebook_finds_the_wheel_under_its_new_name(
    checkout: Checkout, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    site = f"http://127.0.0.1:{port}/"
    checkout.build("--site-url", site)
    target = tmp_path / "target"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--no-index"]
    # NumPy cannot come from anywhere here; pip is given one that says only its name.
    links = tmp_path / "links"
    links.mkdir()
    info = "numpy-2.2.5.dist-info"
    members = {
        f"{info}/METADATA": b"Metadata-Version: 2.1\nName: numpy\nVersion: 2.2.5\n",
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": b"",
    }
    write_wheel(links / "numpy-2.2.5-py3-none-any.whl", members)
    # As the notebooks of the time have it.
    earlier = f"{site}downloads/backprop-0.1.0-py3-none-any.whl"
    with served(checkout.dist, port):
        subprocess.run(
            [*pip, "--find-links", str(links), "--target", str(target), earlier],
            check=True,
            capture_output=True,
        )
    assert (target / "backprop" / "tensor.py").is_file()
    assert list(target.glob("backprop_playground-*.dist-info"))


def test_one_place_holds_the_version(checkout: Checkout) -> None:
    path = checkout.root / "pysrc" / "backprop" / "version.py"
    path.write_text(path.read_text().replace(Project(checkout.root).version, "12.34.56"))
    checkout.build()
    assert json.loads((checkout.dist / "site.json").read_text())["version"] == "12.34.56"
    assert assets(pages(checkout.dist)["index.html"])["version"] == "12.34.56"
    assert checkout.run("--version").stdout == "12.34.56\n"
    (wheel,) = (checkout.dist / "downloads").glob("*.whl")
    assert wheel.name.startswith("backprop_playground-12.34.56-")
    path.write_text("")
    said = checkout.run("build").stderr
    assert said == f'playground: {path} has no line __version__ = "..."\n'


def test_links_between_sources_become_links_between_pages(checkout: Checkout) -> None:
    checkout.index.write_text(lesson("[on](second.md#part)\n"))
    checkout.index.with_name("second.md").write_text(lesson("## Part\n\n[back](index.md)\n"))
    checkout.build()
    found = pages(checkout.dist)
    assert found["index.html"].all("a", href="./lessons/second/#part")
    assert found["lessons/second/index.html"].all("a", href="../../")


def test_absolute_addresses_come_with_the_sites_own(checkout: Checkout) -> None:
    said = checkout.build().stderr
    assert "Without --site-url" in said
    assert "Without --repository" in said
    assert not pages(checkout.dist)["play/index.html"].all("link", rel="canonical")
    checkout.build("--site-url", "https://example.org/a", "--repository", "https://example.org/r")
    found = pages(checkout.dist)
    address = "https://example.org/a/play/"
    assert found["play/index.html"].all("link", rel="canonical", href=address)
    assert found["index.html"].all("a", href="https://example.org/r")
    assert found["404.html"].all("a", href="/a/")


def test_the_404_page_is_whole_under_any_address(built: Checkout) -> None:
    text = (built.dist / NOT_FOUND).read_text(encoding="utf-8")
    document = parse_html(text)
    assert not document.all("link")
    assert not document.all("script")
    style = text.partition("<style>")[2].partition("</style>")[0]
    assert "--background" in style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = document.all("meta")[1].attributes["content"]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'; ")


def test_a_second_build_changes_nothing(checkout: Checkout) -> None:
    checkout.build()
    before = {path: path.stat().st_mtime_ns for path in checkout.dist.rglob("*")}
    said = checkout.build().stderr
    assert "nothing changed" in said
    assert "..." not in said, "no step of the build was run again"
    assert {path: path.stat().st_mtime_ns for path in checkout.dist.rglob("*")} == before


def test_two_builds_from_nothing_are_equal(
    repository: Path, built: Checkout, tmp_path: Path
) -> None:
    one, other = (copy_sources(repository, tmp_path / name) for name in ("one", "other"))
    share_results(built.root, one)
    for each in (one, other):
        _leave_two_pages_without_clocks(each.root / "web")
        each.build()
    assert content(one.dist) == content(other.dist)


def _leave_two_pages_without_clocks(web: Path) -> None:
    """Keep the lesson and one example, and take out what measures time, and so differs between two builds."""
    for example in (web / "examples").glob("*.py"):
        if example.name != "unrolled.py":
            example.unlink()
    timed = re.compile(r"(```python \{[^}\n]* timed\b[^}\n]*\}\n).*?(?=```\n)", re.DOTALL)
    for path in (web / "lessons").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(timed.sub(r"\1pass\n", text), encoding="utf-8")


def test_what_is_no_longer_part_of_the_site_goes(checkout: Checkout) -> None:
    second = checkout.index.with_name("second.md")
    second.write_text(lesson("Text.\n"))
    checkout.build()
    assert (checkout.dist / "lessons" / "second" / "index.html").exists()
    second.unlink()
    checkout.build()
    assert not (checkout.dist / "lessons").exists()


def test_a_folder_with_other_files_is_left_alone(checkout: Checkout, tmp_path: Path) -> None:
    folder = tmp_path / "precious"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear")
    result = checkout.run("build", "--output", str(folder))
    assert result.returncode == 1
    assert "nothing was changed" in result.stderr
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("template", "line", "text"),
    [("play.html.j2", 3, "\n\n{% nonsense %}"), ("play.html.j2", 2, "\n{{ page.nonsense }}")],
)
def test_a_mistake_in_a_template_is_named_with_its_line(
    checkout: Checkout, template: str, line: int, text: str
) -> None:
    path = checkout.root / "web" / "templates" / template
    path.write_text(text)
    result = checkout.run("build")
    assert result.returncode == 1
    assert f"{path}:{line}: " in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_front_page_is_said(checkout: Checkout) -> None:
    checkout.index.unlink()
    result = checkout.run("build")
    assert result.returncode == 1
    assert "there is no front page" in result.stderr


def test_missing_npm_packages_are_said(checkout: Checkout) -> None:
    (checkout.root / "web" / "node_modules").unlink()
    result = checkout.run("build")
    assert result.returncode == 1
    assert "Run `npm ci` in web/" in result.stderr


def test_a_page_script_that_does_not_build_is_said(checkout: Checkout) -> None:
    main = checkout.root / "web" / "src" / "main.ts"
    main.write_text("import './gone.ts';\n")
    result = checkout.run("build")
    assert result.returncode == 1
    assert "`npm run build` failed" in result.stderr
    assert "gone.ts" in result.stderr


def test_a_checkout_is_needed(checkout: Checkout) -> None:
    shutil.rmtree(checkout.root / "web" / "lessons")
    shutil.move(checkout.root / "pysrc", checkout.root / "elsewhere")
    result = checkout.run("build")
    assert result.returncode == 1
    assert "No Backprop Playground checkout here" in result.stderr


def test_the_lesson_of_the_docs_builds(repository: Path, checkout: Checkout) -> None:
    written = (repository / "docs" / "lessons.md").read_text(encoding="utf-8")
    found = re.search(r"````markdown\n(.+?)````", written, re.DOTALL)
    assert found is not None
    checkout.index.write_text(lesson("## The four steps {#four-steps}\n"))
    checkout.index.with_name("seeing.md").write_text(found[1], encoding="utf-8")
    checkout.build()
    page = pages(checkout.dist)["lessons/seeing/index.html"]
    printed = [element.text.strip() for element in page.all("pre", class_="py-text")]
    assert printed == ["tensor([2., 4.])", "tensor([0.8000, 1.6000], requires_grad=True)"]


def test_the_example_of_the_docs_builds(repository: Path, checkout: Checkout) -> None:
    written = (repository / "docs" / "lessons.md").read_text(encoding="utf-8")
    found = re.search(r'```python\n("""Two weights.+?)```', written, re.DOTALL)
    assert found is not None
    write_example(checkout, "two_weights", found[1])
    checkout.build()
    page = pages(checkout.dist)["examples/two-weights/index.html"]
    assert "tensor([2., 4.])" in page.text


def test_a_lesson_begins_with_the_picture_of_a_step_where_it_says_so(
    built: Checkout, checkout: Checkout
) -> None:
    html = (built.dist / "index.html").read_text(encoding="utf-8")
    opening = html[html.index('<section class="opening"') : html.index('class="opening-data"')]
    assert "loss 11.86" in opening
    assert len(opening) < 12_000
    # The first cell of the lesson is the same network.
    assert "Loss: 11.8586" in html
    checkout.build()
    assert "opening" not in (checkout.dist / "index.html").read_text(encoding="utf-8")
