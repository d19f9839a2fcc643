"""Layers that find out from their first input how large it is."""

from __future__ import annotations

from typing import Any

from .module import Module
from .uninitialized import is_lazy

__all__ = ["LazyModuleMixin"]


class LazyModuleMixin(Module):
    """For a module whose parameters have no shape before it is called for the first time.

    Such a module is written as ``class Mine(LazyModuleMixin, Module)``, has `UninitializedParameter`s,
    and gives them their shapes in `initialize_parameters`, which is called with the first input.

    Attributes:
        cls_to_become: the class that the module has once its parameters have a shape; None for its own.
    """

    cls_to_become: type[Module] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._initialize_hook = self.register_forward_pre_hook(
            self._infer_parameters, with_kwargs=True
        )

    def initialize_parameters(self, *args: Any, **kwargs: Any) -> None:
        """Give the parameters their shapes, from what the module is called with."""
        raise NotImplementedError(
            f"initialize_parameters is not implemented for {type(self).__name__}\n"
            "Write it: it calls materialize(shape) of each parameter."
        )

    def has_uninitialized_params(self) -> bool:
        """Whether a parameter or a buffer of the module itself has no shape yet."""
        return any(map(is_lazy, (*self._parameters.values(), *self._buffers.values())))

    def _infer_parameters(
        self, module: LazyModuleMixin, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """The hook: runs before the first forward, and then never again."""
        module.initialize_parameters(*args, **kwargs)
        if module.has_uninitialized_params():
            raise RuntimeError(
                f"module {self._get_name()} has not been fully initialized\n"
                "Its initialize_parameters has to call materialize(shape) of each parameter."
            )
        module._initialize_hook.remove()
        del module._initialize_hook
        module._forget_idle_hooks()
        if module.cls_to_become is not None:
            module.__class__ = module.cls_to_become  # type: ignore[assignment]
