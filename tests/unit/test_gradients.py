"""Each operation's gradient against finite differences, over shapes and broadcasts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop.autograd import gradcheck
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

Operation = Callable[..., Any]

UNARY: dict[str, Operation] = {
    "neg": lambda x: -x,
    "abs": lambda x: x.abs(),
    "exp": lambda x: x.exp(),
    "expm1": lambda x: x.expm1(),
    "log": lambda x: x.abs().log(),
    "log1p": lambda x: x.abs().log1p(),
    "log2": lambda x: x.abs().log2(),
    "log10": lambda x: x.abs().log10(),
    "sqrt": lambda x: x.abs().sqrt(),
    "rsqrt": lambda x: x.abs().rsqrt(),
    "reciprocal": lambda x: x.reciprocal(),
    "sin": lambda x: x.sin(),
    "cos": lambda x: x.cos(),
    "tanh": lambda x: x.tanh(),
    "sigmoid": lambda x: x.sigmoid(),
    "relu": lambda x: x.relu(),
    "square": lambda x: x.square(),
    "cube": lambda x: x**3,
    "rpow": lambda x: 2**x,
    "clamp": lambda x: x.clamp(-1.03, 1.04),
    "sum": lambda x: x.sum(),
    "sum last": lambda x: x.sum(-1),
    "mean": lambda x: x.mean(),
    "mean first": lambda x: x.mean(0, keepdim=True),
    "prod": lambda x: x.prod(),
    "prod last": lambda x: x.prod(-1),
    "var": lambda x: x.var(correction=0),
    "std": lambda x: (x + torch.arange(x.numel()).reshape(x.shape)).std(correction=0),
    "norm": lambda x: x.norm(),
    "norm 3": lambda x: x.norm(3, dim=0),
    "logsumexp": lambda x: x.logsumexp(-1),
    "softmax": lambda x: x.softmax(-1),
    "log softmax": lambda x: x.log_softmax(0),
    "reshape": lambda x: x.reshape(-1),
    "transpose": lambda x: x.T * 2,
    "first": lambda x: x[0],
    "dots": lambda x: x[..., 0],
    "twice": lambda x: x[[0, 0]],
    "repeat": lambda x: x.reshape(-1).repeat(2),
    "expand": lambda x: x.unsqueeze(0).expand(3, *x.shape),
    "cat": lambda x: torch.cat([x, x * 2]),
    "stack": lambda x: torch.stack([x, x * 2], dim=1),
    "flip": lambda x: x.flip(0),
    "where": lambda x: torch.where(x > 0, x, 2 * x),
    "masked fill": lambda x: x.masked_fill(x > 0, 1.0),
    "exp2": lambda x: x.exp2(),
    "tan": lambda x: (x / 2).tan(),
    "asin": lambda x: (x / 3).asin(),
    "acos": lambda x: (x / 3).acos(),
    "atan": lambda x: x.atan(),
    "sinh": lambda x: x.sinh(),
    "cosh": lambda x: x.cosh(),
    "clamp_min": lambda x: x.clamp_min(0.11),
    "clamp_max": lambda x: x.clamp_max(0.11),
    "nan_to_num": lambda x: x.nan_to_num(),
    "norm 1": lambda x: x.norm(1),
    "norm inf": lambda x: x.norm(float("inf"), dim=-1),
    "amax": lambda x: x.amax(0),
    "amin": lambda x: x.amin(),
    "max": lambda x: x.max(),
    "max last": lambda x: x.max(-1).values,
    "min first": lambda x: x.min(0, keepdim=True).values,
    "median": lambda x: x.median(),
    "median last": lambda x: x.median(-1).values,
    "sort": lambda x: x.sort(0, descending=True).values,
    "topk": lambda x: x.topk(1, 0, largest=False).values,
    "cumsum": lambda x: x.cumsum(0),
    "cumprod": lambda x: x.cumprod(-1),
    "cumprod of zeros": lambda x: (x * (x > 0)).cumprod(0),
    "diff": lambda x: torch.cat([x, x * 3]).diff(dim=0),
    "einsum": lambda x: torch.einsum("...i,...i->...", x, x * 2),
    "einsum outer": lambda x: torch.einsum("i,j->ji", x.reshape(-1), x.reshape(-1)),
    "einsum trace": lambda x: torch.einsum("ii->", torch.outer(x.reshape(-1), x.reshape(-1))),
    "einsum of three": lambda x: torch.einsum("a,ab,b->", x.reshape(-1), outer(x), x.reshape(-1)),
    "inner": lambda x: torch.inner(x, x + 1),
    "outer": lambda x: outer(x),
    "trace": lambda x: outer(x).trace(),
    "diagonal": lambda x: outer(x).diagonal(1),
    "diag": lambda x: x.reshape(-1).diag(1),
    "tril": lambda x: outer(x).tril(),
    "triu": lambda x: outer(x).triu(1),
    "addmm": lambda x: torch.addmm(outer(x), outer(x), outer(x), beta=2, alpha=0.5),
    "det": lambda x: torch.linalg.det(square(x)),
    "slogdet": lambda x: torch.linalg.slogdet(square(x)).logabsdet,
    "inv": lambda x: torch.linalg.inv(square(x)),
    "pinv": lambda x: torch.linalg.pinv(square(x)[:2]),
    "solve": lambda x: torch.linalg.solve(square(x), square(x)[:, 0]),
    "lstsq": lambda x: torch.linalg.lstsq(square(x)[:, :2], square(x)[:, 2:]).solution,
    "svdvals": lambda x: torch.linalg.svdvals(square(x)),
    "svd": lambda x: torch.linalg.svd(square(x)[:, :2], full_matrices=False)[0].abs(),
    "qr": lambda x: torch.linalg.qr(square(x))[0] @ torch.linalg.qr(square(x)).R.abs(),
    "cholesky": lambda x: torch.linalg.cholesky(square(x) @ square(x).T),
    "eigvalsh": lambda x: torch.linalg.eigvalsh(square(x) + square(x).T),
    "eigh": lambda x: torch.linalg.eigh(square(x) + square(x).T).eigenvectors.abs(),
    "matrix_exp": lambda x: torch.linalg.matrix_exp(square(x) / 9),
    "cross": lambda x: torch.linalg.cross(square(x), square(x).flip(0)),
    "norm nuc": lambda x: torch.linalg.norm(square(x), "nuc"),
    "norm half": lambda x: torch.linalg.vector_norm(x, 0.5),
    "unflatten": lambda x: x.unflatten(0, (1, -1)) * 2,
    "movedim": lambda x: x.movedim(0, -1) * 2,
    "narrow": lambda x: x.narrow(0, 0, 1) * 2,
    "split": lambda x: x.split(2)[-1] * 2,
    "chunk": lambda x: x.chunk(2, -1)[0] * 2,
    "unbind": lambda x: x.unbind(-1)[-1] * 2,
    "roll": lambda x: x.roll(1, 0),
    "tile": lambda x: x.tile(2),
    "repeat_interleave": lambda x: x.repeat_interleave(2, 0),
    "meshgrid": lambda x: torch.meshgrid(x.reshape(-1), x.reshape(-1), indexing="ij")[1] * 2,
    "index_select": lambda x: x.index_select(0, torch.tensor([0, 0])),
    "take": lambda x: x.take(torch.tensor([0, 0])),
    "gather": lambda x: x.gather(-1, x.argsort(-1)),
    "take_along_dim": lambda x: x.take_along_dim(x.argmin(0, keepdim=True), 0),
    "masked_select": lambda x: x.masked_select(x > -2) * 2,
    "scatter": lambda x: x.scatter(0, torch.zeros(x.shape).long(), x[:1].expand(*x.shape) * 2)[1:],
    "scatter number": lambda x: x.scatter(-1, torch.zeros(x.shape).long(), 1.5),
    "scatter_add": lambda x: x.scatter_add(0, torch.zeros(x.shape).long(), x * 2),
    "index_add": lambda x: x.index_add(0, torch.zeros(x.shape[0]).long(), x, alpha=3),
    "index_copy": lambda x: x.index_copy(0, torch.tensor([0]), x[-1:] * 2),
    "index_fill": lambda x: x.index_fill(0, torch.tensor([0]), 2.0),
    "as_strided": lambda x: (x * 1).as_strided((x.numel(), 2), (1, 0)) * x.reshape(-1, 1),
    "assignment": lambda x: assigned(x),
    "through views": lambda x: through_views(x),
    "asinh": lambda x: x.asinh(),
    "acosh": lambda x: (x.abs() + 1.1).acosh(),
    "atanh": lambda x: (x / 3).atanh(),
    "rad2deg": lambda x: x.rad2deg(),
    "sinc": lambda x: x.sinc(),
    "hypot": lambda x: torch.hypot(x, x * x + 1),
    "erf": lambda x: x.erf(),
    "erfc": lambda x: x.erfc(),
    "erfinv": lambda x: (x / 3).erfinv(),
    "lgamma": lambda x: (x.abs() + 0.3).lgamma(),
    "logit": lambda x: (x / 5 + 0.5).logit(),
    "logaddexp": lambda x: torch.logaddexp(x, x * 2),
    "logaddexp2": lambda x: torch.logaddexp2(x, 1 - x),
    "xlogy": lambda x: torch.xlogy(x, x.abs() + 0.2),
    "ldexp": lambda x: torch.ldexp(x, x),
    "fmax": lambda x: torch.fmax(x, x * 2 + 0.1),
    "copysign": lambda x: torch.copysign(x, -x),
    "cummax": lambda x: x.cummax(0).values,
    "cummin": lambda x: x.cummin(-1).values,
    "logcumsumexp": lambda x: x.logcumsumexp(0),
    "kthvalue": lambda x: x.kthvalue(1, 0).values,
    "quantile": lambda x: x.quantile(0.37),
    "quantile last": lambda x: x.quantile(torch.tensor([0.2, 0.7], dtype=x.dtype), -1),
    "nansum": lambda x: x.nansum(0),
    "nanmedian": lambda x: x.nanmedian(),
    "aminmax": lambda x: x.aminmax(dim=0).max,
    "baddbmm": lambda x: torch.baddbmm(outer(x)[None], outer(x)[None], outer(x)[None], beta=0.5),
    "tensordot": lambda x: torch.tensordot(outer(x), outer(x), dims=1),
    "cdist": lambda x: torch.cdist(outer(x), outer(x) * 2 + 3.1),
    "cdist 1": lambda x: torch.cdist(outer(x), outer(x) * 2 + 3.1, p=1),
    "cov": lambda x: torch.cat([outer(x), outer(x) ** 2]).cov(correction=0),
    "rot90": lambda x: outer(x).rot90(),
    "kron": lambda x: torch.kron(outer(x), outer(x)),
    "block_diag": lambda x: torch.block_diag(outer(x), outer(x)),
    "in place": lambda x: (x * 1).mul_(3).add_(x),
}


def assigned(x: Any) -> Any:
    y = x * 3
    y[0] = x[-1] * 2
    return y


def square(x: Any) -> Any:
    """A matrix of 3 rows that is far from singular."""
    elements = x.reshape(-1).repeat(9)[:9].reshape(3, 3) / 4
    return elements + torch.diag(torch.tensor([4.0, 6.0, 9.0], dtype=x.dtype))


def outer(x: Any) -> Any:
    return torch.outer(x.reshape(-1), x.reshape(-1))


def through_views(x: Any) -> Any:
    y = x * 2
    flat, first = y.view(-1), y[0]
    unharmed = flat * 3  # needs none of the numbers that are written over
    first.mul_(x[-1])
    flat.add_(1).mul_(flat.clone().sin())
    y[..., 0] *= 3
    first.sub_(flat[0].clone())
    return y * 2 + unharmed.view(y.shape)


BINARY: dict[str, Operation] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "pow": lambda a, b: a.abs() ** b,
    "maximum": lambda a, b: torch.maximum(a, b),
    "minimum": lambda a, b: torch.minimum(a, b),
    "where": lambda a, b: torch.where(a > b, a, b),
    "atan2": lambda a, b: torch.atan2(a, b),
    "fmod": lambda a, b: torch.fmod(a * 3.17, b),
    "remainder": lambda a, b: torch.remainder(a * 3.17, b),
    "lerp": lambda a, b: torch.lerp(a, b, 0.3),
    "lerp tensor": lambda a, b: torch.lerp(a, b, a * b),
    "addcmul": lambda a, b: torch.addcmul(a, b, a, value=2),
    "addcdiv": lambda a, b: torch.addcdiv(a, b, a, value=2),
    "in place": lambda a, b: torch.broadcast_tensors(a, b)[0].clone().mul_(b).sub_(a),
}

# Away from 0, where |x| and 1/x have no slope, and all different, so that no maximum is shared.
PLACES = st.permutations([0.3, -0.4, 0.55, 0.7, -0.85, 0.95, -1.1, 1.2, 1.35, -1.5, 1.6, 1.75] * 6)


def tensor(shape: tuple[int, ...], values: list[float], shift: float = 0.0) -> Any:
    count = int(np.prod(shape))
    spread = np.array(values[:count]) + shift + np.linspace(0, 0.01, count)
    return torch.tensor(spread.reshape(shape), requires_grad=True)


@pytest.mark.parametrize("name", UNARY)
@settings(max_examples=12, deadline=None)
@given(shape=arrays.array_shapes(min_dims=1, max_dims=3, max_side=4), values=PLACES)
def test_unary(name: str, shape: tuple[int, ...], values: list[float]) -> None:
    assert gradcheck(UNARY[name], tensor(shape, values))


@pytest.mark.parametrize("name", BINARY)
@settings(max_examples=25, deadline=None)
@given(
    shapes=arrays.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3),
    first=PLACES,
    second=PLACES,
)
def test_binary(
    name: str, shapes: arrays.BroadcastableShapes, first: list[float], second: list[float]
) -> None:
    a, b = shapes.input_shapes
    left, right = tensor(a, first), tensor(b, second, shift=0.013)
    if name in ("fmod", "remainder"):
        # Where the quotient is a whole number they jump, and no difference quotient tells the slope.
        quotient = left.detach().numpy() * 3.17 / right.detach().numpy()
        assume(bool((abs(quotient - quotient.round()) > 1e-3).all()))
    assert gradcheck(BINARY[name], [left, right])


@pytest.mark.parametrize(
    ("a", "b"),
    [((2, 3), (3, 4)), ((3,), (3,)), ((3,), (3, 2)), ((2, 3), (3,)), ((4, 2, 3), (4, 3, 2)),
     ((4, 2, 3), (3, 2)), ((2, 1, 2, 3), (3, 3, 1)), ((1, 1), (1, 1))],
)  # fmt: skip
def test_matmul(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    torch.manual_seed(1)
    factors = [torch.randn(shape, dtype=torch.float64, requires_grad=True) for shape in (a, b)]
    assert gradcheck(torch.matmul, factors)


@pytest.mark.parametrize("shape", [(3,), (4, 3), (2, 5, 3)])
@pytest.mark.parametrize("bias", [True, False])
def test_linear_and_loss(shape: tuple[int, ...], bias: bool) -> None:
    torch.manual_seed(1)
    layer = torch.nn.Linear(3, 2, bias=bias).double()
    x = torch.randn(shape, dtype=torch.float64, requires_grad=True)
    target = torch.randn((*shape[:-1], 2), dtype=torch.float64, requires_grad=True)
    loss_fn = torch.nn.MSELoss()
    inputs = [x, target, *layer.parameters()]
    assert gradcheck(lambda x, target, *rest: loss_fn(layer(x), target), inputs)


def test_relu_lets_nothing_back_where_nothing_passed() -> None:
    x = torch.tensor([-1.0, -1.0, 0.0, 2.0], requires_grad=True)
    x.relu().backward(torch.tensor([-1.0, float("inf"), -1.0, -1.0]))
    # Nothing is 0: not -0, as -1 times 0 is, and not NaN, as infinity times 0 is.
    assert repr(x.grad) == "tensor([ 0.,  0.,  0., -1.])"
