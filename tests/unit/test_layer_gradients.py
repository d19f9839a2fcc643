"""Every layer, activation and loss against finite differences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import backprop as torch
import pytest
from backprop import nn
from backprop.autograd import gradcheck
from backprop.nn import functional

Make = Callable[[], Any]

LAYERS: dict[str, tuple[Make, tuple[int, ...]]] = {
    "conv": (lambda: nn.Conv2d(2, 3, 2), (2, 2, 4, 3)),
    "conv strided": (lambda: nn.Conv2d(2, 2, 3, stride=2, padding=1), (2, 2, 4, 5)),
    "conv dilated": (lambda: nn.Conv2d(1, 2, 2, dilation=2, bias=False), (2, 1, 4, 4)),
    "conv grouped": (lambda: nn.Conv2d(4, 2, 2, groups=2), (2, 4, 3, 3)),
    "conv same": (lambda: nn.Conv2d(1, 2, (2, 3), padding="same"), (1, 3, 3)),
    "conv reflected": (lambda: nn.Conv2d(1, 1, 3, padding=1, padding_mode="reflect"), (1, 3, 3)),
    "conv of series": (lambda: nn.Conv1d(2, 3, 2, padding=1), (2, 2, 4)),
    "conv of volumes": (lambda: nn.Conv3d(2, 2, 2, stride=(1, 2, 1), groups=2), (1, 2, 2, 3, 3)),
    "transposed conv": (lambda: nn.ConvTranspose2d(2, 3, 3, 2, 1, 1), (2, 2, 3, 2)),
    "transposed conv of series": (lambda: nn.ConvTranspose1d(4, 2, 2, groups=2), (2, 4, 3)),
    "transposed conv of volumes": (lambda: nn.ConvTranspose3d(1, 2, 2, dilation=2), (1, 2, 2, 2)),
    "adaptive average pool": (lambda: nn.AdaptiveAvgPool2d((2, 3)), (2, 2, 3, 4)),
    "adaptive average pool of series": (lambda: nn.AdaptiveAvgPool1d(2), (2, 5)),
    "adaptive max pool": (lambda: nn.AdaptiveMaxPool2d((2, 3)), (2, 2, 3, 4)),
    "max pool of series": (lambda: nn.MaxPool1d(2), (2, 2, 5)),
    "average pool of volumes": (lambda: nn.AvgPool3d(2, 1, 1), (1, 2, 2, 3)),
    "max pool": (lambda: nn.MaxPool2d(2), (2, 1, 4, 4)),
    "max pool overlapping": (lambda: nn.MaxPool2d(3, stride=1, padding=1), (1, 2, 3, 4)),
    "average pool": (lambda: nn.AvgPool2d(2, stride=1, padding=1), (2, 3, 3)),
    "average pool ceil": (lambda: nn.AvgPool2d(2, ceil_mode=True), (1, 2, 3, 3)),
    "batch norm": (lambda: nn.BatchNorm1d(3), (4, 3)),
    "batch norm of series": (lambda: nn.BatchNorm1d(2), (3, 2, 3)),
    "batch norm in use": (lambda: nn.BatchNorm1d(3).eval(), (4, 3)),
    "batch norm of images": (lambda: nn.BatchNorm2d(2), (2, 2, 2, 3)),
    "layer norm": (lambda: nn.LayerNorm(4), (3, 4)),
    "layer norm of two": (lambda: nn.LayerNorm((2, 3)), (2, 2, 3)),
    "layer norm plain": (lambda: nn.LayerNorm(4, elementwise_affine=False), (2, 4)),
    "upsample": (lambda: nn.Upsample(scale_factor=1.5), (1, 2, 3, 4)),
    "upsample bilinear": (lambda: nn.Upsample((5, 2), mode="bilinear"), (1, 1, 3, 4)),
    "upsample bicubic": (lambda: nn.Upsample(scale_factor=2, mode="bicubic"), (1, 1, 3, 2)),
    "turned": (lambda: Turned(), (1, 2, 3, 4)),
    "unfold": (lambda: nn.Unfold(2, padding=1), (1, 2, 2, 3)),
    "fold": (lambda: nn.Fold((2, 3), 2, padding=1), (1, 4, 12)),
    "pixel shuffle": (lambda: nn.PixelShuffle(2), (1, 4, 2, 1)),
    "reflection": (lambda: nn.ReflectionPad2d(1), (1, 2, 3)),
    "replication": (lambda: nn.ReplicationPad1d(2), (1, 2, 3)),
    "lp pool": (lambda: nn.Sequential(nn.Softplus(), nn.LPPool2d(3, 2)), (1, 1, 4, 4)),
    "instance norm": (lambda: nn.InstanceNorm2d(2, affine=True), (2, 2, 2, 3)),
    "instance norm in use": (
        lambda: nn.InstanceNorm1d(2, affine=True, track_running_stats=True).eval(),
        (2, 2, 3),
    ),
    "group norm": (lambda: nn.GroupNorm(2, 4), (2, 4, 2)),
    "rms norm": (lambda: nn.RMSNorm(4), (3, 4)),
    "local response norm": (lambda: nn.LocalResponseNorm(3, 0.5), (2, 4, 2)),
    "flatten": (lambda: nn.Flatten(), (2, 3, 2)),
    "unflatten": (lambda: nn.Unflatten(1, (2, 3)), (2, 6)),
    "relu": (lambda: nn.ReLU(), (3, 4)),
    "leaky relu": (lambda: nn.LeakyReLU(0.2), (3, 4)),
    "elu": (lambda: nn.ELU(0.7), (3, 4)),
    "gelu": (lambda: nn.GELU(), (3, 4)),
    "gelu tanh": (lambda: nn.GELU("tanh"), (3, 4)),
    "silu": (lambda: nn.SiLU(), (3, 4)),
    "sigmoid": (lambda: nn.Sigmoid(), (3, 4)),
    "tanh": (lambda: nn.Tanh(), (3, 4)),
    "softplus": (lambda: nn.Softplus(2, 3), (3, 4)),
    "softmax": (lambda: nn.Softmax(0), (3, 4)),
    "log softmax": (lambda: nn.LogSoftmax(1), (3, 4)),
    "hardtanh": (lambda: nn.Hardtanh(-0.6, 0.7), (3, 4)),
    "hardsigmoid": (lambda: nn.Hardsigmoid(), (3, 4)),
    "hardswish": (lambda: nn.Hardswish(), (3, 4)),
    "softshrink": (lambda: nn.Softshrink(0.3), (3, 4)),
    "prelu": (lambda: nn.PReLU(3), (2, 3, 2)),
    "prelu of one": (lambda: nn.PReLU(), (2, 3)),
    "rrelu": (lambda: nn.RReLU().eval(), (2, 3)),
    "celu": (lambda: nn.CELU(0.7), (3, 4)),
    "selu": (lambda: nn.SELU(), (3, 4)),
    "mish": (lambda: nn.Mish(), (3, 4)),
    "log sigmoid": (lambda: nn.LogSigmoid(), (3, 4)),
    "glu": (lambda: nn.GLU(0), (4, 3)),
    "softmin": (lambda: nn.Softmin(1), (3, 4)),
    "pad": (lambda: Padded(), (2, 3)),
    "normalize": (lambda: Normalized(), (2, 3)),
}


class Turned(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.theta = nn.Parameter(torch.tensor([[[0.7, 0.4, 0.1], [-0.3, 0.8, -0.2]]]))

    def forward(self, x: Any) -> Any:
        grid = functional.affine_grid(self.theta, x.shape, align_corners=False)
        return functional.grid_sample(x, grid, padding_mode="border", align_corners=False)


class Padded(nn.Module):
    def forward(self, x: Any) -> Any:
        return functional.pad(functional.pad(x, (1, -1, 0, 2)), (1, 1), "circular")


class Normalized(nn.Module):
    def forward(self, x: Any) -> Any:
        return functional.normalize(x) * functional.cosine_similarity(x, x * x + 1).unsqueeze(1)


def numbers(*shape: int) -> Any:
    return torch.randn(*shape, dtype=torch.float64, requires_grad=True)


@pytest.mark.parametrize("name", LAYERS)
def test_layer(name: str) -> None:
    make, shape = LAYERS[name]
    torch.manual_seed(1)
    layer = make().double()
    assert gradcheck(lambda x, *rest: layer(x), [numbers(*shape), *layer.parameters()])


def test_embedding() -> None:
    torch.manual_seed(1)
    table = nn.Embedding(4, 3).double()
    places = torch.tensor([[0, 2], [2, 3]])
    assert gradcheck(lambda weight: table(places) * weight.sum(), table.weight)


DROPOUTS = {
    "dropout": functional.dropout,
    "1d": functional.dropout1d,
    "alpha": functional.alpha_dropout,
    "feature alpha": functional.feature_alpha_dropout,
}


@pytest.mark.parametrize("name", DROPOUTS)
def test_dropout(name: str) -> None:
    def drop(x: Any) -> Any:
        torch.manual_seed(1)
        return DROPOUTS[name](x, 0.4, training=True)

    assert gradcheck(drop, numbers(4, 5))


WEIGHTS = torch.tensor([0.5, 1.0, 1.5, 2.0], dtype=torch.float64)
LOSSES: dict[str, Callable[..., Any]] = {
    "mse": lambda x, y, r: functional.mse_loss(x, y, reduction=r),
    "l1": lambda x, y, r: functional.l1_loss(x, y, reduction=r),
    "smooth l1": lambda x, y, r: functional.smooth_l1_loss(x, y, reduction=r, beta=0.6),
    "huber": lambda x, y, r: functional.huber_loss(x, y, reduction=r, delta=0.6),
    "bce": lambda x, y, r: functional.binary_cross_entropy(x.sigmoid(), y.sigmoid(), reduction=r),
    "bce logits": lambda x, y, r: functional.binary_cross_entropy_with_logits(
        x, y, WEIGHTS, reduction=r, pos_weight=WEIGHTS * 2
    ),
    "kl": lambda x, y, r: functional.kl_div(x, y.exp(), reduction=r),
    "kl log": lambda x, y, r: functional.kl_div(x, y, reduction=r, log_target=True),
    "cross entropy of probabilities": lambda x, y, r: functional.cross_entropy(
        x, y, WEIGHTS, reduction=r, label_smoothing=0.2
    ),
    "cross entropy": lambda x, y, r: (
        functional.cross_entropy(x, torch.tensor([2, 0, 1]), reduction=r) * y.mean()
    ),
    "cross entropy smoothed": lambda x, y, r: (
        functional.cross_entropy(
            x, torch.tensor([2, 0, 1]), WEIGHTS, label_smoothing=0.3, reduction=r
        )
        * y.mean()
    ),
    "nll": lambda x, y, r: (
        functional.nll_loss(x, torch.tensor([2, -100, 1]), reduction=r) * y.mean()
    ),
}

SIGNS = torch.tensor([1.0, -1.0, -1.0], dtype=torch.float64)
LOSSES |= {
    "ranking": lambda x, y, r: functional.margin_ranking_loss(
        x[:, 0], y[:, 0], SIGNS, 0.3, reduction=r
    ),
    "hinge": lambda x, y, r: (
        functional.hinge_embedding_loss(x[:, 0], SIGNS, reduction=r) * y.mean()
    ),
    "soft margin": lambda x, y, r: (
        functional.soft_margin_loss(x[:, 0], SIGNS, reduction=r) * y.mean()
    ),
    "cosine": lambda x, y, r: functional.cosine_embedding_loss(x, y, SIGNS, reduction=r),
    "multi margin": lambda x, y, r: (
        functional.multi_margin_loss(x, torch.tensor([2, 0, 1]), 2, weight=WEIGHTS, reduction=r)
        * y.mean()
    ),
    "label margin": lambda x, y, r: (
        functional.multilabel_margin_loss(
            x, torch.tensor([[0, 2, -1, 1], [1, -1, 0, 0], [3, 1, 2, 0]]), reduction=r
        )
        * y.mean()
    ),
    "triplet": lambda x, y, r: functional.triplet_margin_loss(x, y, x * y, reduction=r),
    "poisson": lambda x, y, r: functional.poisson_nll_loss(x, y.exp(), full=True, reduction=r),
    "gaussian": lambda x, y, r: functional.gaussian_nll_loss(x, y, (x * y).exp(), reduction=r),
    "pdist": lambda x, y, r: functional.pdist(x) * y.mean(),
    "bilinear": lambda x, y, r: functional.bilinear(x, y, WEIGHTS.expand(2, 4, 4)),
}


@pytest.mark.filterwarnings("ignore:reduction. 'mean' divides")
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("name", LOSSES)
def test_loss(name: str, reduction: str) -> None:
    torch.manual_seed(2)
    x, y = numbers(3, 4), numbers(3, 4)
    assert gradcheck(lambda x, y: LOSSES[name](x, y, reduction), [x, y])
