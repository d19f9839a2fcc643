"""A page whose sandbox holds no Python, but a few lines of JavaScript that send what a test wants sent.

It starts at once, and sends what Python could be made to send by a program that reaches past the session.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.cells import READY, Site, only_cell, write

#: The worker's script: `program` is what Run runs, with the cell's code as its argument.
_WORKER = """
addEventListener('message', ({ data: { port } }) => {
  const post = (message) => port.postMessage(message);
  let run = 0;
  const send = (message) => post({ run, ...message });
  const answers = [];
  port.onmessage = async ({ data: command }) => {
    if (command.type === 'answer') answers.shift()?.(command.text);
    if (command.type === 'stop') send({ type: 'done', status: 'stopped' });
    if (command.type !== 'run') return;
    run = command.run;
    send({ type: 'begun' });
    await program(command.source, send, () => new Promise((resolve) => answers.push(resolve)));
    send({ type: 'done', status: 'ok' });
  };
  post({ type: 'ready', stackSwitching: true, python: '3.13.0' });
}, { once: true });
async function program(code, send, answer) { PROGRAM }
"""


def open_forged(page: Page, site: Site, program: str, address: str = "play/") -> Page:
    """Open a page in whose sandbox this JavaScript is what runs: see `_WORKER` for what it is given."""
    worker = _WORKER.replace("PROGRAM", program)
    described = page.request.get(site.url(address)).text()
    found = re.search(r'id="playground-assets">(.*?)</script>', described)
    assert found is not None
    assets: dict[str, Any] = json.loads(found[1])
    for name, file in assets["files"].items():
        body = worker if name == "worker.js" else ""
        file["bytes"] = len(body.encode())
        file["sha256"] = hashlib.sha256(body.encode()).hexdigest()
        file["url"] = f"{file['url']}?forged"
        page.route(f"**/{file['url'].split('/')[-1]}", _answer_with(body))
    document = described.replace(found[1], json.dumps(assets))
    page.route(site.url(address), _answer_with(document, "text/html"))
    page.goto(site.url(address))
    expect(page.get_by_role("status")).to_have_text(READY)
    return page


def _answer_with(body: str, content_type: str = "text/javascript") -> Any:
    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type=content_type)

    return answer


def run_forged(page: Page, code: str = "", state: str = "done", timeout: float = 30_000) -> Locator:
    """Run what was forged, with this code in the cell, to its end; return the cell."""
    only = only_cell(page)
    write(only, code)
    only.get_by_role("button", name="Run").click()
    expect(only).to_have_attribute("data-state", state, timeout=timeout)
    return only
