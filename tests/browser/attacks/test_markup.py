"""Markup that a stranger's code shows: it asks no server for anything, and never stops the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from tests.browser.cells import Site, only_cell, output
from tests.browser.forged import open_forged, run_forged

#: The cell's code is a list of bundles, as JSON, which are shown one after the other.
SHOW = "for (const bundle of JSON.parse(code)) send({ type: 'display', bundle });"

PRESENTATION = [
    "fill",
    "stroke",
    "mask",
    "clip-path",
    "filter",
    "marker",
    "marker-start",
    "marker-mid",
    "marker-end",
    "cursor",
    "mask-image",
    "background",
    "style",
    "list-style-image",
    "content",
    "shape-inside",
    "offset-path",
    "color-profile",
    "href",
    "xlink:href",
    "src",
    "d",
    "points",
    "transform",
    "font-family",
    "begin",
    "from",
    "to",
    "by",
    "values",
]
#: URL is an address of the listener, or of the site itself.
ADDRESSES = [
    "url(URL/a?data#x)",
    "url('URL/b#x') red",
    "url(URL/c)",
    "URL/d",
    "u\\72l(URL/e#x)",
    "\\75rl(URL/f#x)",
    "image-set(url(URL/g) 1x)",
    "image-set('URL/h' 1x)",
    "-webkit-cross-fade(url(URL/i), url(URL/j), 50%)",
    "src('URL/k')",
    "url(#own) url(URL/l#x)",
    "fill: url(URL/m#x); mask: url(URL/n#x); cursor: url(URL/o), auto",
]
SVG = [
    "<script>document.title='taken'</script>",
    "<g onclick=\"document.title='taken'\" onload='document.title=1'><rect width='9' height='9'/></g>",
    '<image href="URL/p"/><image xlink:href="URL/q"/>',
    '<filter id="f"><feImage href="URL/r"/></filter><rect filter="url(#f)" width="9" height="9"/>',
    '<style>@import url("URL/s"); rect { fill: url(URL/t#x) } body { display: none }</style><rect/>',
    '<a href="URL/u" xlink:href="javascript:document.title=1"><text>x</text></a>',
    '<use href="URL/v#x"/><mpath href="URL/w#x"/><textPath href="URL/x#x">t</textPath>',
    '<foreignObject><img src="URL/y" onerror="document.title=1"/><iframe src="URL/z"/></foreignObject>',
    '<rect width="9" height="9"><set attributeName="fill" to="url(URL/aa#x)"/></rect>',
    '<rect><animate attributeName="mask" values="url(URL/ab#x);url(URL/ac#x)" dur="1s"/></rect>',
    '<linearGradient id="own" href="URL/ad#x"/><rect fill="url(#own)" width="9" height="9"/>',
    '<pattern id="p" href="URL/ae#x"/><rect fill="url(#p)" width="9" height="9"/>',
    '<font-face-src><font-face-uri href="URL/af"/></font-face-src><audio src="URL/ag"/>',
]
HTML = [
    '<img src="URL/a" srcset="URL/b 2x" onerror="document.title=1">',
    '<iframe src="URL/c" srcdoc="<img src=URL/d>"></iframe><embed src="URL/e"><object data="URL/f">',
    '<form action="URL/g"><button autofocus onfocus="document.title=1">x</button></form>',
    '<meta http-equiv="refresh" content="0;url=URL/h"><base href="URL/i"><link rel=stylesheet href="URL/j">',
    '<div style="background: url(URL/k)"><table background="URL/l"><td background="URL/m">x</table></div>',
    '<video poster="URL/n" src="URL/o"><source src="URL/p"><track src="URL/q"></video><audio src="URL/r">',
    '<input type=image src="URL/s"><svg><image href="URL/t"/><script>document.title=1</script></svg>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=URL/u onerror=document.title=1>">',
    '<noscript><p title="</noscript><img src=URL/v onerror=document.title=1>"></noscript>',
    '<link rel=preload as=image href="URL/w"><link rel=dns-prefetch href="URL/x"><body background="URL/y">',
    '<blockquote cite="URL/z"><q cite="URL/aa">x</q></blockquote><a ping="URL/ab" href="URL/ac">x</a>',
    '<template shadowrootmode=open><img src="URL/ad"></template><marquee onstart="document.title=1">x',
]


@pytest.fixture
def forged(page: Page, site: Site) -> Page:
    """The page, in whose sandbox nothing runs but what shows bundles."""
    return open_forged(page, site, SHOW)


def show(page: Page, kind: str, *markups: str) -> Locator:
    """Show markup as a program does; return the output."""
    mime = {"svg": "image/svg+xml", "html": "text/html"}[kind]
    return output(run_forged(page, json.dumps([{mime: markup} for markup in markups])))


@pytest.mark.console_errors
def test_nothing_that_is_drawn_asks_a_server(
    forged: Page, site: Site, listener: tuple[str, list[str]]
) -> None:
    url, hits = listener
    hits.clear()
    title, address = forged.title(), forged.url
    attributes = [
        f'<rect width="9" height="9" {name}="{value}"/><path d="M0 0L9 9" {name}="{value}"/>'
        for name in PRESENTATION
        for value in ADDRESSES
    ]
    for kind, attacks in {"svg": [*SVG, "".join(attributes)], "html": HTML}.items():
        for base in (url, site.origin + site.sub_path + "reached", "/reached", "reached"):
            site.requested.clear()
            drawn = [
                each.replace("URL", base) if kind == "html" else f"<svg>{each}</svg>"
                for each in attacks
            ]
            shown = show(forged, kind, *(each.replace("URL", base) for each in drawn))
            expect(shown.locator(".py-rich")).to_have_count(len(attacks))
            # Everything that was drawn can be clicked; nothing of it leads anywhere.
            for each in shown.locator(".py-rich").all():
                each.click(force=True, position={"x": 2, "y": 2})
            forged.screenshot()
            assert site.requested == []
    left = forged.evaluate(
        """() => [...document.querySelectorAll('.py-rich')].flatMap((host) =>
          [...host.shadowRoot.querySelectorAll('*')].flatMap((element) => [
            ...(/^(script|style|image|feimage|use|a|foreignobject|set|iframe|img|form|meta|base|link)$/i
              .test(element.localName) ? [element.localName] : []),
            ...element.getAttributeNames().filter((name) => /^on|href|style|src/.test(name)),
          ]))"""
    )
    assert left == []
    assert hits == []
    assert (forged.title(), forged.url) == (title, address)


#: Some kilobytes, of which a browser would make thousands of elements, or draw millions.
MULTIPLYING = {
    "mis-nested formatting": ("html", "<b x=1>" * 350 + "<p>" * 350),
    "formatting in tables": ("html", "<table><tr><td><b><i>" * 200),
    "patterns in patterns": (
        "svg",
        "<svg>"
        + "".join(
            f'<pattern id="p{n}" width=".1" height=".1">'
            + f'<rect fill="url(#p{n + 1})" width="9" height="9"/>' * 9
            + "</pattern>"
            for n in range(9)
        )
        + '<rect fill="url(#p0)" width="9" height="9"/></svg>',
    ),
    "masks in masks": ("svg", "<svg>" + '<mask id="m"><g mask="url(#m)">' * 20 + "</svg>"),
    "uses of uses": (
        "svg",
        "<svg>"
        + "".join(f'<g id="g{n}">' + f'<use href="#g{n + 1}"/>' * 9 + "</g>" for n in range(9))
        + "</svg>",
    ),
    "columns": ("html", "<table><tr>" + "<td colspan=1000>x" * 900),
    "unclosed comments": ("html", "<!--" * 100_000),
    "unclosed styles": ("svg", "<style" * 60_000),
    "unclosed attributes": ("html", "<p a='" * 60_000),
}


@pytest.mark.parametrize(("kind", "markup"), MULTIPLYING.values(), ids=MULTIPLYING.keys())
def test_a_little_markup_stays_little(page: Page, site: Site, kind: str, markup: str) -> None:
    mime = {"svg": "image/svg+xml", "html": "text/html"}[kind]
    program = f"send({{ type: 'display', bundle: {{ '{mime}': {json.dumps(markup)} }} }});"
    shown = output(run_forged(open_forged(page, site, program), "x"))
    nodes = page.evaluate(
        """() => [...document.querySelectorAll('.py-rich')]
          .reduce((sum, { shadowRoot }) => sum + shadowRoot.querySelectorAll('*').length, 0)"""
    )
    assert nodes <= 2_000
    columns = shown.locator("td").evaluate_all(
        "all => all.reduce((sum, td) => sum + td.colSpan, 0)"
    )
    assert columns <= 4_000


def saved(download: Download) -> str:
    return Path(download.path()).read_text(encoding="utf-8")


def test_a_saved_drawing_is_what_was_shown(forged: Page) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" class="backprop-diagram" viewBox="0 0 9 9" '
        'onload="alert(1)"><script>alert(1)</script><title>A circle</title>'
        '<image href="https://elsewhere.invalid/"/><circle r="3" fill="url(/here#x)" '
        'data-node="n" data-facts="n" onclick="alert(1)"/></svg>'
    )
    shown = show(forged, "svg", drawing)
    shown.locator("circle").click(force=True)
    with forged.expect_download() as download:
        shown.get_by_role("button", name="Save as SVG").click()
    text = saved(download.value)
    assert download.value.suggested_filename == "a-circle.svg"
    assert '<circle r="3"' in text
    for word in ("script", "onload", "onclick", "elsewhere", "/here", "is-selected"):
        assert word not in text


@pytest.mark.parametrize("kind", ["svg", "html"])
def test_what_is_not_drawn_is_saved_as_text(page: Page, site: Site, kind: str) -> None:
    mime = {"svg": "image/svg+xml", "html": "text/html"}[kind]
    program = (
        f"send({{type: 'display', bundle: {{'{mime}': '<svg><script>x</script>'.repeat(9000)}}}});"
    )
    shown = output(run_forged(open_forged(page, site, program), "x"))
    expect(shown).to_contain_text("too large to draw here")
    with page.expect_download() as download:
        shown.get_by_role("link", name="Download it as text").click()
    assert download.value.suggested_filename == "output.txt"


def test_forged_floods_are_bounded(page: Page, site: Site) -> None:
    flood = """
      for (let n = 0; n < 900; n++) send({ type: 'input', prompt: `question ${n}` });
      const control = { kind: 'switch', value: true, first: true };
      for (let n = 0; n < 900; n++) send({ type: 'control', control: { ...control, label: `${n}` } });
      const traceback = 'z '.repeat(1_900_000);
      for (let n = 0; n < 5; n++) send({ type: 'error', name: 'E', message: '', traceback });
      send({ type: 'display', bundle: { 'text/plain': traceback } });
      send({ type: 'stdout', text: 'the end' });
      await answer();
    """
    open_forged(page, site, flood)
    only = only_cell(page)
    only.get_by_role("button", name="Run").click()
    expect(output(only)).to_contain_text("the end")
    expect(only.locator(".py-input")).to_have_count(1)
    expect(only.locator(".py-control")).to_have_count(100)
    expect(only.locator(".py-error")).to_have_count(3)
    assert len(output(only).text_content() or "") < 500_000
    only.get_by_role("button", name="Answer").click()
    expect(only).to_have_attribute("data-state", "done")
