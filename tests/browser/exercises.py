"""What a person does with an exercise of the lesson, for the browser tests."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

TITLE = "The slope of a ReLU"


def exercise(page: Page) -> Locator:
    return page.get_by_role("region", name=f"Exercise: {TITLE}")


def verdict(page: Page) -> Locator:
    return exercise(page).locator("[aria-live]")


def check(page: Page) -> None:
    exercise(page).get_by_role("button", name="Check").click()
