"""The first screen: a network, its answer beside a target that one can move, and steps of learning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import backprop as torch
import pytest
from backprop import nn
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.cells import Site, collect_errors, withhold_python

pytestmark = pytest.mark.python_withheld


class Twin:
    """The same network in the library."""

    def __init__(self) -> None:
        torch.manual_seed(0)
        self.model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.05)
        self.answer = self.loss = 0.0

    def blame(self, target: float) -> dict[str, float]:
        """The gradient of each number, by the names that the page gives to them."""
        self.optimizer.zero_grad()
        answer = self.model(torch.tensor([[1.0, 2.0]]))
        loss = nn.MSELoss()(answer, torch.tensor([[target]]))
        loss.backward()
        self.answer, self.loss = answer.item(), loss.item()
        return {
            f"{layer}.{kind}.{'.'.join(map(str, place))}": getattr(module, kind).grad[place].item()
            for layer, module in (("hidden", self.model[0]), ("output", self.model[2]))
            for kind in ("weight", "bias")
            for place in _places(getattr(module, kind).shape)
        }


def _places(shape: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [tuple(place) for place in torch.ones(*shape).nonzero().tolist()]


def picture(page: Page) -> Locator:
    return page.locator(".opening-picture")


def blame_in(page: Page) -> dict[str, float]:
    found: dict[str, str] = page.evaluate(
        "() => Object.fromEntries([...document.querySelectorAll('.opening-part')]"
        ".map((part) => [part.dataset.part, part.dataset.blame]))"
    )
    return {part: float(blame) for part, blame in found.items()}


def aim(page: Page, target: float) -> None:
    field = page.get_by_role("spinbutton", name="What it should say")
    field.fill(str(target))
    field.press("Enter")


def shown(number: float) -> str:
    return f"{number:.2f}".replace("-", "−")


@pytest.fixture(scope="module")
def kept(
    browser: Browser, browser_context_args: dict[str, Any], server: Site
) -> Iterator[tuple[Page, list[str]]]:
    """One page for all of these tests, on which nothing moves, and the errors on its console."""
    errors: list[str] = []
    context = browser.new_context(**browser_context_args, reduced_motion="reduce")
    collect_errors(context, errors)
    withhold_python(context)
    page = context.new_page()
    page.goto(server.url(""))
    expect(page.get_by_role("button", name="Learn one step")).to_be_enabled()
    yield page, errors
    context.close()


@pytest.fixture
def still(kept_play: Page) -> Page:
    """That page, with nothing learned yet."""
    again = kept_play.locator(".opening-again")
    if again.is_enabled():
        again.click()
    return kept_play


@pytest.mark.parametrize("targets", [(3.0,) * 12, (-4.0, 6.0, -1.3, 0.0, 2.7, 5.9, -0.4, 3.0)])
def test_every_step_has_the_librarys_numbers(still: Page, targets: tuple[float, ...]) -> None:
    twin = Twin()
    for target in targets:
        aim(still, target)
        expected = twin.blame(target)
        assert blame_in(still) == pytest.approx(expected, rel=1e-4, abs=1e-4)
        if abs(twin.answer - target) > 0.006:
            expect(still.locator(".opening-words")).to_contain_text(f"It says {shown(twin.answer)}")
            expect(picture(still)).to_contain_text(f"loss {shown(twin.loss)}")
        still.get_by_role("button", name="Learn one step").click()
        twin.optimizer.step()


def test_it_says_when_it_has_learned_and_begins_anew(still: Page) -> None:
    words = still.locator(".opening-words")
    expect(words).to_have_text("It says −0.44. Which of its 13 numbers are to blame?")
    for _ in range(12):
        still.get_by_role("button", name="Learn one step").click()
    expect(words).to_have_text("It says 3.00. No number is to blame any longer.")
    expect(still.locator(".opening [aria-live]")).to_contain_text("After 12 steps")
    still.locator(".opening-again").click()
    expect(words).to_contain_text("It says −0.44.")


def test_the_target_moves_by_keys_by_hand_and_by_a_number(still: Page) -> None:
    slider = still.get_by_role("slider", name="Target", exact=True)
    slider.focus()
    slider.press("ArrowUp")
    expect(slider).to_have_attribute("aria-valuenow", "3.1")
    expect(still.get_by_role("spinbutton", name="What it should say")).to_have_value("3.1")
    slider.press("End")
    expect(slider).to_have_attribute("aria-valuenow", "6")
    slider.press("ArrowUp")
    expect(slider).to_have_attribute("aria-valuenow", "6")
    before = blame_in(still)["output.bias.0"]
    box = slider.locator(".opening-handle").bounding_box()
    assert box is not None
    still.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    still.mouse.down()
    still.mouse.move(box["x"], box["y"] + 150, steps=5)
    # It follows while it is dragged, not only once it is let go.
    assert abs(blame_in(still)["output.bias.0"]) < abs(before)
    still.mouse.up()
    assert float(slider.get_attribute("aria-valuenow") or "") < 5
    aim(still, 99)
    expect(slider).to_have_attribute("aria-valuenow", "6")
    still.get_by_role("spinbutton", name="What it should say").fill("")
    still.get_by_role("spinbutton", name="What it should say").press("Enter")
    expect(still.get_by_role("spinbutton", name="What it should say")).to_have_value("6")


def test_each_number_says_what_it_is_to_pointers_and_keys(still: Page) -> None:
    caption = still.locator(".opening-caption")
    first = picture(still).get_by_role("img").first
    first.focus()
    expect(caption).to_have_text(
        "The weight from input 1 to hidden 1 is −0.01. Its blame is −1.05: "
        "with a little more of it, the loss falls."
    )
    still.keyboard.press("ArrowLeft")
    expect(caption).to_contain_text("The bias of the answer is −0.55.")
    still.keyboard.press("Tab")
    expect(caption).to_contain_text("The wider the orange")
    still.locator('[data-part="hidden.bias.1"]').hover()
    expect(caption).to_contain_text("It has no blame")


def test_nothing_plays_by_itself_where_motion_disturbs(still: Page) -> None:
    expect(still.locator(".opening-phases .is-now")).to_have_text("backward")
    play = still.get_by_role("region", name="A network that learns").get_by_role(
        "button", name="Play"
    )
    play.click()
    expect(still.locator(".opening-phases .is-now")).to_have_text("forward")
    still.get_by_role("button", name="Pause").click()
    expect(picture(still)).to_contain_text("−6.89")


def test_a_loop_plays_once_and_no_value_stands_before_what_makes_it(page: Page, site: Site) -> None:
    page.clock.install()
    page.goto(site.url(""))
    now = page.locator(".opening-phases .is-now")
    page.clock.run_for(200)
    expect(now).to_have_text("forward")
    when: dict[str, int] = {}
    phases: list[str] = []
    for moment in range(300):
        seen = page.evaluate(
            """() => {
              const text = (name) => document.querySelector(name).textContent;
              const part = (name, inside) => text(`[data-part="${name}"] ${inside}`);
              return {
                phase: text('.opening-phases .is-now'),
                hidden: part('hidden.bias.0', '.opening-value'),
                answer: part('output.bias.0', '.opening-value'),
                marker: document.querySelector('.opening-answer.is-hidden') ? '' : 'there',
                loss: text('.opening-loss'),
                blame: part('output.bias.0', '.opening-said'),
                before: part('hidden.bias.0', '.opening-said'),
              };
            }"""
        )
        phase = seen.pop("phase")
        if not phases or phases[-1] != phase:
            phases.append(phase)
        for name, text in seen.items():
            if text != "":
                when.setdefault(name, moment)
        if phases[-2:] == ["update", "backward"]:
            break
        page.clock.run_for(100)
    assert phases == ["forward", "loss", "backward", "update", "backward"]
    order = ["hidden", "answer", "marker", "loss", "blame", "before"]
    assert sorted(order, key=lambda name: when[name]) == order
    assert len(set(when.values())) == len(order)
    expect(page.locator(".opening-words")).to_contain_text("It says −0.44.")
    page.clock.run_for(5_000)
    expect(now).to_have_text("backward")


@pytest.mark.parametrize("size", [(360, 740), (1280, 800)])
def test_it_fits_one_screen_and_nothing_of_it_is_cut_or_covered(
    still: Page, size: tuple[int, int]
) -> None:
    still.set_viewport_size({"width": size[0], "height": size[1]})
    for name in (".opening-question", ".opening-picture", ".opening-learn", ".opening-caption"):
        box = still.locator(name).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]
        assert box["y"] + box["height"] <= size[1]
    letters = still.evaluate(
        """() => [...document.querySelectorAll('.opening-picture text')]
          .filter((each) => each.textContent !== '')
          .map((each) => {
            const { left, right, top, bottom } = each.getBoundingClientRect();
            const size = parseFloat(getComputedStyle(each).fontSize) * each.getScreenCTM().a;
            return { text: each.textContent, left, right, top, bottom, size };
          })"""
    )
    assert min(each["size"] for each in letters) >= 11
    for each in letters:
        assert each["left"] >= 0
        assert each["right"] <= size[0]
        for other in letters:
            apart = (
                each["right"] <= other["left"]
                or other["right"] <= each["left"]
                # Boxes of letters are higher than what is seen of them.
                or each["bottom"] - 4 <= other["top"]
                or other["bottom"] - 4 <= each["top"]
            )
            assert other is each or apart, (each["text"], other["text"])


def test_without_scripts_the_picture_stands_there(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url(""))
    expect(page.locator(".opening-words")).to_have_text(
        re.compile("It says −0.44. Which of its 13 numbers are to blame")
    )
    for text in ("0.74", "−1.05", "−0.44", "−6.89", "loss 11.86"):
        expect(picture(page)).to_contain_text(text)
    expect(page.get_by_role("button", name="Learn one step")).to_be_hidden()
    context.close()
