"""A program in the built site, in a real Chromium."""

from __future__ import annotations

import os
import shutil
import threading

from playground.errors import PlaygroundError
from playground.project import find_project
from playground.serve.handler import SiteServer


def run_in_page(code: str) -> str:
    """Run `code` on the page `play/` and return what it printed.

    Raises:
        PlaygroundError: Playwright or Chromium is missing, there is no built site, or `code` has failed.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        raise PlaygroundError(
            "--page needs Playwright. `make test` installs it, as does "
            "`pip install -r requirements/test.txt`"
        ) from None
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        raise PlaygroundError("--page needs Chromium on the PATH, or its path in CHROMIUM")
    folder = find_project().root / "dist"
    if not (folder / "play" / "index.html").exists():
        raise PlaygroundError(f"there is no built site in {folder}. Run `make build` first")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with SiteServer(folder, 0) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"http://localhost:{server.server_port}/play/")
        page.get_by_role("status").filter(has_text="Python is ready").wait_for(timeout=60_000)
        page.get_by_role("textbox", name="Code").click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(code)
        page.get_by_role("button", name="Run").click()
        page.locator("py-cell:is([data-state=done], [data-state=error])").wait_for(timeout=300_000)
        failed = page.locator("py-cell[data-state=error]").count() > 0
        text = "".join(page.locator("pre.py-text").all_text_contents())
        browser.close()
        server.shutdown()
    if failed:
        raise PlaygroundError(f"the program failed in the page:\n{text}")
    return text
