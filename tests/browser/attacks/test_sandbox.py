"""A stranger's code tries to reach the page, its storage and the network: it reaches nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cells import READY, Site, only_cell, output, output_of, write, write_and_run

#: Each tries one way out and prints what it got; URL is the listener's address, SITE the page's.
NETWORK = {
    "fetch": "import js\nawait js.fetch('URL')",
    "real fetch": "import js\nawait js.Object.getPrototypeOf(js.self).constructor.prototype.fetch('URL')",
    "fetch of the site": "import js\nawait js.fetch('SITE')",
    "open_url": "from pyodide.http import open_url\nopen_url('URL')",
    "pyfetch": "from pyodide.http import pyfetch\nawait pyfetch('URL')",
    "XMLHttpRequest": "import js\nx = js.XMLHttpRequest.new()\nx.open('GET', 'URL', False)\nx.send()",
    "importScripts": "import js\njs.importScripts('URL/x.js')",
    "import": "import js\nawait js.eval(\"import('URL/x.js')\")",
    "new Function": 'import js\njs.Function.new("return 1")()',
    "WebSocket": "import js\nw = js.WebSocket.new('URL'.replace('http', 'ws'))\nawait js.Promise.new(lambda r, j: setattr(w, 'onopen', r) or setattr(w, 'onerror', j))",
    "EventSource": "import js\ne = js.EventSource.new('URL')\nawait js.Promise.new(lambda r, j: setattr(e, 'onopen', r) or setattr(e, 'onerror', j))",
    "nested worker": "import js\nw = js.Worker.new('URL/x.js')\nawait js.Promise.new(lambda r, j: setattr(w, 'onmessage', r) or setattr(w, 'onerror', j))",
    "sendBeacon": "import js\njs.navigator.sendBeacon('URL', 'x')",
    "urllib": "import urllib.request\nurllib.request.urlopen('URL')",
    "socket": "import socket\ns = socket.create_connection(('127.0.0.1', int('URL'.split(':')[-1])), 1)\ns.sendall(b'GET / HTTP/1.0\\r\\n\\r\\n')\ns.recv(1)[0]",
    "indexedDB": "import js\njs.indexedDB.open('x')",
    "caches": "import js\nawait js.caches.open('x')",
    "OPFS": "import js\nawait js.navigator.storage.getDirectory()",
    "localStorage": "import js\njs.localStorage.setItem('x', 'y')",
    "document": "import js\njs.document.title = 'taken'",
    "parent": "import js\njs.parent.document.title = 'taken'",
    "BroadcastChannel": "import js\nraise SystemExit(js.BroadcastChannel.new('x') and 1)",
}


ATTEMPT = """\
import asyncio
async def attempt():
    {}
    return 'through'
try:
    print(await asyncio.wait_for(attempt(), 2))
except BaseException as error:
    print('stopped:', type(error).__name__)
"""


@pytest.mark.console_errors
def test_no_way_out(play: Page, site: Site, listener: tuple[str, list[str]]) -> None:
    url, hits = listener
    hits.clear()
    site.requested.clear()
    title = play.title()
    got_through = []
    for way, code in NETWORK.items():
        code = code.replace("URL", url).replace("SITE", site.url("")).replace("\n", "\n    ")
        text = write_and_run(only_cell(play), ATTEMPT.format(code))
        if "stopped:" not in text or "through" in text:
            got_through.append(way)
    assert got_through == []
    assert hits == []
    assert site.requested == []
    assert play.title() == title
    assert play.evaluate("() => Object.keys(localStorage).filter((key) => key === 'x')") == []


def test_a_forged_message_harms_nobody(kept_play: Page) -> None:
    only = only_cell(kept_play)
    code = """
import js
from pyodide.ffi import to_js
def forge(**fields):
    js.postMessage(to_js(fields, dict_converter=js.Object.fromEntries))
