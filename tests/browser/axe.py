"""What axe-core finds wrong with a page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page, within: str | None = None) -> list[tuple[str, list[str]]]:
    """Each rule that is broken, with the markup that breaks it, in the page or in one element.

    Nothing else comes back: all that axe looked at are 14 MB for the lesson, of which the way from
    browser to test took five times as long as the looking.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """async (within) => {
          const { violations } = await axe.run(within ?? document, { resultTypes: ['violations'] });
          return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html.slice(0, 120))]);
        }""",
        within,
    )
    return [(rule, markup) for rule, markup in found]
