"""Ready-made parametrizations: a weight as a length and a direction, and one of bounded size."""

from __future__ import annotations

from typing import Any

from ...autograd.grad_mode import no_grad
from ...missing import missing_attribute
from ...tensor import Tensor
from ..functional.distance import normalize
from ..module import Module
from ..transposed_conv import ConvTranspose1d, ConvTranspose2d, ConvTranspose3d
from . import normalized_weight
from .normalized_weight import as_matrix, largest_stretch, normal_directions, power_iteration
from .parametrize import register_parametrization

__all__ = ["spectral_norm", "weight_norm"]


class _WeightNorm(Module):
    def __init__(self, dim: int | None = 0) -> None:
        super().__init__()
        self.dim = -1 if dim is None else dim

    def forward(self, weight_g: Tensor, weight_v: Tensor) -> Tensor:
        return normalized_weight.weight_norm(weight_v, weight_g, self.dim)

    def right_inverse(self, weight: Tensor) -> tuple[Tensor, Tensor]:
        return normalized_weight.norm_except(weight, self.dim), weight


def weight_norm(module: Module, name: str = "weight", dim: int | None = 0) -> Module:
    """Let a weight be computed from its length, `original0`, and its direction, `original1`.

    Args:
        module: what has the weight; it is returned.
        name: the weight's.
        dim: along which dimension there is a length for each slice; None for one length.

    Source: Salimans and Kingma, Weight Normalization (2016).
    """
    register_parametrization(module, name, _WeightNorm(dim), unsafe=True)
    return module


class _SpectralNorm(Module):
    def __init__(self, weight: Tensor, n_power_iterations: int, dim: int, eps: float) -> None:
        super().__init__()
        if n_power_iterations <= 0:
            raise ValueError(
                "Expected n_power_iterations to be positive, but got "
                f"n_power_iterations={n_power_iterations}\nOne each forward is enough."
            )
        self.dim = dim if dim >= 0 else dim + weight.ndim
        self.eps = eps
        if weight.ndim > 1:
            self.n_power_iterations = n_power_iterations
            matrix = as_matrix(weight.detach(), self.dim)
            u, v = normal_directions(matrix, eps)
            self.register_buffer("_u", u)
            self.register_buffer("_v", v)
            power_iteration(matrix, u, v, 15, eps)

    def forward(self, weight: Tensor) -> Tensor:
        if weight.ndim == 1:
            return normalize(weight, dim=0, eps=self.eps)
        matrix = as_matrix(weight, self.dim)
        if self.training:
            with no_grad():
                power_iteration(matrix, self._u, self._v, self.n_power_iterations, self.eps)
        return weight / largest_stretch(matrix, self._u.clone(), self._v.clone())

    def right_inverse(self, value: Tensor) -> Tensor:
        return value


def spectral_norm(
    module: Module,
    name: str = "weight",
    n_power_iterations: int = 1,
    eps: float = 1e-12,
    dim: int | None = None,
) -> Module:
    """Let a weight be computed from its `original`, divided by that one's largest singular value.

    Args:
        module: what has the weight; it is returned.
        name: the weight's.
        n_power_iterations: how often the estimate is made better each time, while training.
        eps: keeps lengths away from 0.
        dim: which dimension has the outputs: 1 for a transposed convolution, otherwise 0.

    Source: Miyato et al., Spectral Normalization for Generative Adversarial Networks (2018).

    Raises:
        ValueError: there is no such weight, or the number of iterations is not above 0.
    """
    weight = getattr(module, name, None)
    if not isinstance(weight, Tensor):
        raise ValueError(
            f"Module '{module}' has no parameter or buffer with name '{name}'\n"
            f"It has {', '.join([*module._parameters, *module._buffers]) or 'none'}."
        )
    if dim is None:
        dim = int(isinstance(module, (ConvTranspose1d, ConvTranspose2d, ConvTranspose3d)))
    register_parametrization(module, name, _SpectralNorm(weight, n_power_iterations, dim, eps))
    return module


def __getattr__(name: str) -> Any:
    raise missing_attribute("nn.utils.parametrizations", name)
