"""The second visit: at once, without a network, and never of two builds at the same time."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from playground.builder.offline import SERVICE_WORKER, service_worker
from tests.browser.cells import (
    READY,
    Site,
    collect_errors,
    only_cell,
    output_of,
    run,
    write_and_run,
)
from tests.browser.conftest import served

#: Resolves when the service worker of the page has kept the whole site.
KEPT = """async () => {
    const registration = await navigator.serviceWorker.ready;
    return registration.active.scriptURL;
}"""

#: Overwrites what is kept of a file whose address holds a text, and says how many there were.
DAMAGE = """async (part) => {
    let damaged = 0;
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            if (!request.url.includes(part)) continue;
            const kept = await cache.match(request);
            const content = new Uint8Array(await kept.arrayBuffer());
            content.fill(32, 100, 200);
            await cache.put(request, new Response(content, { headers: kept.headers }));
            damaged += 1;
        }
    }
    return damaged;
}"""

NETWORK_ERRORS = "net::ERR_EMPTY_RESPONSE"


@contextmanager
def visited(
    browser: Browser, folder: Path, errors: list[str]
) -> Iterator[tuple[BrowserContext, Site]]:
    """A browser that has seen the play page of the site in `folder` once, and closed it."""
    with served(folder) as site:
        context = browser.new_context()
        collect_errors(context, errors)
        page = context.new_page()
        page.goto(site.url("play/"))
        expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)
        assert page.evaluate(KEPT) == site.url(SERVICE_WORKER)
        page.close()
        yield context, site
        context.close()


@pytest.fixture(scope="module")
def dist(repository: Path) -> Path:
    return repository / "dist"


@pytest.fixture(scope="module")
def once(browser: Browser, dist: Path) -> Iterator[tuple[BrowserContext, Site, list[str]]]:
    """As `visited`, for the tests that leave it as it was."""
    errors: list[str] = []
    with visited(browser, dist, errors) as (context, site):
        yield context, site, errors


@pytest.fixture
def seen(
    once: tuple[BrowserContext, Site, list[str]],
) -> Iterator[tuple[BrowserContext, Site]]:
    context, site, errors = once
    yield context, site
    site.silent.clear()
    for page in context.pages:
        page.close()
    found, errors[:] = [error for error in errors if NETWORK_ERRORS not in error], []
    assert found == []


@pytest.fixture
def another(
    browser: Browser, dist: Path, tmp_path: Path
) -> Iterator[tuple[BrowserContext, Site, Path]]:
    """As `visited`, of a copy of the site that a test may change."""
    folder = Path(shutil.copytree(dist, tmp_path / "site"))
    with ExitStack() as stack:
        context, site = stack.enter_context(visited(browser, folder, []))
        yield context, site, folder


def ready(page: Page) -> None:
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)


def test_no_file_comes_twice_for_being_kept(seen: tuple[BrowserContext, Site]) -> None:
    _, site = seen
    hashed = [path for path in site.requested if "/runtime/" in path or "/assets/" in path]
    assert len(hashed) > 10
    twice = [path for path, times in Counter(hashed).items() if times > 1]
    # The browser's own cache lies in memory here, and takes nothing as large as Python itself.
    assert [path for path in twice if not path.endswith(".wasm") and "/snapshot-" not in path] == []


def test_without_a_network_every_page_opens_and_python_runs(
    seen: tuple[BrowserContext, Site],
) -> None:
    context, site = seen
    site.silent.set()
    page = context.new_page()
    page.goto(site.url("play/?utm_source=chat"))
    ready(page)
    assert (
        write_and_run(only_cell(page), "import torch\nprint(torch.ones(2).sum())") == "tensor(2.)\n"
    )
    # Read in this browser for the first time.
    page.goto(site.url("examples/xor"))
    assert page.url == site.url("examples/xor/")
    ready(page)
    run(page.locator("py-cell").first)
    assert output_of(page.locator("py-cell").first)
    page.goto(site.url(""))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.styleSheets.length") == 1


def test_a_damaged_script_is_fetched_again(seen: tuple[BrowserContext, Site]) -> None:
    context, site = seen
    page = context.new_page()
    page.goto(site.url("play/"))
    assert page.evaluate(DAMAGE, "assets/main-") == 2, "a script and a style sheet"
    page.reload()
    ready(page)
    # What came is kept: it is right also without a network.
    site.silent.set()
    page.reload()
    ready(page)


def test_a_damaged_file_of_python_is_fetched_again(seen: tuple[BrowserContext, Site]) -> None:
    context, site = seen
    page = context.new_page()
    page.goto(site.url("licences/"))
    assert page.evaluate(DAMAGE, "runtime/snapshot-") == 1
    page.goto(site.url("play/"))
    ready(page)
    # What came is kept: it is right also without a network.
    site.silent.set()
    page.reload()
    ready(page)


def publish(folder: Path, script: bytes, words: str) -> None:
    """Put a build into the folder whose lesson has other words, and its service worker."""
    lesson = folder / "index.html"
    page = lesson.read_bytes().replace(b"Understanding backpropagation", words.encode())
    kept = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.name == "index.html" or path.parent.name in ("assets", "runtime")
    }
    bundled = folder / "bundled.js"
    bundled.write_bytes(script)
    (folder / SERVICE_WORKER).write_bytes(service_worker(bundled, kept | {"index.html": page}))
    lesson.write_bytes(page)


def test_a_new_version_takes_over_whole_when_one_says_so(
    another: tuple[BrowserContext, Site, Path],
) -> None:
    context, site, folder = another
    script = (folder / SERVICE_WORKER).read_bytes().partition(b"\n")[2]
    page = context.new_page()
    page.goto(site.url(""))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Understanding backpropagation")

    publish(folder, script, "A new heading")
    page.reload()
    expect(heading).to_have_text("Understanding backpropagation")
    ready(page)
    expect(page.get_by_text("There is a new version of this site.")).to_be_visible()
    # Another tab shows what this one shows until then.
    other = context.new_page()
    other.goto(site.url(""))
    expect(other.get_by_role("heading", level=1)).to_have_text("Understanding backpropagation")
    other.close()
    page.get_by_role("button", name="Load it").click()
    expect(heading).to_have_text("A new heading")

    # A host that is half-way through: the worker is new, and the page is not yet.
    publish(folder, script, "")
    (folder / "index.html").write_bytes(b"<!doctype html><title>Something else</title>")
    page.reload()
    expect(heading).to_have_text("A new heading")
    state = """async () => {
        const registration = await navigator.serviceWorker.ready;
        await registration.update().catch(() => null);
        const settled = (worker) => worker === null || worker.state === 'redundant';
        const { installing } = registration;
        while (!settled(installing)) await new Promise((done) => setTimeout(done, 50));
        return [registration.waiting, (await caches.keys()).length];
    }"""
    assert page.evaluate(state) == [None, 2], "the build that is shown and the one before it"


def test_a_site_that_has_gone_leaves_the_browser(
    another: tuple[BrowserContext, Site, Path],
) -> None:
    context, site, folder = another
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "index.html").write_text("<!doctype html><h1>Another project</h1>")
    page = context.new_page()
    page.goto(site.url(""))
    page.wait_for_function("async () => (await caches.keys()).length === 0")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Another project")


def test_who_saves_data_keeps_nothing(browser: Browser, site: Site) -> None:
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    )
    page = context.new_page()
    page.goto(site.url("play/"))
    ready(page)
    assert page.evaluate("navigator.serviceWorker.getRegistration()") is None
    context.close()
