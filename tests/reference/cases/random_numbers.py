"""Every draw, from several seeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()


def _random(name: str, draw: Callable[[Any], Any]) -> None:
    def run(torch: Any) -> dict[str, Any]:
        found = {}
        for seed in (0, 1, 1234567890123):
            torch.manual_seed(seed)
            found[f"seed {seed}"] = draw(torch)
            found[f"seed {seed}, then"] = torch.rand(2)
        return found

    CASES[f"random {name}"] = run


def _from_state(torch: Any) -> Any:
    torch.randn(3)
    state = torch.get_rng_state()
    first = torch.randn(3)
    torch.set_rng_state(state)
    assert torch.equal(first, torch.randn(3))
    return first


RANDOM = {
    "rand": lambda torch: torch.rand(5),
    "rand float64": lambda torch: torch.rand(5, dtype=torch.float64),
    "randn 1": lambda torch: torch.randn(1),
    "randn 7": lambda torch: torch.randn(7),
    "randn 15": lambda torch: torch.randn(3, 5),
    "randn 16": lambda torch: torch.randn(16),
    "randn 37": lambda torch: torch.randn(37),
    "randn float64": lambda torch: torch.randn(20, dtype=torch.float64),
    "randint": lambda torch: torch.randint(-3, 10, (8,)),
    "randint high": lambda torch: torch.randint(1000000, (2, 3)),
    "randperm": lambda torch: torch.randperm(10),
    "bernoulli": lambda torch: torch.bernoulli(torch.full((9,), 0.3)),
    "bernoulli_": lambda torch: torch.empty(40).bernoulli_(0.3),
    "random_": lambda torch: torch.empty(5).random_(10),
    "exponential_": lambda torch: torch.empty(5).exponential_(2.0),
    "randint_like": lambda torch: torch.randint_like(torch.ones(3), 0, 7),
    "multinomial": lambda torch: torch.multinomial(torch.tensor([0.1, 0.2, 0.3, 0.4]), 3),
    "multinomial rows": lambda torch: torch.multinomial(torch.tensor([[0.1, 0.9], [3.0, 1.0]]), 1),
    "multinomial again": lambda torch: torch.multinomial(torch.tensor([0.1, 0.2, 0.7]), 6, True),
    "a generator": lambda torch: torch.rand(3, generator=torch.Generator().manual_seed(5)),
    "state": _from_state,
    "normal": lambda torch: torch.normal(2.0, 0.5, (4,)),
    "linear": lambda torch: torch.nn.Linear(3, 2).weight.detach(),
    "kaiming": lambda torch: torch.nn.init.kaiming_normal_(torch.empty(4, 5)),
    "xavier": lambda torch: torch.nn.init.xavier_uniform_(torch.empty(4, 5)),
    "uniform_": lambda torch: torch.empty(6).uniform_(-2, 3),
    "normal_": lambda torch: torch.empty(20).normal_(1, 2),
}
for _name, _draw in RANDOM.items():
    _random(_name, _draw)


ARRANGED: dict[str, Callable[[Any], Any]] = {
    "turned": lambda x: x.reshape(3, 4).t(),
    "large and turned": lambda x: x.reshape(3, 4).repeat(2, 3).t(),
    "middle first": lambda x: x.reshape(2, 3, 2).transpose(0, 1),
    "last first": lambda x: x.reshape(2, 3, 2).permute(2, 0, 1),
    "every second": lambda x: x.reshape(2, 6)[:, ::2],
}
DRAWS: dict[str, Callable[[Any, Any], Any]] = {
    "rand_like": lambda torch, x: torch.rand_like(x),
    "randn_like": lambda torch, x: torch.randn_like(x),
    "randint_like": lambda torch, x: torch.randint_like(x, 9),
    "bernoulli": lambda torch, x: torch.bernoulli(x / 2),
    "uniform_": lambda torch, x: torch.empty_like(x).uniform_(),
    "clone": lambda torch, x: x.clone().normal_(),
    "zeros_like": lambda torch, x: torch.zeros_like(x),
    "ones_like": lambda torch, x: torch.ones_like(x, dtype=torch.int64),
    "full_like": lambda torch, x: torch.full_like(x, 3),
    "dropout": lambda torch, x: torch.nn.functional.dropout(x),
    "alpha_dropout": lambda torch, x: torch.nn.functional.alpha_dropout(x),
}


def _arranged(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        found = {}
        for title, arrange in ARRANGED.items():
            torch.manual_seed(3)
            y = DRAWS[name](torch, arrange(torch.ones(12)))
            found[title] = y
            if name != "bernoulli":
                found[f"{title} strides"] = repr(y.stride())
        return found

    CASES[f"in the order of memory: {name}"] = run


for _name in DRAWS:
    _arranged(_name)
