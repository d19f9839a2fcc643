"""How many numbers fall into bins, lengths and distances, and what stands behind the point."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases, differentiate

CASES = Cases()

#: Each of two matrices (3, 4) with elements from 0.3 to 2.3.
OPERATIONS = {
    "frac": lambda torch, x, y: x.frac(),
    "fix": lambda torch, x, y: torch.fix(x),
    "dist": lambda torch, x, y: x.dist(y),
    "dist 1": lambda torch, x, y: torch.dist(x, y[0], 1),
    "dist 3": lambda torch, x, y: torch.dist(x, y, 3.0),
    "dist inf": lambda torch, x, y: torch.dist(x, y, float("inf")),
    "dist of itself": lambda torch, x, y: x.dist(x) + y.sum(),
    "renorm": lambda torch, x, y: x.renorm(2, 0, 2.5),
    "renorm 1": lambda torch, x, y: torch.renorm(x, 1, 1, 3.5),
    "renorm 3": lambda torch, x, y: torch.renorm(x, 3, -1, 1.0),
    "arcsin": lambda torch, x, y: torch.arcsin(x / 3),
    "arctan2": lambda torch, x, y: torch.arctan2(x, y),
}


@CASES
def lengths(torch: Any) -> dict[str, Any]:
    return {
        f"{name} {key}": value
        for name, run in OPERATIONS.items()
        for key, value in differentiate(
            torch, lambda x, y, run=run: run(torch, x, y) + 0 * y.sum(), (3, 4), (3, 4)
        ).items()
    }


@CASES
def bins(torch: Any) -> dict[str, Any]:
    x = torch.tensor([1.0, 2.0, 1.0, 2.5, -3.0])
    edges = torch.tensor([-3.0, 0.0, 1.0, 2.5])
    weight = torch.tensor([1.0, 2.0, 4.0, 8.0, 16.0])
    found = {
        "histc": x.histc(5),
        "histc within": torch.histc(x, bins=4, min=0, max=3),
        "histc of one": torch.ones(3).histc(bins=4),
        "histc float64": x.double().histc(3),
        "histc empty": torch.tensor([]).histc(bins=2),
    }
    histograms = {
        "number": torch.histogram(x, 4),
        "range": torch.histogram(x, bins=4, range=(0.0, 3.0)),
        "edges": x.histogram(edges),
        "weight": torch.histogram(x, 3, weight=weight),
        "density": torch.histogram(x, edges, weight=weight, density=True),
    }
    for name, (hist, bin_edges) in histograms.items():
        found |= {f"{name} hist": hist, f"{name} edges": bin_edges}
    return found | {"printed": repr(histograms["edges"])}


REFUSED = (
    "torch.ones(3).renorm(2, 0, 1.0)",
    "torch.tensor([1, 2]).histc(3)",
    "torch.tensor([1.0, 2.0]).histc(bins=4, min=3, max=0)",
    "torch.tensor([1.0, 2.0]).histc(bins=0)",
    "torch.tensor([1.0, float('inf')]).histc(bins=2)",
    "torch.tensor([3]).frac()",
    "torch.tensor(1.0).diff()",
)


@CASES
def refused(torch: Any) -> dict[str, Any]:
    found = {}
    for code in REFUSED:
        try:
            eval(code, {"torch": torch})
        except (RuntimeError, NotImplementedError) as error:
            found[code] = f"{type(error).__name__}: {str(error).splitlines()[0]}"
    return found
