"""Matrices inverted, taken apart and measured, forward and backward.

The signs of what LAPACK finds are compared too, except of eigenvectors, whose signs hang on the library.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()


def _numbers(torch: Any, *shape: int, shift: float = 0.0) -> Any:
    """Numbers of no pattern, which are exact in binary and so the same everywhere."""
    count = math.prod(shape)
    numbers = [((place * place * 37 + place * 11) % 64 - 31) / 16 + shift for place in range(count)]
    return torch.tensor(numbers, dtype=torch.float64).reshape(shape)


def _square(torch: Any, n: int = 3, *batch: int) -> Any:
    return _numbers(torch, *batch, n, n) + 4 * torch.eye(n, dtype=torch.float64)


def _symmetric(torch: Any, n: int = 4) -> Any:
    x = _numbers(torch, n, n)
    return x @ x.T + torch.eye(n, dtype=torch.float64)


def _tensors(result: Any) -> list[Any]:
    return [result] if hasattr(result, "dtype") else list(result)


def _case(name: str, function: Callable[..., Any], *make: Callable[[Any], Any]) -> None:
    """A result, the manner in which it is printed, and the gradient of its weighted sum by each input."""

    def run(torch: Any) -> dict[str, Any]:
        inputs = [each(torch).requires_grad_() for each in make]
        results = _tensors(function(torch, *inputs))
        if name.startswith("svd "):
            # The mathematics leave the signs of the vectors open: they hang on the processor's LAPACK.
            results = [each.abs() for each in results]
        found = {f"result {place}": each.detach() for place, each in enumerate(results)}
        text = repr(function(torch, *[each.detach().float() for each in inputs]))
        # Of float32 the last digits hang on the processor: how it is printed, but not the numbers.
        found["printed"] = re.sub(r"\s*-?\d+\.\d*(e[-+]\d+)?", " #", text)
        smooth = [each for each in results if each.requires_grad and each.numel()]
        for each in smooth:
            weights = torch.linspace(-1, 2, each.numel(), dtype=torch.float64)
            (each.reshape(-1) * weights).sum().backward(retain_graph=True)
        grads = {f"grad {place}": each.grad for place, each in enumerate(inputs)}
        return found | {key: grad for key, grad in grads.items() if grad is not None}

    CASES[name] = run


def _tall(torch: Any) -> Any:
    return _numbers(torch, 5, 3)


def _wide(torch: Any) -> Any:
    return _numbers(torch, 2, 5)


def _batch(torch: Any) -> Any:
    return _square(torch, 3, 2)


def _singular(torch: Any) -> Any:
    return torch.tensor([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [1.0, 0.0, 1.0]], dtype=torch.float64)


def _near_square(torch: Any) -> Any:
    return _numbers(torch, 4, 5)


SQUARE: dict[str, Callable[..., Any]] = {
    "det": lambda torch, x: torch.linalg.det(x),
    "slogdet": lambda torch, x: torch.linalg.slogdet(x),
    "slogdet method": lambda torch, x: x.slogdet(),
    "logdet": lambda torch, x: torch.logdet(x),
    "inv": lambda torch, x: torch.linalg.inv(x),
    "inverse": lambda torch, x: x.inverse(),
    "matrix_power": lambda torch, x: x.matrix_power(5),
    "matrix_power back": lambda torch, x: torch.linalg.matrix_power(x, -2),
    "matrix_exp": lambda torch, x: torch.linalg.matrix_exp(x / 4),
    "solve itself": lambda torch, x: torch.linalg.solve(x, x[..., :2]),
    "svd": lambda torch, x: torch.linalg.svd(x),
}
for _name, _function in SQUARE.items():
    _case(_name, _function, _square)
    _case(f"{_name} of a batch", _function, _batch)
_case("det of a singular matrix", lambda torch, x: torch.det(x), _singular)
_case("det of 2", lambda torch, x: x.det(), lambda torch: _numbers(torch, 2, 2))
for _shape, _make in {"tall": _tall, "wide": _wide, "near": _near_square}.items():
    _case(f"svd {_shape}", lambda torch, x: torch.linalg.svd(x, full_matrices=False), _make)
    _case(f"svd older {_shape}", lambda torch, x: torch.svd(x), _make)
    _case(f"svdvals {_shape}", lambda torch, x: torch.linalg.svdvals(x), _make)
    _case(f"qr {_shape}", lambda torch, x: torch.linalg.qr(x), _make)
    _case(f"qr r {_shape}", lambda torch, x: torch.linalg.qr(x.detach(), mode="r"), _make)
    _case(f"pinv {_shape}", lambda torch, x: torch.linalg.pinv(x), _make)
    _case(f"rank {_shape}", lambda torch, x: torch.linalg.matrix_rank(x), _make)
_case("qr complete", lambda torch, x: torch.linalg.qr(x.detach(), mode="complete"), _tall)
_case("rank 2", lambda torch, x: torch.linalg.matrix_rank(x), _singular)
_case("pinv of a singular matrix", lambda torch, x: torch.linalg.pinv(x), _singular)
_case("cholesky", lambda torch, x: torch.linalg.cholesky(x), _symmetric)
_case("cholesky upper", lambda torch, x: torch.linalg.cholesky(x, upper=True), _symmetric)
_case("eigvalsh", lambda torch, x: torch.linalg.eigvalsh(x), _symmetric)
_case("eigh", lambda torch, x: torch.linalg.eigh(x)[1].abs(), _symmetric)
_case("eigh values", lambda torch, x: torch.linalg.eigh(x, UPLO="U")[0], _symmetric)
_case(
    "cholesky_solve",
    lambda torch, x: torch.cholesky_solve(x[:, :2], torch.linalg.cholesky(x)),
    _symmetric,
)
_case("solve", lambda torch, a, b: torch.linalg.solve(a, b), _square, lambda t: _numbers(t, 3, 2))
_case(
    "solve a vector",
    lambda torch, a, b: torch.linalg.solve(a, b),
    _square,
    lambda t: _numbers(t, 3),
)
_case(
    "solve a batch by one",
    lambda torch, a, b: torch.linalg.solve(a, b),
    _batch,
    lambda t: _numbers(t, 3, 2),
)
_case(
    "solve on the right",
    lambda torch, a, b: torch.linalg.solve(a, b, left=False),
    _square,
    lambda t: _numbers(t, 2, 3),
)
_case(
    "solve_triangular",
    lambda torch, a, b: torch.linalg.solve_triangular(a.triu(), b, upper=True),
    _square,
    lambda t: _numbers(t, 3, 2),
)
_case(
    "lstsq",
    lambda torch, a, b: torch.linalg.lstsq(a, b).solution,
    _tall,
    lambda t: _numbers(t, 5, 2),
)
_case(
    "lstsq of too few",
    lambda torch, a, b: torch.linalg.lstsq(a, b).solution,
    _wide,
    lambda t: _numbers(t, 2, 1, shift=1),
)
_case(
    "cross",
    lambda torch, a, b: torch.linalg.cross(a, b),
    _tall,
    lambda t: _numbers(t, 5, 3, shift=1),
)
_case(
    "cross broadcast",
    lambda torch, a, b: torch.linalg.cross(a, b, dim=0),
    lambda t: _numbers(t, 3, 1),
    lambda t: _numbers(t, 3, 4, shift=1),
)
_case("cross older", lambda torch, a: torch.cross(a, a.flip(0) * a), _square)
_case("multi_dot", lambda torch, a, b: torch.linalg.multi_dot([a, b, a.T, a]), _tall, _square)
_case(
    "multi_dot of vectors",
    lambda torch, a, b: torch.linalg.multi_dot([b[0], b, a.T]),
    _tall,
    _square,
)
_case("vander", lambda torch, x: torch.linalg.vander(x[:, 0]), _tall)
_case("vecdot", lambda torch, x: torch.linalg.vecdot(x, x + 1), _tall)
_case("diagonal", lambda torch, x: torch.linalg.diagonal(x) * 1, _batch)

for _order in (None, 0, 0.5, 1, 2, 3, -1, -2, math.inf, -math.inf):
    _case(
        f"norm of a vector {_order}", lambda torch, x, o=_order: torch.linalg.norm(x[0], o), _tall
    )
for _order in (None, "fro", "nuc", 1, 2, -1, -2, math.inf, -math.inf):
    _case(f"norm of a matrix {_order}", lambda torch, x, o=_order: torch.linalg.norm(x, o), _tall)
    # By the other norms, PyTorch's own backward fails: it changes the inverse in place.
    if _order in (None, "nuc", 2, -2):
        _case(f"cond {_order}", lambda torch, x, o=_order: torch.linalg.cond(x, o), _square)
    else:
        _case(
            f"cond {_order}", lambda torch, x, o=_order: torch.linalg.cond(x.detach(), o), _square
        )
for _order in ("fro", "nuc", 1, 2, -math.inf):
    _case(
        f"matrix_norm {_order} kept",
        lambda torch, x, o=_order: torch.linalg.matrix_norm(x, o, dim=(0, 2), keepdim=True),
        _batch,
    )
    _case(
        f"matrix_norm {_order}",
        lambda torch, x, o=_order: torch.linalg.matrix_norm(x, o, dim=(2, 0)),
        _batch,
    )
_case("vector_norm dims", lambda torch, x: torch.linalg.vector_norm(x, 3, dim=(0, 2)), _batch)
_case("norm nuc older", lambda torch, x: torch.norm(x, p="nuc"), _tall)
_case("norm 0 older", lambda torch, x: x.norm(0, dim=1), _tall)


@CASES
def zeros_have_a_slope_of_zero(torch: Any) -> dict[str, Any]:
    found = {}
    for order in (0.5, 1, 2, 3, -1, math.inf, -math.inf):
        x = torch.tensor([0.0, 3.0, -4.0], requires_grad=True)
        torch.linalg.vector_norm(x, order).backward()
        found[f"{order}"] = x.grad
    return found
