"""The site in memory: everything that its pages are written from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from playground.builder.assets import Assets
from playground.builder.execution import Events
from playground.builder.options import BuildOptions
from playground.builder.sources import Source
from playground.builder.summaries import SITE_TITLE, PageSummary, summary_of


@dataclass(frozen=True)
class Site:
    """What all pages share. The templates have it too, as `site`."""

    options: BuildOptions
    sources: list[Source]
    """All lessons and examples, in their order."""
    events: dict[str, Events]
    """What their cells put out, by the pages' addresses."""
    assets: Assets

    @property
    def title(self) -> str:
        """The name of the whole."""
        return SITE_TITLE

    @property
    def repository(self) -> str | None:
        """Absolute address of the source, where it is known."""
        return self.options.repository

    @cached_property
    def summaries(self) -> dict[str, PageSummary]:
        """Lessons and examples in short, by the pages' addresses."""
        return {
            source.address: summary_of(
                source, self.events[source.address], self.assets.pictures.get(source.address)
            )
            for source in self.sources
        }

    @cached_property
    def examples(self) -> list[PageSummary]:
        """The examples in short, in their order."""
        return [
            self.summaries[source.address] for source in self.sources if source.kind == "example"
        ]

    @cached_property
    def tags(self) -> list[str]:
        """The tags of all examples, in alphabetical order."""
        return sorted({tag for source in self.sources for tag in source.tags})
