"""Each kind of diagram in the page, on a wide and a narrow screen, light and dark: legible and accessible."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.cells import only_cell, output, run, write

PROGRAM = """\
import torch
import torch.nn as nn
from backprop import ui, viz

ui.slider("learning rate", 0.01, 1)
ui.number("seed", 0)
ui.choice("activation", ["Tanh", "ReLU"])
ui.switch("squares")
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
X = torch.randn(12, 2)
y = (X[:, :1] > 0).float()
loss_fn = nn.BCEWithLogitsLoss()
with viz.record(model) as run:
    for _ in range(5):
        loss = loss_fn(model(X), y)
        loss.backward()

broken = nn.Linear(2, 2)
with torch.no_grad():
    broken.weight[0, 0] = float("nan")
w = torch.tensor(0.2, requires_grad=True)
square = (w * 2.1 - 1) ** 2
square.backward()

display(viz.network(model, X))
display(viz.network(nn.Linear(40, 20)))
display(viz.network(broken, X))
display(viz.graph(square))
display(viz.graph(loss, model, most=3))
display(viz.flow(model, X[:1], y[:1], loss_fn, 0.1))
display(viz.history(run))
display(viz.boundary(model, X, y))
display(viz.check(model, X, y, loss_fn))
display(viz.saliency(nn.Linear(64, 3), torch.rand(64), shape=(8, 8)))
view = viz.live(lambda: viz.network(model, X))
view.update()
"""

#: The smallest letters of each drawing on this screen, by its title.
SMALLEST = """(region) => Array.from(region.querySelectorAll('.py-rich'), (host) => {
  const svg = host.shadowRoot.querySelector('svg');
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const seen = [...svg.querySelectorAll('text')].filter((each) => each.getClientRects().length);
  const sizes = seen.map((each) => parseFloat(getComputedStyle(each).fontSize) * scale);
  return [svg.querySelector('title').textContent, Math.min(...sizes)];
})"""

#: What can be pressed and is less than 24 px wide or high.
SMALL_TARGETS = """(region) => Array.from(region.querySelectorAll('button, input, select, summary'))
  .filter((each) => {
    const target = each.type === 'checkbox' ? each.closest('label') : each;
    const { width, height } = target.getBoundingClientRect();
    return width < 24 || height < 24;
  })
  .map((each) => each.outerHTML)"""


def test_every_diagram_is_legible_and_accessible(play: Page) -> None:
    only = only_cell(play)
    write(only, PROGRAM)
    run(only)
    shown = output(only)
    # Half of the way through each that has steps, and with the numbers of a part of each.
    for slider in shown.get_by_role("slider", name="Step").all():
        slider.fill(str(int(slider.get_attribute("max") or 0) // 2))
    assert shown.locator(".diagram-facts").count() == shown.locator(".py-rich").count() == 11
    shown.evaluate("""(region) => {
      for (const host of region.querySelectorAll('.py-rich')) {
        const parts = [...host.shadowRoot.querySelectorAll('[data-facts]')];
        const seen = parts.filter((each) => each.getClientRects().length);
        seen[seen.length >> 1].dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }),
        );
      }
    }""")
    expect(shown.locator(".facts-name")).to_have_count(11)
    for width, scheme in ((360, "dark"), (1280, "light"), (1600, "dark")):
        play.set_viewport_size({"width": width, "height": 900})
        play.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        narrow = shown.locator("svg.bp-flow")
        expect(narrow).to_have_attribute("class", re.compile("is-narrow"))
        smallest = shown.evaluate(SMALLEST)
        assert [each for each in smallest if each[1] < 11] == []
        assert only.evaluate(SMALL_TARGETS) == []
        assert play.evaluate("() => document.documentElement.scrollWidth") <= width
        assert violations(play, within="py-cell") == []
