"""Parameters that are computed from others, such as a weight that is always symmetric.

A parametrized module gets a class of its own, whose attribute of that name is a property: reading it
computes it, assigning to it asks the parametrizations for what it is to be computed from. What is learned
is ``module.parametrizations.<name>.original``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ...autograd.grad_mode import no_grad
from ...missing import missing_attribute
from ...tensor import Tensor
from ..container import ModuleDict, ModuleList
from ..module import Module
from ..parameter import Parameter

__all__ = [
    "ParametrizationList",
    "cached",
    "is_parametrized",
    "register_parametrization",
    "remove_parametrizations",
    "type_before_parametrizations",
]

_cached = 0
_cache: dict[tuple[int, str], Tensor] = {}


@contextmanager
def cached() -> Iterator[None]:
    """Within this block each parametrized tensor is computed once, and then remembered."""
    global _cached
    _cached += 1
    try:
        yield
    finally:
        _cached -= 1
        if not _cached:
            _cache.clear()


class ParametrizationList(ModuleList):
    """The parametrizations of one tensor, in order, and what it is computed from.

    Attributes:
        original: what it is computed from, if that is one tensor.
        original0: if there are several, the first of them; and so on.
        unsafe: whether type and shape may change.
        is_tensor: whether there is one `original`.
        ntensors: how many there are otherwise.
    """

    def __init__(
        self, modules: Sequence[Module], original: Tensor | Parameter, unsafe: bool = False
    ) -> None:
        if not modules:
            raise ValueError(
                "ParametrizationList requires one or more modules.\nGive the parametrizations."
            )
        super().__init__(modules)
        self.unsafe = unsafe
        source = _sources(reversed(list(modules)), original)
        self.is_tensor = isinstance(source, Tensor)
        if isinstance(source, Tensor):
            self.ntensors = 1
            if source.dtype != original.dtype:
                raise ValueError(
                    "When `right_inverse` outputs one tensor, it may not change the dtype.\n"
                    f"original.dtype: {original.dtype}\nright_inverse(original).dtype: {source.dtype}"
                )
            original.data = source.detach()
            _register(self, "original", original)
        else:
            self.ntensors = len(source)
            for place, each in enumerate(source):
                if not isinstance(each, Tensor):
                    raise ValueError(
                        "'right_inverse' must return a Tensor or a Sequence of tensors (list, tuple...). "
                        f"Got element {place} of the sequence with type {type(each).__name__}.\n"
                        "Each becomes a parameter."
                    )
                if isinstance(original, Parameter):
                    each = Parameter(each.detach(), original.requires_grad)
                _register(self, f"original{place}", each)
        if not unsafe:
            _check(self, original)

    def originals(self) -> list[Tensor]:
        """What the tensor is computed from."""
        if self.is_tensor:
            return [self.original]
        return [getattr(self, f"original{place}") for place in range(self.ntensors)]

    def right_inverse(self, value: Tensor) -> None:
        """Let what the tensor is computed from be such that it comes out as `value`.

        Raises:
            RuntimeError: a parametrization has no `right_inverse`.
            ValueError: it gives another number of tensors than before.
        """
        with no_grad():
            for module in reversed(list(self)):
                if not hasattr(module, "right_inverse"):
                    raise RuntimeError(
                        f"parametrization {type(module).__name__} does not implement right_inverse.\n"
                        "Write it: it says what the tensor is computed from."
                    )
                value = module.right_inverse(value)
            sources = [value] if isinstance(value, Tensor) else list(value)
            if len(sources) != self.ntensors:
                raise ValueError(
                    "'right_inverse' must return a sequence of tensors of length "
                    f"{self.ntensors}. Got a sequence of length {len(sources)}.\n"
                    "It has to give as many as at the start."
                )
            for own, new in zip(self.originals(), sources, strict=True):
                own.data = new.detach()

    def forward(self) -> Tensor:
        """Compute the tensor."""
        first, *others = self
        result: Tensor = first(*self.originals())
        for module in others:
            result = module(result)
        return result


def register_parametrization(
    module: Module, tensor_name: str, parametrization: Module, *, unsafe: bool = False
) -> Module:
    """Let a parameter, or a buffer, of a module be computed by `parametrization`; return the module.

    >>> import backprop as torch
    >>> class Doubled(torch.nn.Module):
    ...     def forward(self, x):
    ...         return 2 * x
    >>> layer = torch.nn.Linear(1, 1)
    >>> _ = torch.nn.init.ones_(layer.weight)
    >>> register_parametrization(layer, "weight", Doubled()).weight
    tensor([[2.]], grad_fn=<MulBackward0>)

    Args:
        module: what has the parameter.
        tensor_name: its name, such as "weight".
        parametrization: a module; if it has a method `right_inverse`, the tensor keeps its value.
        unsafe: whether it may change the type and the shape.

    Raises:
        ValueError: there is no such parameter, or it would change its type or its shape.
    """
    parametrization.train(module.training)
    if is_parametrized(module, tensor_name):
        known: ParametrizationList = module.parametrizations[tensor_name]
        if not unsafe:
            now = getattr(module, tensor_name)
            _compare(now, parametrization(now), "Registering a parametrization may not change the")
        known.append(parametrization)
        known.unsafe = known.unsafe or unsafe
        return module
    if tensor_name not in module._parameters and tensor_name not in module._buffers:
        raise ValueError(
            f"Module '{module}' does not have a parameter, a buffer, or a parametrized element with name "
            f"'{tensor_name}'\nIt has {', '.join([*module._parameters, *module._buffers]) or 'none'}."
        )
    original = getattr(module, tensor_name)
    whole = ParametrizationList([parametrization], original, unsafe=unsafe)
    delattr(module, tensor_name)
    if not is_parametrized(module):
        kind = type(module)
        module.__class__ = type(f"Parametrized{kind.__name__}", (kind,), {"__module__": __name__})
        module.parametrizations = ModuleDict()
    _make_property(module, tensor_name)
    module.parametrizations[tensor_name] = whole
    return module


def is_parametrized(module: Module, tensor_name: str | None = None) -> bool:
    """Whether a tensor of the module is parametrized: that of a name, or any."""
    parametrizations = vars(module).get("parametrizations")
    if not isinstance(parametrizations, ModuleDict):
        return False
    return len(parametrizations) > 0 if tensor_name is None else tensor_name in parametrizations


def remove_parametrizations(
    module: Module, tensor_name: str, leave_parametrized: bool = True
) -> Module:
    """Make a parametrized tensor an ordinary one again; return the module.

    Args:
        module: what has it.
        tensor_name: its name.
        leave_parametrized: whether it keeps the value that was computed, and not that of its `original`.

    Raises:
        ValueError: it is not parametrized, or it has several originals and is not to keep its value.
    """
    if not is_parametrized(module, tensor_name):
        raise ValueError(
            f"Module {module} does not have a parametrization on {tensor_name}\n"
            "See is_parametrized(module, name)."
        )
    whole: ParametrizationList = module.parametrizations[tensor_name]
    now: Tensor = getattr(module, tensor_name)
    if whole.is_tensor:
        original = whole.original
        if leave_parametrized:
            original.data = now.detach()
    elif leave_parametrized:
        original = Parameter(now.detach()) if now.requires_grad else now
    else:
        raise ValueError(
            "Cannot leave unparametrized (`leave_parametrized=False`) a tensor that is parametrized in terms "
            "of a sequence of tensors.\nIt has no value of its own besides the one that is computed."
        )
    delattr(type(module), tensor_name)
    del module.parametrizations[tensor_name]
    _register(module, tensor_name, original)
    if not is_parametrized(module):
        delattr(module, "parametrizations")
        module.__class__ = type(module).__bases__[0]
    return module


def type_before_parametrizations(module: Module) -> type[Module]:
    """The class that the module had before it was parametrized."""
    return type(module).__bases__[0] if is_parametrized(module) else type(module)


def _make_property(module: Module, name: str) -> None:
    def compute(self: Any) -> Tensor:
        whole: ParametrizationList = self.parametrizations[name]
        if not _cached:
            return whole()
        key = (id(self), name)
        if key not in _cache:
            _cache[key] = whole()
        return _cache[key]

    def assign(self: Any, value: Tensor) -> None:
        self.parametrizations[name].right_inverse(value)

    setattr(type(module), name, property(compute, assign))


def _register(module: Module, name: str, tensor: Tensor) -> None:
    if isinstance(tensor, Parameter):
        module.register_parameter(name, tensor)
    else:
        module.register_buffer(name, tensor)


def _sources(modules: Iterator[Module], original: Tensor) -> Any:
    """What the tensor is computed from, as far as the parametrizations can say."""
    value: Any = original
    with no_grad():
        for module in modules:
            if not hasattr(module, "right_inverse"):
                continue
            try:
                value = module.right_inverse(value)
            except NotImplementedError:
                continue
    if not isinstance(value, (Tensor, Sequence)):
        raise ValueError(
            "'right_inverse' must return a Tensor or a Sequence of tensors (list, tuple...). Got "
            f"{type(value).__name__}\nIt says what the tensor is computed from."
        )
    return value


def _check(whole: ParametrizationList, original: Tensor) -> None:
    result = whole()
    if not isinstance(result, Tensor):
        raise ValueError(
            f"A parametrization must return a tensor. Got {type(result).__name__}.\nReturn one tensor."
        )
    _compare(original, result, "Registering a parametrization may not change the")


def _compare(before: Tensor, after: Tensor, words: str) -> None:
    for title, first, second in (
        ("dtype", before.dtype, after.dtype),
        ("shape", before.shape, after.shape),
    ):
        if first != second:
            raise ValueError(
                f"{words} {title} of the tensor, unless `unsafe` flag is enabled.\n"
                f"unparametrized {title}: {first}\nparametrized {title}: {second}"
            )


def __getattr__(name: str) -> Any:
    raise missing_attribute("nn.utils.parametrize", name)
