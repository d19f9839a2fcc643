"""Spectral normalization by a hook, as programs had it before `parametrizations.spectral_norm`."""

from __future__ import annotations

from typing import Any

from ...autograd.grad_mode import no_grad
from ...tensor import Tensor
from ..module import Module
from ..parameter import Parameter
from ..transposed_conv import ConvTranspose1d, ConvTranspose2d, ConvTranspose3d
from .normalized_weight import as_matrix, largest_stretch, normal_directions, power_iteration

__all__ = ["remove_spectral_norm", "spectral_norm"]


class SpectralNorm:
    """The hook: divides the weight by how far it stretches a vector, before each forward."""

    def __init__(self, name: str, n_power_iterations: int, dim: int, eps: float) -> None:
        if n_power_iterations <= 0:
            raise ValueError(
                "Expected n_power_iterations to be positive, but got "
                f"n_power_iterations={n_power_iterations}\nOne each forward is enough."
            )
        self.name = name
        self.n_power_iterations = n_power_iterations
        self.dim = dim
        self.eps = eps

    def compute_weight(self, module: Module, do_power_iteration: bool) -> Tensor:
        """The weight; its directions are made better first, if so asked."""
        weight: Tensor = getattr(module, f"{self.name}_orig")
        u, v = getattr(module, f"{self.name}_u"), getattr(module, f"{self.name}_v")
        matrix = as_matrix(weight, self.dim)
        if do_power_iteration:
            # v first, by the u of the last time.
            with no_grad():
                for _ in range(self.n_power_iterations):
                    power_iteration(matrix.T, v, u, 1, self.eps)
        return weight / largest_stretch(matrix, u.clone(), v.clone())

    def __call__(self, module: Module, inputs: Any) -> None:
        setattr(module, self.name, self.compute_weight(module, module.training))


def spectral_norm(
    module: Module,
    name: str = "weight",
    n_power_iterations: int = 1,
    eps: float = 1e-12,
    dim: int | None = None,
) -> Module:
    """Divide a weight by its largest singular value before each forward; return the module.

    Args:
        module: what has the weight.
        name: the weight's.
        n_power_iterations: how often the estimate is made better in each forward of training.
        eps: keeps lengths away from 0.
        dim: which dimension has the outputs: 1 for a transposed convolution, otherwise 0.

    Source: Miyato et al., Spectral Normalization for Generative Adversarial Networks (2018).

    Raises:
        RuntimeError: that weight has it already.
        ValueError: the number of iterations is not above 0.
    """
    for hook in module._forward_pre_hooks.values():
        if isinstance(hook, SpectralNorm) and hook.name == name:
            raise RuntimeError(
                f"Cannot register two spectral_norm hooks on the same parameter {name}\nOnce is enough."
            )
    if dim is None:
        dim = int(isinstance(module, (ConvTranspose1d, ConvTranspose2d, ConvTranspose3d)))
    hook = SpectralNorm(name, n_power_iterations, dim, eps)
    weight = module._parameters[name]
    assert weight is not None
    u, v = normal_directions(as_matrix(weight.detach(), dim), eps)
    delattr(module, name)
    module.register_parameter(f"{name}_orig", weight)
    setattr(module, name, weight.data)
    module.register_buffer(f"{name}_u", u)
    module.register_buffer(f"{name}_v", v)
    module.register_forward_pre_hook(hook)
    return module


def remove_spectral_norm(module: Module, name: str = "weight") -> Module:
    """Make a weight an ordinary parameter again, with the value that it has; return the module.

    Raises:
        ValueError: it has no spectral normalization.
    """
    for number, hook in module._forward_pre_hooks.items():
        if isinstance(hook, SpectralNorm) and hook.name == name:
            with no_grad():
                weight = hook.compute_weight(module, do_power_iteration=False)
            for each in (name, f"{name}_u", f"{name}_v", f"{name}_orig"):
                delattr(module, each)
            module.register_parameter(name, Parameter(weight.detach()))
            del module._forward_pre_hooks[number]
            module._forget_idle_hooks()
            return module
    raise ValueError(f"spectral_norm of '{name}' not found in {module}\nCall spectral_norm first.")
