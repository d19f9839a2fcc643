"""What all ways to prune share: a mask, and the hook that lays it over the parameter."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any

from ....tensor import Tensor
from ...module import Module
from ...parameter import Parameter

#: What a method chooses: single elements, whole slices, or elements of the whole.
KINDS = ("unstructured", "structured", "global")


class BasePruningMethod(ABC):
    """A way to choose what is pruned; write `compute_mask` in a subclass, and set `PRUNING_TYPE`.

    An object of it is a hook that is called before the module's forward.

    Attributes:
        PRUNING_TYPE: "unstructured" for single elements, "structured" for slices, "global" for what is
            compared with what was pruned before as well.
    """

    PRUNING_TYPE: str = "global"

    _tensor_name: str

    def __call__(self, module: Module, inputs: Any) -> None:
        """The hook: let the parameter be what is left of it."""
        setattr(module, self._tensor_name, self.apply_mask(module))

    @abstractmethod
    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """A mask of the shape of `t`, 0 where it is pruned.

        Args:
            t: the numbers by which is chosen.
            default_mask: what was pruned before; it stays pruned.
        """

    def apply_mask(self, module: Module) -> Tensor:
        """The parameter times its mask."""
        mask: Tensor = getattr(module, f"{self._tensor_name}_mask")
        original: Tensor = getattr(module, f"{self._tensor_name}_orig")
        return mask.to(dtype=original.dtype) * original

    def prune(
        self,
        t: Tensor,
        default_mask: Tensor | None = None,
        importance_scores: Tensor | None = None,
    ) -> Tensor:
        """A tensor pruned in this way, without any module."""
        scores = t if importance_scores is None else importance_scores
        _check_scores(scores, t)
        known = t.new_ones(t.shape) if default_mask is None else default_mask
        return t * self.compute_mask(scores, default_mask=known)

    @classmethod
    def apply(
        cls,
        module: Module,
        name: str,
        *args: Any,
        importance_scores: Tensor | None = None,
        **kwargs: Any,
    ) -> BasePruningMethod:
        """Prune the parameter `name` of a module in this way; return the hook.

        Args:
            module: what has the parameter.
            name: the parameter's.
            args: what the method takes.
            importance_scores: what is compared instead of the parameter's own elements.
            kwargs: what the method takes.
        """
        own = cls(*args, **kwargs)
        own._tensor_name = name
        method: BasePruningMethod = own
        number = method_of(module, name)
        if number is not None:
            earlier = module._forward_pre_hooks.pop(number)
            container = PruningContainer(earlier)
            container.add_pruning_method(own)
            method = container
        original = getattr(module, name)
        scores = original if importance_scores is None else importance_scores
        _check_scores(scores, original)
        first = number is None
        known = None if first else getattr(module, f"{name}_mask").detach().clone()
        try:
            mask = method.compute_mask(
                scores.detach(), original.new_ones(original.shape) if known is None else known
            )
        except Exception:
            if number is not None:
                module._add_hook("before", earlier, False)
            raise
        if first:
            delattr(module, name)
            module.register_parameter(f"{name}_orig", original)
        module.register_buffer(f"{name}_mask", mask)
        setattr(module, name, method.apply_mask(module))
        module.register_forward_pre_hook(method)
        return method

    def remove(self, module: Module) -> None:
        """Make the pruning permanent: the parameter is a plain one again, with its zeros."""
        name = self._tensor_name
        pruned = self.apply_mask(module)
        original: Parameter = getattr(module, f"{name}_orig")
        original.data = pruned.detach()
        for each in (name, f"{name}_mask", f"{name}_orig"):
            delattr(module, each)
        setattr(module, name, original)


class PruningContainer(BasePruningMethod):
    """Several ways, one after the other: each chooses among what those before have left."""

    def __init__(self, *args: Any) -> None:
        self._pruning_methods: tuple[BasePruningMethod, ...] = ()
        given = args[0] if len(args) == 1 and isinstance(args[0], Iterable) else args
        for method in given:
            if not self._pruning_methods:
                self._tensor_name = method._tensor_name
            self.add_pruning_method(method)

    def add_pruning_method(self, method: BasePruningMethod | None) -> None:
        """Add a way at the end.

        Raises:
            TypeError: it is no way to prune.
            ValueError: it is for another parameter.
        """
        if not isinstance(method, BasePruningMethod) and method is not None:
            raise TypeError(
                f"{type(method)} is not a BasePruningMethod subclass\n"
                "Give an object of one of the classes of nn.utils.prune."
            )
        if method is not None and self._tensor_name != method._tensor_name:
            raise ValueError(
                "Can only add pruning methods acting on the parameter named "
                f"'{self._tensor_name}' to PruningContainer {self}. Found '{method._tensor_name}'\n"
                "Each parameter has a container of its own."
            )
        if method is not None:
            self._pruning_methods += (method,)

    def __len__(self) -> int:
        return len(self._pruning_methods)

    def __iter__(self) -> Iterator[BasePruningMethod]:
        return iter(self._pruning_methods)

    def __getitem__(self, index: Any) -> Any:
        return self._pruning_methods[index]

    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """The mask of the last way, which chooses among what `default_mask` has left.

        Raises:
            ValueError: its `PRUNING_TYPE` is unknown.
        """
        method = self._pruning_methods[-1]
        if method.PRUNING_TYPE not in KINDS:
            raise ValueError(
                f"Unrecognized PRUNING_TYPE {method.PRUNING_TYPE}\nIt is one of {', '.join(KINDS)}."
            )
        left = self._left(method, default_mask)
        mask = default_mask.clone()
        mask[left] = method.compute_mask(t[left], default_mask=default_mask[left]).to(
            dtype=mask.dtype
        )
        return mask

    def _left(self, method: Any, mask: Tensor) -> Any:
        """Where the way may choose: single elements, or whole slices, that are not pruned yet."""
        if method.PRUNING_TYPE == "unstructured":
            return mask.eq(1)
        if method.PRUNING_TYPE == "global":
            return (slice(None),) * mask.ndim
        dim = method.dim % mask.ndim
        others = [axis for axis in range(mask.ndim) if axis != dim]
        kept = (mask.sum(dim=others) != 0).nonzero().squeeze(1)
        return tuple(kept if axis == dim else slice(None) for axis in range(mask.ndim))


def method_of(module: Module, name: str) -> int | None:
    """The number of the hook that prunes a parameter; None if nothing does."""
    for number, hook in module._forward_pre_hooks.items():
        if isinstance(hook, BasePruningMethod) and hook._tensor_name == name:
            return number
    return None


def _check_scores(scores: Tensor, t: Tensor) -> None:
    if scores.shape != t.shape:
        raise AssertionError(
            "importance_scores should have the same shape as parameter                     "
            f"\nThey have {tuple(scores.shape)}, and it has {tuple(t.shape)}."
        )
