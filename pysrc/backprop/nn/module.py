"""The base of all layers and models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

import numpy as np

from ..missing import missing_attribute
from ..tensor import RemovableHandle, Tensor
from .parameter import Parameter

M = TypeVar("M", bound="Module")


class IncompatibleKeys(NamedTuple):
    """What `load_state_dict` could not match."""

    missing_keys: list[str]
    unexpected_keys: list[str]

    def __repr__(self) -> str:
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return f"IncompatibleKeys(missing_keys={self.missing_keys}, unexpected_keys={self.unexpected_keys})"


class Module:
    """Something with parameters that turns inputs into outputs; write `forward` in a subclass.

    A module's parameters, buffers and children are its attributes: assigning them is all it takes.

    >>> import backprop as torch
    >>> class Double(torch.nn.Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.factor = torch.nn.Parameter(torch.tensor(2.0))
    ...     def forward(self, x):
    ...         return self.factor * x
    >>> Double()(torch.tensor([1.0, 5.0]))
    tensor([ 2., 10.], grad_fn=<MulBackward0>)
    """

    training: bool = True
    _buffer_names: tuple[str, ...] = ()
    _forward_pre_hooks: dict[int, Callable[..., Any]] | None = None
    _forward_hooks: dict[int, Callable[..., Any]] | None = None

    def __init__(self) -> None:
        """Nothing needs to be prepared; subclasses call it first, as in PyTorch."""

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """Compute the output; every subclass writes its own."""
        raise NotImplementedError(
            f'Module [{type(self).__name__}] is missing the required "forward" function\n'
            "Write def forward(self, x): in your class, with this very name."
        )

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call `forward`, and the hooks around it."""
        if self._forward_pre_hooks or self._forward_hooks:
            return self._call_with_hooks(args, kwargs)
        return self.forward(*args, **kwargs)

    def _call_with_hooks(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        for hook in tuple((self._forward_pre_hooks or {}).values()):
            changed = hook(self, args)
            if changed is not None:
                args = changed if isinstance(changed, tuple) else (changed,)
        result = self.forward(*args, **kwargs)
        for hook in tuple((self._forward_hooks or {}).values()):
            changed = hook(self, args, result)
            if changed is not None:
                result = changed
        return result

    def register_forward_pre_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call ``hook(module, args)`` before each forward; what it returns replaces the inputs."""
        if self._forward_pre_hooks is None:
            self._forward_pre_hooks = {}
        return RemovableHandle(self._forward_pre_hooks, hook)

    def register_forward_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call ``hook(module, args, output)`` after each forward; what it returns replaces the output."""
        if self._forward_hooks is None:
            self._forward_hooks = {}
        return RemovableHandle(self._forward_hooks, hook)

    # What it is made of

    def register_parameter(self, name: str, param: Parameter | None) -> None:
        """Make `param` the attribute `name`; None keeps the name for a parameter that is left out."""
        setattr(self, name, param)

    def register_buffer(self, name: str, tensor: Tensor | None, persistent: bool = True) -> None:
        """Make `tensor` an attribute that is saved with the parameters, but not learned."""
        if name not in self._buffer_names:
            self._buffer_names = (*self._buffer_names, name)
        setattr(self, name, tensor)

    def register_module(self, name: str, module: Module | None) -> None:
        """The same as `add_module`."""
        self.add_module(name, module)

    def add_module(self, name: str, module: Module | None) -> None:
        """Make `module` a child called `name`."""
        setattr(self, name, module)

    def named_children(self) -> Iterator[tuple[str, Module]]:
        """The modules that are attributes of this one, each once, with their names."""
        seen = set()
        for name, value in vars(self).items():
            if isinstance(value, Module) and value not in seen:
                seen.add(value)
                yield name, value

    def children(self) -> Iterator[Module]:
        """The modules that are attributes of this one."""
        return (child for _, child in self.named_children())

    def named_modules(
        self, memo: set[Module] | None = None, prefix: str = ""
    ) -> Iterator[tuple[str, Module]]:
        """This module and all within it, each once, with their dotted names."""
        seen = set() if memo is None else memo
        if self in seen:
            return
        seen.add(self)
        yield prefix, self
        for name, child in self.named_children():
            yield from child.named_modules(seen, f"{prefix}.{name}" if prefix else name)

    def modules(self) -> Iterator[Module]:
        """This module and all within it."""
        return (module for _, module in self.named_modules())

    def named_parameters(
        self, prefix: str = "", recurse: bool = True
    ) -> Iterator[tuple[str, Parameter]]:
        """All parameters, each once, with their dotted names."""
        return self._tensors(
            prefix, recurse, lambda module, name, value: isinstance(value, Parameter)
        )

    def parameters(self, recurse: bool = True) -> Iterator[Parameter]:
        """All parameters, each once: what an optimizer is given."""
        return (parameter for _, parameter in self.named_parameters(recurse=recurse))

    def named_buffers(self, prefix: str = "", recurse: bool = True) -> Iterator[tuple[str, Tensor]]:
        """All buffers, with their dotted names."""
        return self._tensors(
            prefix, recurse, lambda module, name, value: name in module._buffer_names
        )

    def buffers(self, recurse: bool = True) -> Iterator[Tensor]:
        """All buffers."""
        return (buffer for _, buffer in self.named_buffers(recurse=recurse))

    def _tensors(
        self, prefix: str, recurse: bool, chosen: Callable[[Module, str, Any], bool]
    ) -> Iterator[tuple[str, Any]]:
        seen: set[Any] = set()
        modules = self.named_modules(prefix=prefix) if recurse else [(prefix, self)]
        for path, module in modules:
            for name, value in vars(module).items():
                if value is not None and chosen(module, name, value) and value not in seen:
                    seen.add(value)
                    yield f"{path}.{name}" if path else name, value

    def get_submodule(self, target: str) -> Module:
        """The module with a dotted name, such as ``"0.linear"``."""
        module = self
        for name in target.split(".") if target else ():
            module = getattr(module, name)
        return module

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
            raise ValueError("training mode is expected to be boolean")
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
                parameter.grad = None
            elif parameter.grad is not None:
                parameter.grad = parameter.grad.detach().zero_()

    def to(self: M, *args: Any, **options: Any) -> M:
        """Convert every parameter and buffer of real numbers to another dtype; return the module."""
        for tensor in [*self.parameters(), *self.buffers()]:
            if tensor.dtype.is_floating_point:
                tensor.array = tensor.detach().to(*args, **options).array
                if tensor.grad is not None:
                    tensor.grad = tensor.grad.to(*args, **options)
        return self

    def float(self: M) -> M:
        """`to` float32."""
        from .. import dtypes

        return self.to(dtypes.float32)

    def double(self: M) -> M:
        """`to` float64."""
        from .. import dtypes

        return self.to(dtypes.float64)

    def cpu(self: M) -> M:
        """The module itself: it is on the CPU already."""
        return self

    def state_dict(self, prefix: str = "") -> dict[str, Tensor]:
        """Every parameter and buffer by its dotted name, sharing memory with the module."""
        state = {}
        for path, module in self.named_modules():
            for name, value in vars(module).items():
                if isinstance(value, Parameter) or (
                    value is not None and name in module._buffer_names
                ):
                    state[prefix + (f"{path}.{name}" if path else name)] = value.detach()
        return state

    def load_state_dict(self, state_dict: dict[str, Tensor], strict: bool = True) -> Any:
        """Copy saved numbers into the module's parameters and buffers.

        Raises:
            RuntimeError: names are missing or unknown (if `strict`), or a shape differs.
        """
        own = self.state_dict()
        missing = [name for name in own if name not in state_dict]
        unexpected = [name for name in state_dict if name not in own]
        problems = []
        if strict and unexpected:
            names = ", ".join(f'"{name}"' for name in unexpected)
            problems.append(f"Unexpected key(s) in state_dict: {names}. ")
        if strict and missing:
            names = ", ".join(f'"{name}"' for name in missing)
            problems.append(f"Missing key(s) in state_dict: {names}. ")
        for name, tensor in own.items():
            if name not in state_dict:
                continue
            new = state_dict[name].array
            if new.shape != tensor.array.shape:
                problems.append(
                    f"size mismatch for {name}: copying a param with shape {state_dict[name].shape} from "
                    f"checkpoint, the shape in current model is {tensor.shape}."
                )
            elif not problems:
                np.copyto(tensor.array, new, casting="unsafe")
                tensor.version_counter[0] += 1
        if problems:
            raise RuntimeError(
                f"Error(s) in loading state_dict for {type(self).__name__}:\n\t"
                + "\n\t".join(problems)
            )
        return IncompatibleKeys(missing, unexpected)

    # How it is shown

    def extra_repr(self) -> str:
        """What stands between the brackets of the printed form."""
        return ""

    def _get_name(self) -> str:
        return type(self).__name__

    def __repr__(self) -> str:
        inside = [
            f"({name}): " + repr(child).replace("\n", "\n  ")
            for name, child in self._shown_children()
        ]
        extra = self.extra_repr().split("\n") if self.extra_repr() else []
        if not inside and len(extra) <= 1:
            return f"{self._get_name()}({''.join(extra)})"
        return f"{self._get_name()}(\n  " + "\n  ".join([*extra, *inside]) + "\n)"

    def _shown_children(self) -> Iterator[tuple[str, Module]]:
        return ((name, each) for name, each in vars(self).items() if isinstance(each, Module))

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(vars(self).get(name), Parameter) and not (
            value is None or isinstance(value, Parameter)
        ):
            raise TypeError(
                f"cannot assign '{type(value).__name__}' as parameter '{name}' (torch.nn.Parameter or "
                f"None expected)\nWrite the numbers into it inside no_grad: module.{name}.copy_(...), or "
                "assign nn.Parameter(...)."
            )
        object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        error = missing_attribute(type(self).__name__, name)
        if not type(self).__module__.startswith("backprop"):
            error = AttributeError(
                f"'{type(self).__name__}' object has no attribute '{name}'", name=name
            )
        raise error
