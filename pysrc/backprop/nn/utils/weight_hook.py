"""Weight normalization by a hook, as programs had it before `parametrizations.weight_norm`."""

from __future__ import annotations

from typing import Any

from ...warning import warn
from ..module import Module
from ..parameter import Parameter
from . import normalized_weight

__all__ = ["remove_weight_norm", "weight_norm"]


class WeightNorm:
    """The hook: makes the weight of its length g and its direction v before each forward."""

    def __init__(self, name: str, dim: int | None) -> None:
        self.name = name
        self.dim = -1 if dim is None else dim

    def compute_weight(self, module: Module) -> Any:
        """The weight."""
        g, v = getattr(module, f"{self.name}_g"), getattr(module, f"{self.name}_v")
        return normalized_weight.weight_norm(v, g, self.dim)

    def __call__(self, module: Module, inputs: Any) -> None:
        setattr(module, self.name, self.compute_weight(module))


def weight_norm(module: Module, name: str = "weight", dim: int | None = 0) -> Module:
    """Split a weight into its length, `weight_g`, and its direction, `weight_v`; return the module.

    Args:
        module: what has the weight.
        name: the weight's.
        dim: along which dimension there is a length for each slice; None for one length.

    Source: Salimans and Kingma, Weight Normalization (2016).

    Raises:
        RuntimeError: that weight has it already.
    """
    warn(
        "`torch.nn.utils.weight_norm` is deprecated in favor of "
        "`torch.nn.utils.parametrizations.weight_norm`.",
        FutureWarning,
    )
    for hook in module._forward_pre_hooks.values():
        if isinstance(hook, WeightNorm) and hook.name == name:
            raise RuntimeError(
                f"Cannot register two weight_norm hooks on the same parameter {name}\nOnce is enough."
            )
    hook = WeightNorm(name, dim)
    weight = getattr(module, name)
    delattr(module, name)
    length = normalized_weight.norm_except(weight.detach(), hook.dim)
    module.register_parameter(f"{name}_g", Parameter(length))
    module.register_parameter(f"{name}_v", Parameter(weight.detach()))
    hook(module, None)
    module.register_forward_pre_hook(hook)
    return module


def remove_weight_norm(module: Module, name: str = "weight") -> Module:
    """Make a weight an ordinary parameter again; return the module.

    Raises:
        ValueError: it has no weight normalization.
    """
    for number, hook in module._forward_pre_hooks.items():
        if isinstance(hook, WeightNorm) and hook.name == name:
            weight = hook.compute_weight(module)
            for each in (name, f"{name}_g", f"{name}_v"):
                delattr(module, each)
            setattr(module, name, Parameter(weight.detach()))
            del module._forward_pre_hooks[number]
            module._forget_idle_hooks()
            return module
    raise ValueError(f"weight_norm of '{name}' not found in {module}\nCall weight_norm first.")
