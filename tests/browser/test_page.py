"""Editing, keeping, sharing and reading: the page around the runtime."""

from __future__ import annotations

import base64
import json
import re
import zlib
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.cells import (
    READY,
    Site,
    cell,
    code_of,
    only_cell,
    output,
    output_of,
    run,
    withhold_python,
    write,
)

FIRST = "The first gradient"


def link(site: Site, code: str, version: int = 1, **more: Any) -> str:
    """A link as Share makes it, made here from the format's description."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(json.dumps({"code": code, **more}).encode()) + packer.flush()
    payload = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return site.url(f"play/#{version}.{payload}")


@pytest.mark.python_withheld
def test_reset_brings_the_original_back_and_can_be_undone(page: Page, site: Site) -> None:
    page.goto(site.url(""))
    first = cell(page, FIRST)
    original = code_of(first)
    expect(first.get_by_role("button", name="Reset")).to_be_disabled()
    write(first, "print('mine')")
    first.get_by_role("button", name="Reset").click()
    assert code_of(first) == original
    first.get_by_role("button", name="Undo reset").click()
    assert code_of(first) == "print('mine')"
    first.get_by_role("button", name="Reset").click()
    first.get_by_role("textbox", name="Code").press("ControlOrMeta+z")
    assert code_of(first) == "print('mine')"


@pytest.mark.python_withheld
def test_edits_survive_a_reload(page: Page, site: Site) -> None:
    page.goto(site.url(""))
    write(cell(page, FIRST), "print('kept')")
    page.reload()
    assert code_of(cell(page, FIRST)) == "print('kept')"
    cell(page, FIRST).get_by_role("button", name="Reset").click()
    page.reload()
    assert "nn.Sequential" in code_of(cell(page, FIRST))


@pytest.mark.python_withheld
def test_an_edit_of_an_older_original_offers_both(page: Page, site: Site) -> None:
    page.goto(site.url(""))
    write(cell(page, FIRST), "print('old')")
    page.evaluate(
        """() => {
          const key = Object.keys(localStorage).find((each) => each.includes('first-gradient'));
          const draft = JSON.parse(localStorage.getItem(key));
          localStorage.setItem(key, JSON.stringify({ ...draft, original: '00000000' }));
        }"""
    )
    page.reload()
    first = cell(page, FIRST)
    assert code_of(first) == "print('old')"
    expect(first).to_contain_text("This example has changed since you edited it")
    first.get_by_role("button", name="Use the new one").click()
    assert "nn.Sequential" in code_of(first)
    first.get_by_role("textbox", name="Code").press("ControlOrMeta+z")
    assert code_of(first) == "print('old')"


def test_without_storage_the_page_works_and_says_so(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    withhold_python(page)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('forbidden'); }})"
    )
    page.goto(site.url(""))
    write(cell(page, FIRST), "print(1)")
    expect(cell(page, FIRST)).to_contain_text("cannot be kept in this browser")
    page.close()


def test_a_cell_is_shared_with_the_cells_it_needs(page: Page, site: Site) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site.url(""))
    second = cell(page, "Forward, loss, backward, update")
    second.get_by_role("button", name="Share").click()
    expect(second).to_contain_text("The link is on the clipboard")
    page.goto(page.evaluate("() => navigator.clipboard.readText()"))
    expect(page.get_by_text("This code came from a link")).to_be_visible()
    assert "new loss 7.7141" in run(only_cell(page), timeout=60_000)


def test_without_a_clipboard_the_link_can_be_copied_by_hand(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    withhold_python(page)
    page.add_init_script("delete Navigator.prototype.clipboard")
    page.goto(site.url("play/"))
    write(only_cell(page), "print(1)")
    only_cell(page).get_by_role("button", name="Share").click()
    expect(page.get_by_label("Link to this code")).to_have_value(re.compile(r"/play/#2\."))
    page.close()


@pytest.mark.python_withheld
@pytest.mark.parametrize(
    "code",
    [
        "print('héllo 🎉 ' + '中文')  # \u202eשלום",
        "x = '" + "ab" * 10 + "'\n\n\n\tprint(x)\n",
        "#" + "é" * 50_000,
    ],
    ids=["unicode", "white space", "50 kB"],
)
def test_code_survives_the_round_trip(page: Page, site: Site, code: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(link(site, code))
    expect(page.get_by_text("This code came from a link")).to_be_visible()
    only_cell(page).get_by_role("button", name="Share").click()
    expect(only_cell(page)).to_contain_text("The link is on the clipboard")
    again = (
        page.evaluate("() => navigator.clipboard.readText()").partition("#2.")[2].partition(".")[2]
    )
    packed = base64.urlsafe_b64decode(again + "=" * (-len(again) % 4))
    assert json.loads(zlib.decompress(packed, -15))["code"].rstrip("\n") == code.rstrip("\n")


@pytest.mark.python_withheld
def test_what_is_pasted_is_put_right_and_one_undo_brings_it_back(page: Page, site: Site) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site.url("play/"))
    pasted = ">>> for i in range(2):\n...     print(i)\n0\n1\n"
    page.evaluate("(text) => navigator.clipboard.writeText(text)", pasted)
    only = only_cell(page)
    only.get_by_role("textbox", name="Code").click()
    page.keyboard.press("Control+v")
    expect(only).to_contain_text("Put right in what you pasted: prompts")
    assert code_of(only).rstrip() == "for i in range(2):\n    print(i)"
    page.keyboard.press("Control+z")
    assert code_of(only).rstrip() == pasted.rstrip()
    expect(only).not_to_contain_text("Put right")
    page.keyboard.press("Control+z")
    expect(only.get_by_text("Write Python here")).to_be_visible()
    # Within a line it is a part of something else.
    page.keyboard.insert_text("text = ")
    page.keyboard.press("Control+v")
    assert code_of(only).startswith("text = >>> for")


@pytest.mark.python_withheld
def test_a_link_opens_as_it_comes_out_of_a_chat(page: Page, site: Site) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    first = link(site, "print('first')")
    page.goto(first)
    only_cell(page).get_by_role("button", name="Share").click()
    expect(only_cell(page)).to_contain_text("The link is on the clipboard")
    second = page.evaluate("() => navigator.clipboard.readText()")
    assert second != first
    for address in (first, second):
        for behind in (".", "_", "?utm_source=x", "\u200b"):
            page.goto(site.url("play/#"))
            page.goto(address + behind)
            expect(page.get_by_text("This code came from a link")).to_be_visible()
            assert code_of(only_cell(page)) == "print('first')", behind
    # What is changed is kept with the link, whatever stands behind it.
    write(only_cell(page), "print('changed')")
    page.goto(site.url("play/#"))
    page.goto(second + ".")
    expect(page.get_by_text("This code came from a link")).to_be_visible()
    assert code_of(only_cell(page)) == "print('changed')"
    page.goto(second[:-20])
    expect(page.get_by_role("alert")).to_contain_text("of it is missing")


@pytest.mark.python_withheld
def test_a_long_link_comes_with_a_warning_and_a_file(page: Page, site: Site) -> None:
    import random

    noise = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=5000))
    page.goto(link(site, f"print('{noise}')"))
    expect(page.get_by_text("This code came from a link")).to_be_visible()
    only_cell(page).get_by_role("button", name="Share").click()
    expect(only_cell(page)).to_contain_text("some chats cut long links")
    with page.expect_download() as download:
        only_cell(page).get_by_role("button", name="Download as a file").click()
    assert download.value.suggested_filename == "play.py"
    assert noise in Path(download.value.path()).read_text(encoding="utf-8")


@pytest.mark.python_withheld
@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        ("1.%%%", "This link is damaged"),
        ("1.q1bKz0_", "This link is damaged"),
        ("1.", "This link is damaged"),
        ("2.abc2s.q1bKz0", "about 94% of it is missing"),
        ("3.abc", "made by a newer version of this page"),
        ("bomb", "more than a million characters"),
        ("number", "This link is damaged"),
    ],
)
def test_a_bad_link_says_so_and_the_draft_is_not_lost(
    page: Page, site: Site, fragment: str, words: str
) -> None:
    page.goto(site.url("play/"))
    write(only_cell(page), "print('my draft')")
    address = site.url(f"play/#{fragment}")
    if fragment == "bomb":
        address = link(site, "#" * 30_000_000)
    if fragment == "number":
        address = link(site, "").replace("#1.", "#1.") and link(site, code=3)  # type: ignore[arg-type]
    page.goto(address)
    expect(page.get_by_role("alert")).to_contain_text(words)
    assert code_of(only_cell(page)) == "print('my draft')"


@pytest.mark.python_withheld
def test_a_link_does_not_touch_the_readers_own_draft(page: Page, site: Site) -> None:
    page.goto(site.url("play/"))
    write(only_cell(page), "print('my draft')")
    page.goto(link(site, "print('theirs')"))
    expect(page.get_by_text("This code came from a link")).to_be_visible()
    assert code_of(only_cell(page)) == "print('theirs')"
    write(only_cell(page), "print('theirs, changed')")
    page.get_by_role("link", name="Open my own script").click()
    expect(only_cell(page).locator(".cm-content")).to_have_text("print('my draft')")
    page.go_back()
    expect(only_cell(page).locator(".cm-content")).to_have_text("print('theirs, changed')")


@pytest.mark.python_withheld
def test_a_file_is_opened_and_saved(page: Page, site: Site, tmp_path: Path) -> None:
    page.goto(site.url("play/"))
    write(only_cell(page), "print('before')")
    file = tmp_path / "mine.py"
    file.write_text("print('from a file')\n", encoding="utf-8")
    page.get_by_label("Open a file").set_input_files(file)
    expect(only_cell(page).locator(".cm-content")).to_contain_text("from a file")
    # What was there before is a click away.
    only_cell(page).get_by_role("button", name="Undo open").click()
    assert code_of(only_cell(page)) == "print('before')"


@pytest.mark.python_withheld
def test_names_are_completed_behind_a_dot(page: Page, site: Site) -> None:
    page.goto(site.url("play/"))
    mine = only_cell(page)
    write(mine, "import torch.nn as nn\nlayer = ")
    page.keyboard.type("nn.Lin")
    option = page.get_by_role("option", name="Linear(in_features, out_features")
    expect(option).to_be_visible()
    expect(page.get_by_text("each output is a weighted sum of all inputs")).to_be_visible()
    # By keys it is Enter, which does nothing in the list's first moment: one may have meant a new line.
    option.click()
    page.keyboard.type("(2, 1)\ny = nn.functional.relu6")
    page.keyboard.press("Backspace")
    # Behind a whole name nothing is offered, and Enter is a new line as ever.
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.type("x = nn.functional.rel")
    expect(
        page.get_by_role("option", name="relu(input, inplace=False)", exact=True)
    ).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    assert code_of(mine).splitlines() == [
        "import torch.nn as nn",
        "layer = nn.Linear(2, 1)",
        "y = nn.functional.relu",
        "x = nn.functional.rel",
    ]


def test_keyboard_alone(page: Page, site: Site) -> None:
    page.goto(site.url("play/"))
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)
    box = only_cell(page).get_by_role("textbox", name="Code")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        if box.evaluate("(each) => each.getRootNode().activeElement === each"):
            break
    expect(box).to_be_focused()
    page.keyboard.type("if True:\n")
    page.keyboard.press("Tab")
    page.keyboard.type("print('typed')")
    page.keyboard.press("Control+Enter")
    expect(only_cell(page)).to_have_attribute("data-state", "done")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(only_cell(page).get_by_role("button", name="Run")).to_be_focused()
    page.keyboard.press("Enter")
    expect(only_cell(page)).to_have_attribute("data-state", "done")
    assert output_of(only_cell(page)) == "typed\n"


def test_the_lesson_reads_without_javascript(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url(""))
    expect(page.get_by_role("heading", name="Understanding backpropagation")).to_be_visible()
    first = page.get_by_role("region", name=FIRST)
    expect(first.locator("pre code")).to_contain_text("nn.Sequential(")
    expect(first).to_contain_text("Loss: 11.8586")
    expect(first.locator("svg")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [360, 1000, 1280])
def test_nothing_moves_when_the_scripts_arrive(browser: Browser, site: Site, width: int) -> None:
    places = []
    for scripts in (False, True):
        context = browser.new_context(viewport={"width": width, "height": 900})
        page = context.new_page()
        if not scripts:
            # As on a slow line: the scripts are still on their way.
            page.route("**/assets/*.js", lambda route: route.abort())
        page.goto(site.url(""))
        if scripts:
            expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)
        boxes = [page.locator("h2, py-cell, .py-output").nth(i).bounding_box() for i in range(10)]
        places.append([round(box["y"]) for box in boxes if box])
        context.close()
    assert places[0] == places[1]


@pytest.mark.python_withheld
def test_the_theme_is_chosen_and_kept(page: Page, site: Site) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(site.url(""))
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert dark == "rgb(22, 24, 28)"
    page.reload()
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == dark
    page.get_by_role("button", name="Light").click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")


def test_a_diagram_follows_the_theme(lesson: Page) -> None:
    first = cell(lesson, FIRST)
    run(first)
    band = output(first).locator(".bp-blame-band").first
    lesson.emulate_media(color_scheme="light")
    light = band.evaluate("(each) => getComputedStyle(each).stroke")
    lesson.get_by_role("button", name="Dark").click()
    assert band.evaluate("(each) => getComputedStyle(each).stroke") != light


@pytest.mark.python_withheld
def test_every_link_of_the_site_leads_somewhere(page: Page, site: Site) -> None:
    for described in site.pages:
        page.goto(site.url(described["address"]))
        for target in page.locator("a[href]").evaluate_all("(all) => all.map((each) => each.href)"):
            assert target.startswith(site.url("")), target
            assert page.request.get(target).status == 200, target
            fragment = target.partition("#")[2]
            if fragment and target.partition("#")[0] == page.url.partition("#")[0]:
                expect(page.locator(f"[id='{fragment}']")).to_have_count(1)
