"""A program in the built site, in a real Chromium."""

from __future__ import annotations

import threading

from playground.bench.browser import FLAGS, built_site, chromium, playwright
from playground.errors import PlaygroundError
from playground.project import find_project
from playground.serve.handler import SiteServer


def run_in_page(code: str) -> str:
    """Run `code` on the page `play/` and return what it printed.

    Raises:
        PlaygroundError: Playwright or Chromium is missing, there is no built site, or `code` has failed.
    """
    folder, path = built_site(find_project()), chromium()
    with SiteServer(folder, 0) as server, playwright() as driver:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
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
