"""What a person does with a cell, for the browser tests."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

READY = "Python is ready"


@dataclass(frozen=True)
class Site:
    """Where the built site is served, what was asked of it, and which of its files are made to fail."""

    origin: str
    sub_path: str
    requested: list[str]
    broken: set[str]
    damaged: set[str]
    silent: Event
    """While it is set, the host answers nothing, as without a network."""
    pages: list[dict[str, Any]]

    def url(self, address: str) -> str:
        return f"{self.origin}{self.sub_path}{address}"


def withhold_python(target: BrowserContext | Page) -> None:
    """Let the files of Python's runtime stay on their way, as on a slow line, while all else arrives."""

    def keep_waiting(route: Route) -> None:
        pass

    target.route("**/runtime/**", keep_waiting)


def collect_errors(context: BrowserContext, errors: list[str]) -> None:
    """Put what a page reports as an error into the list."""
    context.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )
    context.on("weberror", lambda error: errors.append(str(error.error)))


def cell(page: Page, name: str) -> Locator:
    """The cell with a title."""
    return page.get_by_role("region", name=name, exact=True)


def only_cell(page: Page) -> Locator:
    return page.locator("py-cell")


def write(target: Locator, code: str) -> None:
    """Replace the code of a cell, as by pasting it."""
    box = target.get_by_role("textbox", name="Code")
    box.click()
    box.press("ControlOrMeta+a")
    box.press("Delete")
    target.page.keyboard.insert_text(code)


def code_of(target: Locator) -> str:
    lines = target.locator(".cm-line").all_inner_texts()
    return "\n".join("" if line in ("\n", "​") else line.rstrip("\n") for line in lines)


def run(target: Locator, state: str = "done", timeout: float = 30_000) -> str:
    """Press Run, wait for the end, and return the text of the output."""
    target.get_by_role("button", name="Run").click()
    expect(target).to_have_attribute("data-state", state, timeout=timeout)
    return output_of(target)


def output(target: Locator) -> Locator:
    return target.get_by_role("region", name="Output")


def output_of(target: Locator) -> str:
    return "".join(output(target).locator("pre.py-text").all_text_contents())


def write_and_run(target: Locator, code: str, state: str = "done", timeout: float = 30_000) -> str:
    write(target, code)
    return run(target, state, timeout)


def open_elsewhere(browser: Browser, link: str) -> Page:
    """Open a link as somebody else does, with Python ready; the page's context is to be closed."""
    friend = browser.new_context(service_workers="block").new_page()
    friend.goto(link)
    expect(friend.get_by_role("status")).to_have_text(READY, timeout=60_000)
    return friend
