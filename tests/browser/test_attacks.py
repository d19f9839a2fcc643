"""A stranger's code tries to reach the page, its storage and the network: it reaches nothing."""

from __future__ import annotations

import http.server
import json
import re
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cells import READY, Site, only_cell, output, output_of, write, write_and_run


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server that welcomes everybody, and its list of who came."""
    hits: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Type", "text/javascript")
            self.end_headers()

        do_POST = do_HEAD = do_OPTIONS = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_address[1]}", hits
        httpd.shutdown()


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


SVG_ATTACKS = {
    "script": "<svg><script>document.title='taken'</script></svg>",
    "onload": "<svg onload=\"document.title='taken'\"><g onclick=\"document.title='taken'\"/></svg>",
    "image": '<svg><image href="URL/i"/><image xlink:href="URL/j"/></svg>',
    "feImage": '<svg><filter id="f"><feImage href="URL/f"/></filter><rect filter="url(#f)" width="9" height="9"/></svg>',
    "import": '<svg><style>@import url("URL/c"); body { display: none }</style></svg>',
    "style": '<svg><rect style="background: url(URL/b); fill: url(URL/s)" width="9" height="9"/></svg>',
    "fill": '<svg><rect fill="url(URL/p)" width="9" height="9"/></svg>',
    "link": '<svg><a href="URL/a" xlink:href="javascript:document.title=1"><text>x</text></a></svg>',
    "use": '<svg><use href="URL/u#x"/></svg>',
    "foreignObject": '<svg><foreignObject><img src="URL/fo" onerror="document.title=1"/><iframe src="URL/if"/></foreignObject></svg>',
    "set": '<svg><rect width="9" height="9"><set attributeName="href" to="URL/set"/></rect></svg>',
}
HTML_ATTACKS = {
    "img": '<img src="URL/i" onerror="document.title=1">',
    "iframe": '<iframe src="URL/f"></iframe>',
    "form": '<form action="URL/p"><button autofocus onfocus="document.title=1">x</button></form>',
    "meta": '<meta http-equiv="refresh" content="0;url=URL/m">',
    "base": '<base href="URL/"><link rel="stylesheet" href="URL/l">',
    "svg in html": '<div><svg><script>document.title=1</script><image href="URL/s"/></svg></div>',
    "mutation": '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=URL/mx onerror=document.title=1>">',
}


@pytest.mark.console_errors
@pytest.mark.parametrize("kind", ["svg", "html"])
def test_drawn_markup_is_harmless(
    play: Page, site: Site, listener: tuple[str, list[str]], kind: str
) -> None:
    url, hits = listener
    hits.clear()
    title, address = play.title(), play.url
    attacks = SVG_ATTACKS if kind == "svg" else HTML_ATTACKS
    markups = json.dumps([each.replace("URL", url) for each in attacks.values()])
    only = only_cell(play)
    site.requested.clear()
    write_and_run(
        only,
        f"class Attack:\n    def __init__(self, markup): self.markup = markup\n"
        f"    def _repr_{kind}_(self): return self.markup\n"
        f"for markup in {markups}:\n    display(Attack(markup))\nprint('drawn')",
    )
    expect(output(only).locator(".py-rich")).to_have_count(len(attacks))
    # Everything that was drawn could be clicked; nothing of it leads anywhere.
    for each in output(only).locator(".py-rich").all():
        each.click(force=True, position={"x": 2, "y": 2}, trial=False)
    left = play.evaluate(
        """() => [...document.querySelectorAll('.py-rich')].flatMap((host) =>
          [...host.shadowRoot.querySelectorAll('*')].flatMap((element) => [
            ...(/^(script|style|image|feimage|use|a|foreignobject|set|iframe|img|form|meta|base|link)$/i
              .test(element.localName) ? [element.localName] : []),
            ...element.getAttributeNames().filter((name) => /^on|href|style|src/.test(name)),
          ]))"""
    )
    assert left == []
    assert hits == []
    assert (play.title(), play.url) == (title, address)
    assert write_and_run(only, "print('still here')") == "still here\n"


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
