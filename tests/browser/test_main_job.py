"""The main job, exactly as a person would do it: type the program, run it, share it, open the link."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.cells import READY, Site, code_of, only_cell, output, run, write_and_run

PROGRAM = """\
import torch
import torch.nn as nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
x = torch.tensor([[1.0, 2.0]])
target = torch.tensor([[3.0]])
loss_fn = nn.MSELoss()
loss = loss_fn(model(x), target)
loss.backward()
print(f"Loss: {loss.item():.4f}")
for parameter in model.parameters():
    print(parameter.grad)
"""
PRINTED = """\
Loss: 11.8586
tensor([[-1.0522, -2.1044],
        [ 0.0000,  0.0000],
        [ 0.7816,  1.5632]])
tensor([-1.0522,  0.0000,  0.7816])
tensor([[-5.0920,  0.0000, -0.3040]])
tensor([-6.8873])
"""
PICTURE = "from backprop import viz\nviz.network(model, x)\n"


def test_type_run_share_open_run(play: Page, browser: Browser, site: Site) -> None:
    play.context.grant_permissions(["clipboard-read", "clipboard-write"])
    own = only_cell(play)
    # The picture's line is typed by hand, with its completion of brackets; the rest is pasted.
    assert write_and_run(own, PROGRAM + PICTURE) == PRINTED
    diagram = output(own).locator("svg")
    expect(diagram).to_be_visible()
    expect(diagram.locator("title").first).to_have_text("A network of 2, 3 and 1 neurons")
    expect(diagram.locator(".bp-weight").first).to_be_visible()

    own.get_by_role("button", name="Share").click()
    expect(own.get_by_text("The link is on the clipboard")).to_be_visible()
    link = play.evaluate("() => navigator.clipboard.readText()")
    assert link.startswith(site.url("play/#2."))

    friend = browser.new_context(service_workers="block").new_page()
    errors: list[str] = []
    friend.on("pageerror", lambda error: errors.append(str(error)))
    friend.goto(link)
    theirs = only_cell(friend)
    expect(friend.get_by_text("This code came from a link")).to_be_visible()
    expect(friend.get_by_role("status")).to_have_text(READY, timeout=60_000)
    assert code_of(theirs).strip() == (PROGRAM + PICTURE).strip()
    assert theirs.get_attribute("data-state") == "idle"
    expect(output(theirs)).to_be_empty()
    assert run(theirs) == PRINTED
    expect(output(theirs).locator("svg")).to_be_visible()
    assert errors == []
    friend.context.close()


def test_typed_letter_by_letter(play: Page) -> None:
    own = only_cell(play)
    box = own.get_by_role("textbox", name="Code")
    box.click()
    box.press_sequentially("for i in range(3):\nprint(i * 2)")
    box.press("Shift+Enter")
    expect(own).to_have_attribute("data-state", "done")
    expect(output(own)).to_have_text("0\n2\n4\n")


def test_the_first_cell_of_the_lesson(lesson: Page) -> None:
    first = lesson.get_by_role("region", name="The first gradient")
    # What was computed when the site was built stands there before.
    expect(output(first)).to_contain_text("Loss: 11.8586")
    assert run(first) == "Loss: 11.8586\n"


def test_nothing_is_asked_of_another_origin(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url(""))
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)
    run(page.get_by_role("region", name="The first gradient"))
    outside = [url for url in asked if not url.startswith((site.url(""), "data:", "blob:"))]
    assert outside == []
    assert len(asked) > 10
