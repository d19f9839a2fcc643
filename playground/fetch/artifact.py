"""The one file that is fetched, and how to know it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Artifact:
    """A file known by its hash, so that it does not matter where it comes from."""

    file_name: str
    sha256: str
    size: int
    address: str

    def matches(self, path: Path) -> bool:
        """Tell whether the file at `path` is this artifact."""
        if path.stat().st_size != self.size:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256


# As `pyodide-lock.json` of npm's `pyodide` 0.28.3 states it. That release and the one in the page,
# 0.29.5, share the ABI `2025_0`, so the wheel serves both.
_NUMPY_WHEEL = "numpy-2.2.5-cp313-cp313-pyodide_2025_0_wasm32.whl"
NUMPY = Artifact(
    file_name=_NUMPY_WHEEL,
    sha256="3db3c4f3e0448f4d62a85c262692f1260ccd8a91335442bd2442f21ffeddb558",
    size=3_109_648,
    address=f"https://cdn.jsdelivr.net/pyodide/v0.28.3/full/{_NUMPY_WHEEL}",
)
