"""Losses by option, type and shape, forward and backward, by the answers and by the targets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

Loss = Callable[..., Any]
REDUCTIONS = ("mean", "sum", "none")


def _both(torch: Any, loss: Loss, input: Any, target: Any) -> dict[str, Any]:
    """A loss, and its gradients by both, where they are real numbers."""
    for each in (input, target):
        if each.is_floating_point():
            each.requires_grad_()
    result = loss(torch.nn.functional, input, target)
    weights = torch.linspace(1, 2, result.numel(), dtype=result.dtype).reshape(result.shape)
    (result * weights).sum().backward()
    found = {"loss": result.detach(), "printed": repr(result).split("grad_fn=")[-1]}
    found |= {"by input": input.grad}
    if target.grad is not None:
        found["by target"] = target.grad
    return found


def _numbers(torch: Any, kind: str, shape: tuple[int, ...], low: float = -3.0) -> Any:
    high = 3.0 if low else 1.0
    return (torch.rand(shape) * (high - low) + low).to(getattr(torch, kind))


def _case(name: str, draw: Callable[[Any], tuple[Any, Any]], loss: Loss) -> None:
    def run(torch: Any) -> dict[str, Any]:
        torch.manual_seed(6)
        return _both(torch, loss, *draw(torch))

    CASES[name] = run


REGRESSION: dict[str, Loss] = {
    "mse": lambda f, a, b, r: f.mse_loss(a, b, reduction=r),
    "l1": lambda f, a, b, r: f.l1_loss(a, b, reduction=r),
    "smooth l1": lambda f, a, b, r: f.smooth_l1_loss(a, b, reduction=r),
    "smooth l1 0.5": lambda f, a, b, r: f.smooth_l1_loss(a, b, reduction=r, beta=0.5),
    "smooth l1 0": lambda f, a, b, r: f.smooth_l1_loss(a, b, reduction=r, beta=0.0),
    "huber": lambda f, a, b, r: f.huber_loss(a, b, reduction=r),
    "huber 0.5": lambda f, a, b, r: f.huber_loss(a, b, reduction=r, delta=0.5),
    "mse weight": lambda f, a, b, r: f.mse_loss(
        a, b, reduction=r, weight=a.detach().expand(4, 3).abs()
    ),
    "l1 weight": lambda f, a, b, r: f.l1_loss(
        a, b, reduction=r, weight=a.detach().expand(4, 3).abs()
    ),
}
PROBABILITIES: dict[str, Loss] = {
    "bce": lambda f, a, b, r: f.binary_cross_entropy(a, b, reduction=r),
    "bce weight": lambda f, a, b, r: f.binary_cross_entropy(a, b, b.detach() + 1, reduction=r),
    "bce logits": lambda f, a, b, r: f.binary_cross_entropy_with_logits(a * 20, b, reduction=r),
    "bce logits weight": lambda f, a, b, r: f.binary_cross_entropy_with_logits(
        a * 4 - 2, b, b[0].detach() + 1, reduction=r, pos_weight=a[0].detach() * 3
    ),
    "kl": lambda f, a, b, r: f.kl_div(a.log(), b, reduction=r),
    "kl log": lambda f, a, b, r: f.kl_div(a.log(), b, reduction=r, log_target=True),
    "ce probabilities": lambda f, a, b, r: f.cross_entropy(a, b, reduction=r),
    "ce probabilities smoothed": lambda f, a, b, r: f.cross_entropy(
        a, b, b[0].detach() + 1, reduction=r, label_smoothing=0.2
    ),
}
for _reduction in REDUCTIONS:
    for _kind in ("float32", "float64"):
        for _name, _loss in REGRESSION.items():
            _case(
                f"{_name} {_reduction} {_kind}",
                lambda torch, kind=_kind: (
                    _numbers(torch, kind, (4, 3)),
                    _numbers(torch, kind, (4, 3)),
                ),
                lambda f, a, b, loss=_loss, r=_reduction: loss(f, a, b, r),
            )
        for _name, _loss in PROBABILITIES.items():
            _case(
                f"{_name} {_reduction} {_kind}",
                lambda torch, kind=_kind: (
                    _numbers(torch, kind, (4, 3), 0.0),
                    _numbers(torch, kind, (4, 3), 0.0),
                ),
                lambda f, a, b, loss=_loss, r=_reduction: loss(f, a, b, r),
            )
for _name in ("mse", "l1", "smooth l1", "huber"):
    for _title, _shapes in {"row": ((4, 3), (3,)), "column": ((4, 1), (4, 3))}.items():
        _case(
            f"{_name} of a {_title}",
            lambda torch, shapes=_shapes: tuple(_numbers(torch, "float32", s) for s in shapes),
            lambda f, a, b, loss=REGRESSION[_name]: loss(f, a, b, "mean"),
        )

CLASSES = {"one": (5,), "rows": (4, 5), "series": (2, 5, 3), "images": (2, 5, 2, 3)}
CLASSIFICATION: dict[str, dict[str, Any]] = {
    "plain": {},
    "weight": {"weight": True},
    "ignored": {"ignore_index": 1},
    "smoothed": {"label_smoothing": 0.1},
    "all": {"weight": True, "ignore_index": 1, "label_smoothing": 0.3},
}


def _classes(shape: str, options: str, reduction: str, name: str) -> None:
    def draw(torch: Any) -> tuple[Any, Any]:
        size = CLASSES[shape]
        places = size[1:] if len(size) == 1 else (size[0], *size[2:])
        return torch.randn(size), torch.randint(5, places)

    def loss(F: Any, input: Any, target: Any) -> Any:  # noqa: N803
        given = dict(CLASSIFICATION[options])
        if "weight" in given:
            given["weight"] = input.detach().reshape(-1)[:5].abs()
        if name == "nll":
            return F.nll_loss(input, target, reduction=reduction, **given)
        return F.cross_entropy(input, target, reduction=reduction, **given)

    _case(f"{name} {shape} {options} {reduction}", draw, loss)


for _shape in CLASSES:
    for _reduction in REDUCTIONS:
        for _options in CLASSIFICATION:
            _classes(_shape, _options, _reduction, "cross entropy")
        _classes(_shape, "weight", _reduction, "nll")


@CASES
def losses_as_layers(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    torch.manual_seed(1)
    scores, truth = torch.randn(4, 3), torch.tensor([0, 2, 1, 2])
    real, other = torch.randn(4, 3), torch.rand(4, 3)
    pairs = [
        (nn.MSELoss(), real, other),
        (nn.MSELoss(reduction="sum"), real, other),
        (nn.MSELoss(False), real, other),
        (nn.MSELoss(reduce=False), real, other),
        (nn.L1Loss(), real, other),
        (nn.SmoothL1Loss(beta=0.3), real, other),
        (nn.HuberLoss("sum", 0.3), real, other),
        (nn.BCELoss(torch.ones(3) * 2), other, other.flip(0)),
        (nn.BCEWithLogitsLoss(pos_weight=torch.ones(3) * 2), real, other),
        (nn.CrossEntropyLoss(label_smoothing=0.1), scores, truth),
        (nn.CrossEntropyLoss(torch.tensor([1.0, 2.0, 3.0]), ignore_index=1), scores, truth),
        (nn.NLLLoss(torch.tensor([1.0, 2.0, 3.0])), scores.log_softmax(1), truth),
        (nn.KLDivLoss(reduction="batchmean"), scores.log_softmax(1), other),
        (nn.KLDivLoss(log_target=True, reduction="batchmean"), scores.log_softmax(1), real),
    ]
    found: dict[str, Any] = {}
    for place, (loss, input, target) in enumerate(pairs):
        found[f"{place} printed"] = repr(loss) + repr(list(loss.state_dict()))
        found[f"{place}"] = loss(input, target)
    certain = torch.tensor([0.0, 1.0, 0.0], requires_grad=True)
    found["certain"] = torch.nn.functional.binary_cross_entropy(certain, torch.ones(3))
    found["certain"].backward()
    found["certain grad"] = certain.grad
    found["nothing counts"] = torch.nn.functional.cross_entropy(
        scores, torch.full((4,), -100), reduction="mean"
    )
    return found
