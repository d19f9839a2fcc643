"""Losses with margins and of likelihoods, distances, and the bilinear layer: forward, backward, refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

Loss = Callable[..., Any]
SIGNS = [1.0, -1.0, -1.0, 1.0]
#: What each is given: scores or vectors, what they are compared with, and a third of them.
LOSSES: dict[str, Loss] = {
    "ranking": lambda f, t, a, b, c, r: f.margin_ranking_loss(
        a[:, 0], b[:, 0], t.tensor(SIGNS), reduction=r
    ),
    "ranking margin": lambda f, t, a, b, c, r: f.margin_ranking_loss(
        a, b, t.tensor([SIGNS] * 3).T, margin=0.7, reduction=r
    ),
    "hinge": lambda f, t, a, b, c, r: f.hinge_embedding_loss(a[:, 0], t.tensor(SIGNS), reduction=r),
    "hinge margin": lambda f, t, a, b, c, r: f.hinge_embedding_loss(
        a[:, 1], t.tensor(SIGNS), 0.3, reduction=r
    ),
    "soft margin": lambda f, t, a, b, c, r: f.soft_margin_loss(
        a * 9, t.tensor([SIGNS] * 3).T, reduction=r
    ),
    "cosine": lambda f, t, a, b, c, r: f.cosine_embedding_loss(a, b, t.tensor(SIGNS), reduction=r),
    "cosine margin": lambda f, t, a, b, c, r: f.cosine_embedding_loss(
        a, b, t.tensor([1, -1, -1, 1]), 0.2, reduction=r
    ),
    "cosine of two": lambda f, t, a, b, c, r: f.cosine_embedding_loss(
        a[0], b[0], t.tensor(-1), reduction=r
    ),
    "multi": lambda f, t, a, b, c, r: f.multi_margin_loss(a, t.tensor([0, 2, 1, 1]), reduction=r),
    "multi squared": lambda f, t, a, b, c, r: f.multi_margin_loss(
        a, t.tensor([0, 2, 1, 1]), 2, 0.6, t.tensor([1.0, 2.0, 0.5]), reduction=r
    ),
    "multi of one": lambda f, t, a, b, c, r: f.multi_margin_loss(a[0], t.tensor(2), reduction=r),
    "labels": lambda f, t, a, b, c, r: f.multilabel_margin_loss(
        a, t.tensor([[0, -1, 1], [1, 2, -1], [-1, 0, 0], [2, 1, 0]]), reduction=r
    ),
    "labels of one": lambda f, t, a, b, c, r: f.multilabel_margin_loss(
        a[0], t.tensor([2, -1, 0]), reduction=r
    ),
    "labels soft": lambda f, t, a, b, c, r: f.multilabel_soft_margin_loss(
        a, b.detach().gt(0).float(), reduction=r
    ),
    "labels soft weight": lambda f, t, a, b, c, r: f.multilabel_soft_margin_loss(
        a, b.detach().gt(0).float(), t.tensor([1.0, 2.0, 0.5]), reduction=r
    ),
    "triplet": lambda f, t, a, b, c, r: f.triplet_margin_loss(a, b, c, reduction=r),
    "triplet swap": lambda f, t, a, b, c, r: f.triplet_margin_loss(
        a, b, c, 0.5, p=1, swap=True, reduction=r
    ),
    "triplet distance": lambda f, t, a, b, c, r: f.triplet_margin_with_distance_loss(
        a, b, c, distance_function=lambda x, y: (x - y).abs().amax(1), reduction=r
    ),
    "poisson": lambda f, t, a, b, c, r: f.poisson_nll_loss(a, b.abs(), reduction=r),
    "poisson counts": lambda f, t, a, b, c, r: f.poisson_nll_loss(
        a.abs(), b.abs() * 3, log_input=False, full=True, reduction=r
    ),
    "gaussian": lambda f, t, a, b, c, r: f.gaussian_nll_loss(a, b, c.abs(), reduction=r),
    "gaussian full": lambda f, t, a, b, c, r: f.gaussian_nll_loss(
        a, b, c[:, 0].abs(), full=True, eps=0.5, reduction=r
    ),
    "gaussian of one": lambda f, t, a, b, c, r: f.gaussian_nll_loss(a, b, 2.0, reduction=r),
}


def _loss(name: str, reduction: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        torch.manual_seed(6)
        given = [torch.randn(4, 3).requires_grad_() for _ in range(3)]
        result = LOSSES[name](torch.nn.functional, torch, *given, reduction)
        weights = torch.linspace(1, 2, result.numel()).reshape(result.shape)
        (result * weights).sum().backward()
        found = {"loss": result.detach(), "printed": repr(result).split("grad_fn=")[-1]}
        for place, each in enumerate(given):
            if each.grad is not None:
                found[f"grad {place}"] = each.grad
        return found

    CASES[f"{name} {reduction}"] = run


for _name in LOSSES:
    for _reduction in ("mean", "sum", "none"):
        _loss(_name, _reduction)


@CASES
def margin_losses_as_layers(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    torch.manual_seed(1)
    a, b, c = (torch.randn(4, 3) for _ in range(3))
    signs, classes = torch.tensor(SIGNS), torch.tensor([0, 2, 1, 1])
    found = {}
    for place, (loss, *given) in enumerate(
        (
            (nn.MarginRankingLoss(0.1), a[:, 0], b[:, 0], signs),
            (nn.HingeEmbeddingLoss(), a[:, 0], signs),
            (nn.SoftMarginLoss(reduction="sum"), a[:, 0], signs),
            (nn.CosineEmbeddingLoss(0.2), a, b, signs),
            (nn.MultiMarginLoss(2, weight=torch.ones(3) * 2), a, classes),
            (nn.MultiLabelMarginLoss(), a, torch.tensor([[0, -1, 1]] * 4)),
            (nn.MultiLabelSoftMarginLoss(), a, b.gt(0).float()),
            (nn.TripletMarginLoss(0.5, swap=True), a, b, c),
            (nn.TripletMarginWithDistanceLoss(margin=2.0), a, b, c),
            (nn.PoissonNLLLoss(full=True), a, b.abs()),
            (nn.GaussianNLLLoss(full=True), a, b, c.abs()),
            (nn.CosineSimilarity(dim=0), a, b),
            (nn.PairwiseDistance(1.0, keepdim=True), a, b),
        )
    ):
        found[f"{place} printed"] = repr(loss) + repr(list(loss.state_dict()))
        found[f"{place}"] = loss(*given)
    return found


@CASES
def distances(torch: Any) -> dict[str, Any]:
    functional = torch.nn.functional
    found = {}
    for name, distance in {
        "pairs": lambda x: functional.pairwise_distance(x, x.flip(0)),
        "pairs 1": lambda x: functional.pairwise_distance(x, x[0], p=1, keepdim=True),
        "all": lambda x: functional.pdist(x),
        "all 1": lambda x: functional.pdist(x, 1),
        "all 3": lambda x: functional.pdist(x, 3),
        "all inf": lambda x: functional.pdist(x, float("inf")),
    }.items():
        torch.manual_seed(4)
        x = torch.randn(4, 3).requires_grad_()
        y = distance(x)
        (y * torch.linspace(-1, 2, y.numel()).reshape(y.shape)).sum().backward()
        found[name], found[f"{name} grad"] = y.detach(), x.grad
    return found


@CASES
def bilinear(torch: Any) -> dict[str, Any]:
    found = {}
    for bias in (True, False):
        torch.manual_seed(4)
        layer = torch.nn.Bilinear(2, 3, 4, bias)
        a, b = torch.randn(5, 2).requires_grad_(), torch.randn(5, 3).requires_grad_()
        y = layer(a, b)
        (y * y).sum().backward()
        found |= {f"{bias}": y.detach(), f"{bias} printed": repr(layer)}
        found |= {f"{bias} {name}": value for name, value in layer.state_dict().items()}
        found |= {f"{bias} {name} grad": each.grad for name, each in layer.named_parameters()}
        found |= {f"{bias} a": a.grad, f"{bias} b": b.grad}
        found[f"{bias} grad_fn"] = repr(y).split("grad_fn=")[-1]
    found["more"] = layer(torch.ones(2, 1, 2), torch.ones(2, 1, 3)).detach()
    return found


@CASES
def margins_refused(torch: Any) -> dict[str, Any]:
    functional, nn = torch.nn.functional, torch.nn
    x, signs = torch.ones(2, 3), torch.tensor([1.0, -1.0])
    found = {}
    for name, provoke in {
        "dimensions": lambda: functional.margin_ranking_loss(x, x, signs),
        "targets": lambda: functional.cosine_embedding_loss(x, x, torch.ones(2, 1)),
        "class": lambda: functional.multi_margin_loss(x, torch.tensor([0, 5])),
        "p": lambda: functional.multi_margin_loss(x, torch.tensor([0, 1]), p=3),
        "p of the layer": lambda: nn.MultiMarginLoss(3),
        "labels": lambda: functional.multilabel_margin_loss(
            x, torch.tensor([[0, -1, 1], [1, 7, -1]])
        ),
        "variance": lambda: functional.gaussian_nll_loss(x, x, -x),
        "variances": lambda: functional.gaussian_nll_loss(x, x, torch.ones(2, 2)),
        "triplet": lambda: functional.triplet_margin_loss(x, x, x[0]),
        "margin": lambda: functional.triplet_margin_loss(x, x, x, margin=-1),
        "margin of the layer": lambda: nn.TripletMarginLoss(-1.0),
        "reduction": lambda: functional.poisson_nll_loss(x, x, reduction="foo"),
        "size": lambda: functional.soft_margin_loss(x, signs),
        "batch": lambda: functional.bilinear(x, x[:1], torch.ones(2, 3, 3)),
        "weight": lambda: functional.bilinear(x, x, torch.ones(2, 3, 4)),
        "no input": lambda: nn.Bilinear(0, 1, 1),
    }.items():
        try:
            provoke()
        except Exception as error:
            found[name] = f"{type(error).__name__}: " + str(error).split("\n")[0].strip()
    return found
