"""Pruning: weights that are held at 0 by a mask, so that a smaller network is left.

A pruned parameter `weight` becomes the parameter `weight_orig` and the buffer `weight_mask`; before each
forward the attribute `weight` is made of the two. `method` has what all ways to choose share, `methods` has
the ways, and here are the functions by which they are used.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ....missing import missing_attribute
from ....ops.joining import cat
from ....tensor import Tensor
from ...module import Module
from .method import BasePruningMethod, PruningContainer, method_of
from .methods import (
    CustomFromMask,
    Identity,
    L1Unstructured,
    LnStructured,
    RandomStructured,
    RandomUnstructured,
)

__all__ = [
    "BasePruningMethod",
    "CustomFromMask",
    "Identity",
    "L1Unstructured",
    "LnStructured",
    "PruningContainer",
    "RandomStructured",
    "RandomUnstructured",
    "custom_from_mask",
    "global_unstructured",
    "identity",
    "is_pruned",
    "l1_unstructured",
    "ln_structured",
    "random_structured",
    "random_unstructured",
    "remove",
]


def identity(module: Module, name: str) -> Module:
    """Give the parameter `name` a mask of ones, without pruning anything; return the module."""
    Identity.apply(module, name)
    return module


def random_unstructured(module: Module, name: str, amount: float) -> Module:
    """Prune elements of the parameter `name` at random; return the module.

    Args:
        module: what has the parameter.
        name: the parameter's, such as "weight".
        amount: how many; a float between 0 and 1 for a share of what is left.

    Raises:
        ValueError: the amount is negative, or more than there is.
    """
    RandomUnstructured.apply(module, name, amount)
    return module


def l1_unstructured(
    module: Module, name: str, amount: float, importance_scores: Tensor | None = None
) -> Module:
    """Prune the elements of the parameter `name` that are nearest to 0; return the module.

    >>> import backprop as torch
    >>> layer = torch.nn.Linear(4, 1, bias=False)
    >>> _ = torch.nn.init.constant_(layer.weight[:, 1:], 2.0)
    >>> l1_unstructured(layer, "weight", amount=1).weight_mask
    tensor([[0., 1., 1., 1.]])

    Args:
        module: what has the parameter.
        name: the parameter's, such as "weight".
        amount: how many; a float between 0 and 1 for a share of what is left.
        importance_scores: what is compared instead of the parameter's own elements, of its shape.

    Source: LeCun et al., Optimal Brain Damage (1990), and Han et al., Learning both Weights and
    Connections (2015).

    Raises:
        ValueError: the amount is negative, or more than there is.
    """
    L1Unstructured.apply(module, name, amount=amount, importance_scores=importance_scores)
    return module


def random_structured(module: Module, name: str, amount: float, dim: int) -> Module:
    """Prune slices along the dimension `dim` of the parameter `name` at random; return the module."""
    RandomStructured.apply(module, name, amount, dim)
    return module


def ln_structured(
    module: Module,
    name: str,
    amount: float,
    n: Any,
    dim: int,
    importance_scores: Tensor | None = None,
) -> Module:
    """Prune the slices along `dim` whose n-norms are the smallest, such as channels; return the module.

    Args:
        module: what has the parameter.
        name: the parameter's, such as "weight".
        amount: how many slices; a float between 0 and 1 for a share of what is left.
        n: of the norm.
        dim: along which dimension the slices are counted.
        importance_scores: what is compared instead of the parameter's own elements, of its shape.
    """
    LnStructured.apply(module, name, amount, n, dim, importance_scores=importance_scores)
    return module


def custom_from_mask(module: Module, name: str, mask: Tensor) -> Module:
    """Prune the parameter `name` where `mask`, of its shape, is 0; return the module."""
    CustomFromMask.apply(module, name, mask)
    return module


def global_unstructured(
    parameters: Iterable[tuple[Module, str]],
    pruning_method: type[BasePruningMethod],
    importance_scores: dict[tuple[Module, str], Tensor] | None = None,
    **kwargs: Any,
) -> None:
    """Prune elements of several parameters, compared as if they were one long vector.

    Args:
        parameters: pairs of a module and a parameter's name.
        pruning_method: the way to choose, such as `L1Unstructured`.
        importance_scores: by such a pair, what is compared instead of the parameter's own elements.
        kwargs: what the method takes, such as `amount`.

    Raises:
        TypeError: the parameters are no iterable, or the method chooses whole slices.
    """
    if not isinstance(parameters, Iterable):
        raise TypeError(
            "global_unstructured(): parameters is not an Iterable\n"
            'Give pairs: [(model.fc1, "weight"), (model.fc2, "weight")].'
        )
    pairs = list(parameters)
    scores = importance_scores or {}
    relevant = [
        scores[module, name] if (module, name) in scores else getattr(module, name)
        for module, name in pairs
    ]
    masks = []
    for module, name in pairs:
        known = getattr(module, f"{name}_mask", None)
        masks.append(getattr(module, name).new_ones(getattr(module, name).shape))
        if known is not None:
            masks[-1] = known
    method = PruningContainer()
    method._tensor_name = "temp"
    chosen = pruning_method(**kwargs)
    chosen._tensor_name = "temp"
    if chosen.PRUNING_TYPE != "unstructured":
        raise TypeError(
            'Only "unstructured" PRUNING_TYPE supported for the `pruning_method`. Found method '
            f"{pruning_method} of type {chosen.PRUNING_TYPE}\n"
            "Parameters of different shapes have no slices in common."
        )
    method.add_pruning_method(chosen)
    whole = cat([each.detach().reshape(-1) for each in relevant])
    final = method.compute_mask(whole, cat([each.reshape(-1) for each in masks]))
    start = 0
    for module, name in pairs:
        parameter = getattr(module, name)
        mask = final[start : start + parameter.numel()].view_as(parameter)
        custom_from_mask(module, name, mask)
        start += parameter.numel()


def remove(module: Module, name: str) -> Module:
    """Make the pruning of the parameter `name` permanent: it is a plain parameter again, with its zeros.

    Raises:
        ValueError: it is not pruned.
    """
    number = method_of(module, name)
    if number is None:
        raise ValueError(
            f"Parameter '{name}' of module {module} has to be pruned before pruning can be removed\n"
            "Call one of the functions of nn.utils.prune first."
        )
    method = module._forward_pre_hooks.pop(number)
    assert isinstance(method, BasePruningMethod)
    method.remove(module)
    module._forget_idle_hooks()
    return module


def is_pruned(module: Module) -> bool:
    """Whether the module, or one within it, has a pruned parameter."""
    return any(
        isinstance(hook, BasePruningMethod)
        for each in module.modules()
        for hook in each._forward_pre_hooks.values()
    )


def __getattr__(name: str) -> Any:
    raise missing_attribute("nn.utils.prune", name)
