"""Which matrices are refused, and in which words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

PROVOCATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "inv of a singular matrix": lambda t, linalg: linalg.inv(t.ones(2, 2)),
    "inv of singular matrices": lambda t, linalg: linalg.inv(t.stack([t.eye(2), t.ones(2, 2)])),
    "inv of zeros": lambda t, linalg: t.inverse(t.zeros(2, 2)),
    "inv of a wide matrix": lambda t, linalg: linalg.inv(t.ones(2, 3)),
    "inv of a vector": lambda t, linalg: linalg.inv(t.ones(2)),
    "inv of whole numbers": lambda t, linalg: linalg.inv(t.ones(2, 2).long()),
    "inv of halves": lambda t, linalg: linalg.inv(t.ones(2, 2).half()),
    "det of a tall matrix": lambda t, linalg: linalg.det(t.ones(3, 2)),
    "det of a vector": lambda t, linalg: t.det(t.ones(2)),
    "det of whole numbers": lambda t, linalg: t.ones(2, 2).int().det(),
    "slogdet of a wide matrix": lambda t, linalg: linalg.slogdet(t.ones(2, 3)),
    "solve with a singular matrix": lambda t, linalg: linalg.solve(t.ones(2, 2), t.ones(2)),
    "solve of another size": lambda t, linalg: linalg.solve(t.eye(2), t.ones(3)),
    "solve of other rows": lambda t, linalg: linalg.solve(t.eye(2), t.ones(3, 3)),
    "solve of two types": lambda t, linalg: linalg.solve(t.eye(2), t.ones(2).double()),
    "cholesky of a negative": lambda t, linalg: linalg.cholesky(-t.eye(2)),
    "cholesky of an indefinite": lambda t, linalg: linalg.cholesky(
        t.tensor([[1.0, 2.0], [2.0, 1.0]])
    ),
    "cholesky of a wide matrix": lambda t, linalg: linalg.cholesky(t.ones(2, 3)),
    "svd of a vector": lambda t, linalg: linalg.svd(t.ones(3)),
    "svd of whole numbers": lambda t, linalg: linalg.svd(t.ones(2, 2).long()),
    "eigh of a wide matrix": lambda t, linalg: linalg.eigh(t.ones(2, 3)),
    "qr of a vector": lambda t, linalg: linalg.qr(t.ones(2)),
    "qr in another mode": lambda t, linalg: linalg.qr(t.ones(2, 2), "full"),
    "power of a wide matrix": lambda t, linalg: linalg.matrix_power(t.ones(2, 3), 2),
    "norm of whole numbers": lambda t, linalg: linalg.norm(t.ones(2).long()),
    "norm of the method": lambda t, linalg: t.ones(2).long().norm(),
    "norm of three dimensions": lambda t, linalg: linalg.norm(t.ones(2, 2, 2), 2),
    "norm of order 3": lambda t, linalg: linalg.norm(t.ones(2, 2), 3),
    "norm of no order": lambda t, linalg: linalg.norm(t.ones(2, 2), "max"),
    "vector_norm of a name": lambda t, linalg: linalg.vector_norm(t.ones(2), "fro"),
    "matrix_norm of a vector": lambda t, linalg: linalg.matrix_norm(t.ones(2)),
    "cond of a wide matrix": lambda t, linalg: linalg.cond(t.ones(2, 3), 1),
    "cross of 2": lambda t, linalg: linalg.cross(t.ones(2), t.ones(2)),
    "cross of other dimensions": lambda t, linalg: linalg.cross(t.ones(3), t.ones(1, 3)),
    "cross without a 3": lambda t, linalg: t.cross(t.ones(2, 2), t.ones(2, 2)),
    "multi_dot of one": lambda t, linalg: linalg.multi_dot([t.ones(2, 2)]),
    "multi_dot of none": lambda t, linalg: linalg.multi_dot([]),
    "lstsq of a vector": lambda t, linalg: linalg.lstsq(t.ones(2), t.ones(2)),
}


def _error(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        try:
            PROVOCATIONS[name](torch, torch.linalg)
        except Exception as error:
            return {"type": type(error).__name__, "message": str(error)}
        return {"type": "none", "message": ""}

    CASES[name] = run


for _name in PROVOCATIONS:
    _error(_name)
