"""Distributions: PyTorch's own samples, probabilities, gradients, printed forms and refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

Make = Callable[[Any, Any], Any]

#: Each with a value that it can take.
DISTRIBUTIONS: dict[str, tuple[Make, Make]] = {
    "categorical": (
        lambda t, d: d.Categorical(t.tensor([0.2, 0.3, 0.5])),
        lambda t, d: t.tensor(1),
    ),
    "categorical logits": (
        lambda t, d: d.Categorical(logits=t.tensor([[1.0, 2.0, 0.5], [0.0, -1.0, 3.0]])),
        lambda t, d: t.tensor([0, 2]),
    ),
    "normal": (
        lambda t, d: d.Normal(t.tensor([0.0, 1.0]), t.tensor([1.0, 2.0])),
        lambda t, d: t.tensor([0.3, -1.0]),
    ),
    "normal numbers": (lambda t, d: d.Normal(0.5, 2), lambda t, d: t.tensor([0.3, -1.0])),
    "bernoulli": (
        lambda t, d: d.Bernoulli(t.tensor([0.3, 0.7])),
        lambda t, d: t.tensor([1.0, 0.0]),
    ),
    "bernoulli logits": (
        lambda t, d: d.Bernoulli(logits=t.tensor(0.4)),
        lambda t, d: t.tensor(1.0),
    ),
}


def _distribution(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        torch.manual_seed(5)
        make, value = DISTRIBUTIONS[name]
        one = make(torch, torch.distributions)
        found = {"printed": repr(one), "sample": one.sample(), "samples": one.sample((3,))}
        found["more"] = one.sample((2, 3))
        found["log_prob"] = one.log_prob(value(torch, torch.distributions))
        found["entropy"] = one.entropy()
        found["perplexity"] = one.perplexity()
        found |= {"mean": one.mean, "variance": one.variance, "stddev": one.stddev}
        return found | {"shapes": repr((one.batch_shape, one.event_shape)), "after": repr(one)}

    CASES[name] = run


for _name in DISTRIBUTIONS:
    _distribution(_name)


@CASES
def a_policy(torch: Any) -> dict[str, Any]:
    """As REINFORCE has it: the gradient of a logarithm of what was drawn."""
    torch.manual_seed(1)
    weights = torch.tensor([0.1, 0.2, 0.3], requires_grad=True)
    choice = torch.distributions.Categorical(weights.softmax(0))
    action = choice.sample()
    loss = -choice.log_prob(action) * 2 - choice.entropy()
    loss.backward()
    found = {"action": repr(action.item()), "loss": loss.detach(), "grad": weights.grad}
    return found | {"mode": choice.mode, "all": choice.enumerate_support()}


@CASES
def through_a_sample(torch: Any) -> dict[str, Any]:
    torch.manual_seed(1)
    loc = torch.tensor([1.0, 2.0], requires_grad=True)
    scale = torch.tensor([0.5, 0.7], requires_grad=True)
    bell = torch.distributions.Normal(loc, scale)
    sample = bell.rsample((2,))
    (sample**2).sum().backward()
    found = {"sample": sample.detach(), "loc": loc.grad, "scale": scale.grad}
    found["plain"] = repr(bell.sample().requires_grad)
    found["cdf"] = bell.cdf(torch.tensor(1.2)).detach()
    return found | {"icdf": bell.icdf(torch.tensor(0.3)).detach()}


PROVOCATIONS: dict[str, Make] = {
    "negative scale": lambda t, d: d.Normal(0.0, -1.0),
    "nan": lambda t, d: d.Normal(t.tensor([float("nan")]), 1.0),
    "other shapes": lambda t, d: d.Normal(t.zeros(2), t.ones(3)),
    "negative probability": lambda t, d: d.Categorical(t.tensor([-1.0, 2.0])),
    "both": lambda t, d: d.Categorical(probs=t.ones(2), logits=t.ones(2)),
    "neither": lambda t, d: d.Categorical(),
    "a single probability": lambda t, d: d.Categorical(t.tensor(1.0)),
    "too probable": lambda t, d: d.Bernoulli(2.0),
    "a number": lambda t, d: d.Normal(0.0, 1.0).log_prob(1.0),
    "an alternative too many": lambda t, d: d.Categorical(t.ones(2)).log_prob(t.tensor([1, 5])),
    "half": lambda t, d: d.Bernoulli(0.5).log_prob(t.tensor(0.5)),
    "another shape": lambda t, d: d.Normal(t.zeros(2), 1.0).log_prob(t.ones(3)),
    "unchecked": lambda t, d: d.Normal(0.0, -1.0, validate_args=False),
}


@CASES
def refused(torch: Any) -> dict[str, Any]:
    found = {}
    for name, provoke in PROVOCATIONS.items():
        try:
            found[name] = repr(provoke(torch, torch.distributions))
        except Exception as error:
            text = str(error) if type(error) is ValueError else str(error).split("\n")[0]
            found[name] = f"{type(error).__name__}: {text}"
    return found
