"""What the person who builds the site decides."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class BuildOptions:
    """Where the site goes, and the absolute addresses that it may mention."""

    output: Path
    site_url: str | None = None
    repository: str | None = None
    notebook_branch: str | None = None
    """Branch of a repository on GitHub that holds the built notebooks."""
    solutions: bool = True
    """Whether the solutions of exercises are in the pages and the notebooks."""
