"""Runs the built notebooks under real PyTorch, and compares what they print with the transcripts.

`python -m tests.reference.notebooks`, from the root of the checkout, where the site is built and PyTorch
is installed. What `backprop` alone can do, its diagrams, is left out, as the notebooks say.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playground.session import Session
from tests.transcripts import assert_same_text, golden_texts

DIST = Path(__file__).resolve().parents[2] / "dist"


def main() -> None:
    """Run and compare; the first difference ends it."""
    index = json.loads((DIST / "site.json").read_text(encoding="utf-8"))
    for page in index["pages"]:
        for path in (DIST / page["address"]).glob("*.ipynb"):
            _compare(path, page)
            print(f"{path.name}: the same as in PyTorch")


def _compare(path: Path, page: dict[str, Any]) -> None:
    printed: list[str] = []

    def emit(event: Any) -> None:
        assert event["type"] != "error", event["traceback"]
        if event["type"] == "display":
            if set(event["bundle"]) > {"text/plain"}:
                return  # a picture, which transcripts leave out
            printed.append(event["bundle"]["text/plain"] + "\n")
        else:
            printed.append(event["text"])

    golden = golden_texts(page["name"])
    declared = {cell["id"]: cell for cell in page["cells"]}
    session = Session(emit)
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        printed.clear()
        session.run("".join(cell["source"]), cell["id"])
        if cell["id"] in golden:
            lines = "".join(printed).splitlines(keepends=True)
            assert_same_text(
                "".join(line for line in lines if not line.startswith("(the page draws ")),
                golden[cell["id"]],
                tolerance=declared[cell["id"]]["tolerance"],
                timed=declared[cell["id"]]["timed"],
            )


if __name__ == "__main__":
    main()
