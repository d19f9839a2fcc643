"""Many drawn or spaced numbers at once, to the last bit: what a program starts from."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

_SIZES = (1, 5, 15, 16, 17, 40, 1000)
_SHAPES = ((3, 2), (16, 32), (8, 3, 3, 3))


def _checksum(tensors: Iterable[Any]) -> str:
    """One number for the bits of several tensors."""
    found = 0
    for each in tensors:
        found = zlib.crc32(each.detach().contiguous().numpy().tobytes(), found)
    return f"{found:08x}"


def _bits(name: str, make: Callable[[Any], Iterable[Any]]) -> None:
    def run(torch: Any) -> dict[str, Any]:
        found = {}
        for seed in (0, 42, 2147483653):
            torch.manual_seed(seed)
            found[f"seed {seed}"] = _checksum(make(torch))
            found[f"seed {seed}, then"] = torch.rand(1)
        return found

    CASES[f"bits of {name}"] = run


def _sizes(draw: Callable[..., Any]) -> Callable[[Any], Iterable[Any]]:
    """`draw` of each size."""
    return lambda torch: [draw(torch, size) for size in _SIZES]


def _layer(make: Callable[[Any], Any]) -> Callable[[Any], Iterable[Any]]:
    return lambda torch: make(torch.nn).parameters()


def _start(name: str, **options: Any) -> Callable[[Any], Iterable[Any]]:
    """A function of `nn.init` over several shapes."""
    return lambda torch: [
        getattr(torch.nn.init, name)(torch.empty(*shape), **options) for shape in _SHAPES
    ]


def _ranges(torch: Any) -> Iterable[Any]:
    spans = (2, 10, 2**28 - 1, 2**28, 2**28 + 1, 2**32, 2**40, 2**62)
    return [torch.randint(0, span, (20,)) for span in spans]


def _bare_random(torch: Any) -> Iterable[Any]:
    kinds = (torch.float32, torch.float64, torch.int64, torch.int32, torch.uint8, torch.bool)
    return [torch.empty(9, dtype=kind).random_() for kind in kinds]


def _with_tensors(torch: Any) -> Iterable[Any]:
    mean, std = torch.arange(20) * 0.1, torch.arange(20) * 0.3 + 0.1
    return [torch.normal(mean, std), torch.normal(mean, 0.3), torch.normal(0.3, std)]


def _not_contiguous(torch: Any) -> Iterable[Any]:
    return [
        torch.empty(8, 5).t().normal_(0.3, 0.7),
        torch.empty(8, 6)[:, ::2].normal_(),
        torch.empty(2, 3, 4).permute(2, 0, 1).uniform_(-1, 2),
        torch.empty(8, 5).t().bernoulli_(0.3),
        torch.empty(8, 5).t().random_(9),
    ]


def _dropout(torch: Any) -> Iterable[Any]:
    return [torch.nn.Dropout(p)(torch.ones(size)) for size in _SIZES for p in (0.1, 0.5)]


def _shuffles(torch: Any) -> Iterable[Any]:
    data = torch.utils.data.TensorDataset(torch.arange(103))
    loader = torch.utils.data.DataLoader(data, batch_size=10, shuffle=True)
    return [batch[0] for _ in range(2) for batch in loader]


def _double(torch: Any) -> Iterable[Any]:
    return [torch.empty(size, dtype=torch.float64).uniform_(-0.37, 0.91) for size in _SIZES]


DRAWS: dict[str, Callable[[Any], Iterable[Any]]] = {
    "rand": _sizes(lambda torch, size: torch.rand(size)),
    "randn": _sizes(lambda torch, size: torch.randn(size)),
    "normal_": _sizes(lambda torch, size: torch.empty(size).normal_(0.3, 0.7)),
    "normal": _sizes(lambda torch, size: torch.normal(2.0, 0.5, (size,))),
    "normal of tensors": _with_tensors,
    "uniform_": _sizes(lambda torch, size: torch.empty(size).uniform_(-0.37, 0.91)),
    "uniform_ float64": _double,
    "exponential_": _sizes(lambda torch, size: torch.empty(size).exponential_(1.7)),
    "bernoulli": _sizes(lambda torch, size: torch.bernoulli(torch.rand(size))),
    "bernoulli_ of a tensor": _sizes(lambda torch, n: torch.empty(n).bernoulli_(torch.rand(n))),
    "randint": _ranges,
    "random_": _bare_random,
    "randperm": _sizes(lambda torch, size: torch.randperm(size)),
    "multinomial": _sizes(lambda torch, size: torch.multinomial(torch.rand(size), 9, True)),
    "what is not contiguous": _not_contiguous,
    "dropout": _dropout,
    "shuffles": _shuffles,
    "Linear": _layer(lambda nn: nn.Linear(30, 20)),
    "Conv2d": _layer(lambda nn: nn.Conv2d(3, 8, 3)),
    "Embedding": _layer(lambda nn: nn.Embedding(27, 10)),
    "kaiming_uniform_": _start("kaiming_uniform_", a=5**0.5),
    "kaiming_normal_": _start("kaiming_normal_", mode="fan_out", nonlinearity="relu"),
    "xavier_uniform_": _start("xavier_uniform_"),
    "xavier_normal_": _start("xavier_normal_", gain=5 / 3),
    "trunc_normal_": _start("trunc_normal_", std=0.02),
    "trunc_normal_ of tails": _start("trunc_normal_", a=1.0, b=2.0),
}
for _name, _draw in DRAWS.items():
    _bits(_name, _draw)


def _spaced(torch: Any, kind: Any) -> dict[str, Any]:
    ends = ((0, 1), (-1, 1), (-5, 5), (-3.14159, 3.14159), (0.1, 0.7), (1, 0))
    counts = (1, 2, 3, 7, 50, 64, 99, 100, 1000)
    steps = (
        (0, 1, 0.1),
        (-5, 5, 0.1),
        (-1, 1, 0.01),
        (0, 6.28, 0.01),
        (1, 0, -0.05),
        (0, 1e3, 0.7),
    )
    found = [torch.linspace(*pair, n, dtype=kind) for pair in ends for n in counts]
    return {
        "linspace": _checksum(found),
        "arange": _checksum(torch.arange(*each, dtype=kind) for each in steps),
    }


@CASES
def bits_of_spaced_numbers(torch: Any) -> dict[str, Any]:
    return _spaced(torch, torch.float32)


@CASES
def bits_of_spaced_numbers_of_float64(torch: Any) -> dict[str, Any]:
    return _spaced(torch, torch.float64)


@CASES
def bits_of_logspace(torch: Any) -> dict[str, Any]:
    ends = ((-3, 0), (-1, 1), (0, 2), (-5, -1.5))
    found = [torch.logspace(*pair, n) for pair in ends for n in (1, 2, 7, 50, 1000)]
    return {"logspace": _checksum(found)}


def _curve(name: str, function: Callable[..., Any], *starts: float) -> None:
    """A function of one tensor from each of `starts` on, and its gradients: few numbers, each to the bit."""

    def run(torch: Any) -> dict[str, Any]:
        inputs = [(torch.arange(40) * 0.0625 + start).requires_grad_() for start in starts]
        result = function(torch, *inputs)
        result.backward(torch.arange(40) * 0.03125 - 0.6)
        gradients = {f"grad {place}": each.grad for place, each in enumerate(inputs)}
        return {"result": result.detach(), **gradients}

    CASES[f"bits of {name}"] = run


def _named(name: str) -> Callable[..., Any]:
    return lambda torch, *inputs: getattr(torch, name)(*inputs)


CURVES: dict[str, tuple[Callable[..., Any], tuple[float, ...]]] = {
    "tanh": (_named("tanh"), (-1.3,)),
    "sigmoid": (_named("sigmoid"), (-0.3,)),
    "exp": (_named("exp"), (-1.3,)),
    "silu": (lambda torch, x: torch.nn.functional.silu(x), (-0.3,)),
    "expm1": (_named("expm1"), (-1.3,)),
    "log2": (_named("log2"), (0.3,)),
    "log10": (_named("log10"), (0.3,)),
    "reciprocal": (_named("reciprocal"), (0.3,)),
    "a cube": (lambda torch, x: x**3, (-1.3,)),
    "an inverse square": (lambda torch, x: x**-2, (0.3,)),
    "a power of two": (lambda torch, x: 2**x, (-1.3,)),
    "a number divided": (lambda torch, x: 3 / x, (0.3,)),
    "division": (_named("div"), (-1.3, 0.3)),
    "atan2": (_named("atan2"), (-1.3, 0.3)),
    "add scaled": (lambda torch, x, y: torch.add(x, y, alpha=0.3), (-1.3, 0.3)),
    "sub scaled": (lambda torch, x, y: torch.sub(x, y, alpha=0.3), (-1.3, 0.3)),
    "lerp": (lambda torch, x, y: torch.lerp(x, y, 0.3), (-1.3, 0.4)),
    "lerp beyond the middle": (lambda torch, x, y: torch.lerp(x, y, 0.7), (-1.3, 0.4)),
    "lerp by a tensor": (_named("lerp"), (-1.3, 0.4, -0.7)),
    "addcmul": (lambda torch, *each: torch.addcmul(*each, value=0.3), (-1.3, 0.4, 0.7)),
    "addcdiv": (lambda torch, *each: torch.addcdiv(*each, value=0.3), (-1.3, 0.4, 0.7)),
}
for _name, (_function, _starts) in CURVES.items():
    _curve(_name, _function, *_starts)


@CASES
def bits_of_deviations(torch: Any) -> dict[str, Any]:
    torch.manual_seed(0)
    x = torch.randn(20, 35)
    found = {"var": x.var(), "std": x.std(), "of rows": x.var(1), "of columns": x.std(0)}
    return found | {"of all": x.std(1, unbiased=False)}
