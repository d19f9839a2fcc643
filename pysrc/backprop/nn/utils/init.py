"""A module whose parameters are filled later."""

from __future__ import annotations

from typing import Any

from ..module import Module


def skip_init(module_cls: type[Module], *args: Any, **kwargs: Any) -> Module:
    """A module of this class; PyTorch leaves its parameters empty, here they hold zeros.

    No random number is drawn for them, as in PyTorch.

    Raises:
        RuntimeError: it is no class of modules.
    """
    from ...random import get_rng_state, set_rng_state

    if not (isinstance(module_cls, type) and issubclass(module_cls, Module)):
        raise RuntimeError(
            f"Expected a Module; got {module_cls}\nGive the class, such as nn.Linear."
        )
    kwargs.pop("device", None)
    state = get_rng_state()
    module = module_cls(*args, **kwargs)
    set_rng_state(state)
    for each in (*module.parameters(), *module.buffers()):
        each.array.fill(0)
    return module
