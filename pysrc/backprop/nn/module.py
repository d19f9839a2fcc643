"""The base of all layers and models."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from ..missing import missing_member
from ..tensor import Tensor
from .conversion import Convertible
from .hooks import Hookable
from .parameter import Parameter
from .registration import attribute_of, kind_of, refuse_registration
from .state import IncompatibleKeys, load_state
from .uninitialized import is_lazy

M = TypeVar("M", bound="Module")


class Module(Hookable, Convertible):
    """Something with parameters that turns inputs into outputs; write `forward` in a subclass.

    A module's parameters, buffers and children are its attributes: assigning them is all it takes. They
    are also kept in three dictionaries, which say in which order they came.

    >>> import backprop as torch
    >>> class Double(torch.nn.Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.factor = torch.nn.Parameter(torch.tensor(2.0))
    ...     def forward(self, x):
    ...         return self.factor * x
    >>> Double()(torch.tensor([1.0, 5.0]))
    tensor([ 2., 10.], grad_fn=<MulBackward0>)

    Attributes:
        training: whether it is being trained: see `train`.
    """

    training: bool
    _parameters: dict[str, Parameter | None]
    _buffers: dict[str, Tensor | None]
    _modules: dict[str, Module | None]
    _non_persistent_buffers_set: set[str]

    def __init__(self) -> None:
        """Prepare the module; a subclass calls this before it assigns anything."""
        prepare = object.__setattr__
        prepare(self, "training", True)
        prepare(self, "_parameters", {})
        prepare(self, "_buffers", {})
        prepare(self, "_modules", {})
        prepare(self, "_non_persistent_buffers_set", set())

    # What it is made of

    def register_parameter(self, name: str, param: Parameter | None) -> None:
        """Make `param` the attribute `name`; None keeps the name for a parameter that is left out.

        Raises:
            KeyError: the name is empty, has a point, or is taken.
            TypeError: it is no Parameter.
        """
        refuse_registration(self, "parameter", name, param, Parameter)
        self._store(self._parameters, name, param)

    def register_buffer(self, name: str, tensor: Tensor | None, persistent: bool = True) -> None:
        """Make `tensor` an attribute that is saved with the parameters, but not learned.

        Raises:
            KeyError: the name is empty, has a point, or is taken.
            TypeError: it is no tensor.
        """
        refuse_registration(self, "buffer", name, tensor, Tensor)
        self._store(self._buffers, name, tensor)
        if not persistent:
            self._non_persistent_buffers_set.add(name)

    def add_module(self, name: str, module: Module | None) -> None:
        """Make `module` a child called `name`.

        Raises:
            KeyError: the name is empty, has a point, or is taken.
            TypeError: it is no module.
        """
        refuse_registration(self, "module", name, module, Module)
        self._store(self._modules, name, module)

    def register_module(self, name: str, module: Module | None) -> None:
        """The same as `add_module`."""
        self.add_module(name, module)

    def _store(self, registry: dict[str, Any], name: str, value: Any) -> None:
        registry[name] = value
        object.__setattr__(self, name, value)  # found at once; __getattr__ would take its time

    def _drop(self, name: str) -> None:
        for place in (vars(self), self._parameters, self._buffers, self._modules):
            place.pop(name, None)
        self._non_persistent_buffers_set.discard(name)

    def __setattr__(self, name: str, value: Any) -> None:
        kind = kind_of(self, name, value, Module)
        if kind is None:
            object.__setattr__(self, name, value)
            return
        registry: dict[str, Any] = getattr(self, kind)
        if name not in registry:
            self._drop(name)
        self._store(registry, name, value)

    def __delattr__(self, name: str) -> None:
        if name not in vars(self):
            object.__delattr__(self, name)
        self._drop(name)

    def __getattr__(self, name: str) -> Any:
        raise missing_member(self, "Module", name)

    def named_children(self) -> Iterator[tuple[str, Module]]:
        """The modules that are attributes of this one, each once, with their names."""
        seen = set()
        for name, module in self._modules.items():
            if module is not None and module not in seen:
                seen.add(module)
                yield name, module

    def children(self) -> Iterator[Module]:
        """The modules that are attributes of this one."""
        return (child for _, child in self.named_children())

    def named_modules(
        self, memo: set[Module] | None = None, prefix: str = "", remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Module]]:
        """This module and all within it, each once, with their dotted names."""
        seen = set() if memo is None else memo
        if self in seen:
            return
        if remove_duplicate:
            seen.add(self)
        yield prefix, self
        for name, module in self._modules.items():
            if module is not None:
                path = f"{prefix}.{name}" if prefix else name
                yield from module.named_modules(seen, path, remove_duplicate)

    def modules(self) -> Iterator[Module]:
        """This module and all within it."""
        return (module for _, module in self.named_modules())

    def named_parameters(
        self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Parameter]]:
        """All parameters, each once, with their dotted names."""
        return self._tensors("_parameters", prefix, recurse, remove_duplicate)

    def parameters(self, recurse: bool = True) -> Iterator[Parameter]:
        """All parameters, each once: what an optimizer is given."""
        return (parameter for _, parameter in self.named_parameters(recurse=recurse))

    def named_buffers(
        self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Tensor]]:
        """All buffers, with their dotted names."""
        return self._tensors("_buffers", prefix, recurse, remove_duplicate)

    def buffers(self, recurse: bool = True) -> Iterator[Tensor]:
        """All buffers."""
        return (buffer for _, buffer in self.named_buffers(recurse=recurse))

    def _tensors(
        self, registry: str, prefix: str, recurse: bool, remove_duplicate: bool
    ) -> Iterator[tuple[str, Any]]:
        seen: set[Any] = set()
        modules = (
            self.named_modules(prefix=prefix, remove_duplicate=remove_duplicate)
            if recurse
            else [(prefix, self)]
        )
        for path, module in modules:
            for name, value in getattr(module, registry).items():
                if value is None or value in seen:
                    continue
                if remove_duplicate:
                    seen.add(value)
                yield f"{path}.{name}" if path else name, value

    def get_submodule(self, target: str) -> Module:
        """The module with a dotted name, such as ``"0.linear"``.

        Raises:
            AttributeError: there is none.
        """
        module = self
        for name in target.split(".") if target else ():
            module = attribute_of(module, name, Module, "an nn.Module")
        return module

    def get_parameter(self, target: str) -> Parameter:
        """The parameter with a dotted name, such as ``"0.weight"``.

        Raises:
            AttributeError: there is none.
        """
        path, _, name = target.rpartition(".")
        found: Parameter = attribute_of(
            self.get_submodule(path), name, Parameter, "an nn.Parameter"
        )
        return found

    def get_buffer(self, target: str) -> Tensor:
        """The buffer with a dotted name, such as ``"1.running_mean"``.

        Raises:
            AttributeError: there is none.
        """
        path, _, name = target.rpartition(".")
        module = self.get_submodule(path)
        found: Tensor = attribute_of(module, name, Tensor, "a buffer")
        if name not in module._buffers:
            raise AttributeError(f"`{name}` is not a buffer\nIt is another attribute.")
        return found

    # What can be done with all of it

    def apply(self: M, fn: Callable[[Module], None]) -> M:
        """Call `fn` on every module within, and on this one last; return it."""
        for child in self.children():
            child.apply(fn)
        fn(self)
        return self

    def train(self: M, mode: bool = True) -> M:
        """Switch between training and use (where Dropout, for one, does nothing); return it."""
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean\nIt is True or False.")
        for module in self.modules():
            module.training = mode
        return self

    def eval(self: M) -> M:
        """Switch to use: ``train(False)``."""
        return self.train(False)

    def requires_grad_(self: M, requires_grad: bool = True) -> M:
        """Say for every parameter whether a gradient is wanted; return the module."""
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget the gradients of all parameters."""
        for parameter in self.parameters():
            if set_to_none:
                parameter.gradient = None
            elif parameter.gradient is not None:
                parameter.gradient = parameter.gradient.detach().zero_()

    def state_dict(self, *, prefix: str = "", keep_vars: bool = False) -> OrderedDict[str, Any]:
        """Every parameter and persistent buffer by its dotted name, sharing memory with the module."""
        state: OrderedDict[str, Any] = OrderedDict()
        for path, module in self.named_modules(remove_duplicate=False):
            for name, value in (*module._parameters.items(), *module._buffers.items()):
                if value is not None and name not in module._non_persistent_buffers_set:
                    full = prefix + (f"{path}.{name}" if path else name)
                    state[full] = value if keep_vars or is_lazy(value) else value.detach()
        return state

    def load_state_dict(
        self, state_dict: Mapping[str, Any], strict: bool = True, assign: bool = False
    ) -> IncompatibleKeys:
        """Copy saved numbers into the module's parameters and buffers; nothing, if anything is wrong.

        Args:
            state_dict: what `state_dict` gave.
            strict: whether names that are missing or unknown are an error.
            assign: whether the saved tensors take the place of the module's, instead of being copied.

        Raises:
            RuntimeError: names are missing or unknown (if `strict`), or a shape differs.
            TypeError: it is no dictionary.
        """
        own = self.state_dict(keep_vars=True)
        keys, replaced = load_state(type(self).__name__, own, state_dict, strict, assign)
        for full, tensor in replaced.items():
            path, _, name = full.rpartition(".")
            setattr(self.get_submodule(path), name, tensor)
        return keys

    def __getstate__(self) -> dict[str, Any]:
        """What a copy or a file of it holds; parameters and the like are in their dictionaries alone."""
        kept = {*self._parameters, *self._buffers, *self._modules}
        return {name: value for name, value in vars(self).items() if name not in kept}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        for registry in (self._parameters, self._buffers, self._modules):
            vars(self).update(registry)

    # How it is shown

    def extra_repr(self) -> str:
        """What stands between the brackets of the printed form."""
        return ""

    def _get_name(self) -> str:
        return type(self).__name__

    def __repr__(self) -> str:
        inside = [
            f"({name}): " + repr(child).replace("\n", "\n  ")
            for name, child in self._modules.items()
        ]
        extra = self.extra_repr().split("\n") if self.extra_repr() else []
        if not inside and len(extra) <= 1:
            return f"{self._get_name()}({''.join(extra)})"
        return f"{self._get_name()}(\n  " + "\n  ".join([*extra, *inside]) + "\n)"