forge(type='lost', message='<img src=x>')
forge(type='done', run=1, status='ok')
forge(type='failed', message='forged')
forge(type='display', run=1, bundle='nothing')
print('<b>text</b> stays text')
"""
    assert write_and_run(only, code) == "<b>text</b> stays text\n"
    expect(output(only).locator("b")).to_have_count(0)
    expect(kept_play.get_by_role("status")).to_have_text(READY)


#: Takes the port to the page away from the worker, and answers whatever the page asks by `FORGED`.
FORGER = """\
import js, torch
from pyodide.ffi import create_proxy, to_js
from backprop import viz
if not hasattr(js, "send"):
    js.send = js.MessagePort.prototype.postMessage

def forge(port, message, *rest):
    if getattr(message, "type", None) != "answered":
        return js.send.call(port, message, *rest)
    js.forgeries += 1
    answers = FORGED + [{"id": id, "data": "null"} for id in range(1000)]
    for each in answers:
        answer = {"type": "answered", "id": message.id, **each}
        js.send.call(port, to_js(answer, dict_converter=js.Object.fromEntries))

js.MessagePort.prototype.postMessage = create_proxy(forge, capture_this=True)
w = torch.tensor(0.9, requires_grad=True)
x = torch.tensor(1.0)
for step in range(30):
    x = torch.tanh(x * w) + 0.1
print(js.forgeries, "forged")
viz.graph(x, most=8)
"""
FORGED = {
    "no JSON": """[{"data": "{"}]""",
    "another shape": """[{"data": "[1, 2]"}, {"data": "3"}]""",
    "markup": """[{"data": '{"image/svg+xml": "<svg><script>document.title=1</script></svg>"}'}]""",
    "a huge one": """[{"data": "[" + "1," * 5_000_000 + "1]"}, {"error": "none"}]""",
    "a deep one": """[{"data": "[" * 1_000_000}]""",
    "objects": """[{"data": {"a": 1}}, {"error": {}}, {"id": "x", "data": "1"}, {"id": -1, "data": "1"}]""",
    "an error": """[{"error": "<img src=x onerror=alert(1)>" * 10_000}]""",
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED.keys())
def test_a_forged_answer_harms_nobody(kept_play: Page, forged: str) -> None:
    only, title = only_cell(kept_play), kept_play.title()
    write_and_run(only, "import js\njs.forgeries = 0")
    assert write_and_run(only, FORGER.replace("FORGED", forged)) == "0 forged\n"
    output(only).locator("[data-state=folded]").first.click()
    # What cannot be opened is run again, or the page says that it cannot be drawn.
    expect(output(only)).to_contain_text(re.compile("1 forged|too large to be drawn"))
    expect(only).to_have_attribute("data-state", "done")
    assert kept_play.title() == title
    expect(output(only).locator("img")).to_have_count(0)
    assert write_and_run(only, "print('still here')") == "still here\n"


def test_the_sandbox_has_an_origin_of_its_own(play: Page) -> None:
    text = write_and_run(only_cell(play), "import js\nprint(js.location.origin, js.origin)")
    assert text.split()[-1] == "null"
    frame = play.locator("iframe")
    expect(frame).to_have_attribute("sandbox", "allow-scripts")


def test_a_traceback_is_text(play: Page) -> None:
    only = only_cell(play)
    write(only, "raise ValueError('<img src=x onerror=alert(1)>')")
    only.get_by_role("button", name="Run").click()
    expect(only).to_have_attribute("data-state", "error")
    assert "<img src=x onerror=alert(1)>" in output_of(only)
    expect(output(only).locator("img")).to_have_count(0)


@pytest.mark.python_withheld
@pytest.mark.console_errors
def test_the_page_runs_no_inline_script(page: Page, site: Site) -> None:
    page.goto(site.url(""))
    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = "document.title = 'taken'";
          document.body.append(script);
        }"""
    )
    assert page.title() != "taken"
