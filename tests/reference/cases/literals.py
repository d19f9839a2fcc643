"""What becomes of Python's and NumPy's numbers in a tensor, and of a tensor's number in a text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tests.reference.cases.registry import Cases

CASES = Cases()

#: What of these is an error, is recorded by its type and its first line.
DATA: dict[str, Callable[[Any], Any]] = {
    "a float": lambda torch: 0.1,
    "beyond float32": lambda torch: [16777217.0, 1e300],
    "ints": lambda torch: [1, -2],
    "bools": lambda torch: [True, False],
    "bool and int": lambda torch: [True, 2],
    "int and float": lambda torch: [[1, 2.5], (True, 4)],
    "float and huge int": lambda torch: [1.5, 2**70],
    "float64": lambda torch: np.float64(0.1),
    "float64 in a list": lambda torch: [np.float64(0.1)],
    "float64 and int": lambda torch: [np.float64(0.1), 1],
    "float32 and float": lambda torch: [np.float32(0.1), 1.5],
    "float16 and float32": lambda torch: [np.float16(1), np.float32(2)],
    "int32": lambda torch: [np.int32(1)],
    "int32 and int": lambda torch: [np.int32(1), 2],
    "int8 and uint8": lambda torch: [np.int8(1), np.uint8(2)],
    "arrays": lambda torch: [np.array([1.0, 2.0]), np.array([3.0, 4.0])],
    "array and list": lambda torch: [[1, 2], np.array([3.0, 4.0])],
    "array of no dimensions": lambda torch: [np.array(1.0), 2],
    "tensor and int": lambda torch: [torch.tensor(1.5), 2],
    "float64 tensor": lambda torch: [torch.tensor(0.1, dtype=torch.float64), 2.5],
    "tensor of one element": lambda torch: [torch.tensor([1.5]), 2],
    "tensors of two": lambda torch: [torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0])],
    "range": lambda torch: range(4),
    "ranges": lambda torch: [range(2), range(2)],
    "nothing": lambda torch: [[], []],
    "ragged": lambda torch: [[1], [2, 3]],
    "ragged below": lambda torch: [[[1], [2]], [[3], [4, 5]]],
    "ragged arrays": lambda torch: [np.array([1, 2]), np.array([3])],
    "number and list": lambda torch: [1, [2, 3]],
    "float and list": lambda torch: [1.0, [2, 3]],
    "list and number": lambda torch: [[1], 2],
    "huge": lambda torch: 2**63,
    "hugest": lambda torch: [2**70],
    "largest": lambda torch: [2**63 - 1, -(2**63)],
    "text": lambda torch: "a",
    "texts": lambda torch: ["a"],
    "number and text": lambda torch: [1, "a"],
    "None": lambda torch: None,
    "number and None": lambda torch: [1, None],
    "dictionary": lambda torch: {"a": 1},
}
#: What may not fit into another type.
FITTED = {
    "too large": [300],
    "just too large": [255.9],
    "negative": [-1.5],
    "too negative": -256,
    "infinite": float("inf"),
    "no number": float("nan"),
    "huge": 1e30,
    "hugest": 2**70,
}


def _outcome(run: Callable[[], Any]) -> str:
    try:
        found = run()
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0]}"
    return found if isinstance(found, str) else f"{found!r} {found.dtype} {found.tolist()}"


@CASES
def inferred(torch: Any) -> dict[str, Any]:
    return {
        name: _outcome(lambda make=make: torch.tensor(make(torch))) for name, make in DATA.items()
    }


@CASES
def asked_for(torch: Any) -> dict[str, Any]:
    data = {**DATA, **{name: lambda torch, each=each: each for name, each in FITTED.items()}}
    return {
        f"{name} {kind}": _outcome(
            lambda make=make, kind=kind: torch.tensor(make(torch), dtype=getattr(torch, kind))
        )
        for name, make in data.items()
        for kind in ("float64", "int64", "int8", "uint8", "bool")
        # PyTorch says of texts, and of NumPy's own numbers, whatever Python says of them.
        if not any(
            word in name for word in ("text", "None", "dictionary", "float32", "array", "tensor")
        )
    }


@CASES
def other_ways_to_make_one(torch: Any) -> dict[str, Any]:
    double = torch.ones(2, dtype=torch.float64)
    return {
        "as_tensor": torch.as_tensor([np.float64(0.1)]),
        "as_tensor double": torch.as_tensor(0.1, dtype=torch.float64),
        "new_tensor": double.new_tensor(0.1),
        "new_full": double.new_full((1,), 0.1),
        "full_like": torch.full_like(double, 0.1),
        "fill_": torch.zeros(1, dtype=torch.float64).fill_(0.1),
        "times": double * 0.1,
    }


@CASES
def numbers_of_numpy(torch: Any) -> dict[str, Any]:
    x, n = torch.tensor([1.0, 2.0]), torch.tensor([3])
    return {
        "float32 + x": np.float32(1) + x,
        "float64 + x": np.float64(1) + x,
        "float64 * ints": np.float64(1) * n,
        "float32 * 0-d": np.float32(2) * torch.tensor(3.0),
        "int64 - ints": np.int64(2) - n,
        "int64 / ints": np.int64(2) / n,
        "int64 ** ints": np.int64(2) ** n,
        "float64 < x": np.float64(1) < x,
        "float32 == x": np.float32(1) == x,
    }


@CASES
def in_a_text(torch: Any) -> dict[str, Any]:
    one = torch.tensor(1.5, requires_grad=True)
    return {
        "0-d": f"{one} {torch.tensor(2)} {torch.tensor(True)} {torch.tensor(0.1)}",
        "computed": f"{one * 2}",
        "format": f"{torch.tensor(3)} {one:.2f} {torch.tensor(3):>6}",
        "vector": f"{torch.tensor([1.5])}",
        "vector specified": _outcome(lambda: f"{torch.tensor([1.5]):.2f}"),
        "parameter": f"{torch.nn.Parameter(torch.tensor(1.5))}",
        "str": str(torch.tensor(1.5)),
        "percent": "%s %.1f %d" % (torch.tensor(3), torch.tensor(1.5), torch.tensor(2)),  # noqa: UP031
    }
