"""How a function may be called beside its own signature: NumPy's words, `out=`, Python's types as dtypes.

PyTorch takes ``x.sum(axis=0, keepdims=True)``, ``torch.zeros(size=(2, 3))``, ``torch.exp(x, out=y)`` and
``x.to(dtype=float)``. Here the functions themselves know nothing of it: what is given to users, as a method
of tensors or as a name of the package, is called through `as_called`, which looks at the names of keywords
only.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from . import dtypes

#: NumPy's words, and PyTorch's.
_SPELLINGS = {
    "axis": "dim",
    "keepdims": "keepdim",
    "x": "input",
    "a": "input",
    "x1": "input",
    "x2": "other",
}
#: What PyTorch has written in Python, where an argument has one name.
_IN_PYTHON = frozenset(("atleast_1d", "atleast_2d", "atleast_3d", "norm", "unique"))
#: What functions gather from separate numbers, and PyTorch also takes by name.
_GATHERED = frozenset(("size", "shape", "dims", "repeats"))
#: `inspect.CO_VARARGS`; to import that module takes as long as all of this package.
_HAS_VARARGS = 0x04
#: What says where and how numbers lie in memory: there is one way here.
_OF_MEMORY = frozenset(("layout", "pin_memory", "memory_format"))
#: What counts with numbers here, and where PyTorch wants two tensors.
_OF_TENSORS = frozenset(
    (
        "atan2", "fmax", "fmin", "gcd", "heaviside", "hypot", "lcm", "logaddexp", "logaddexp2",
        "logical_and", "logical_or", "logical_xor", "maximum", "minimum",
    )
)  # fmt: skip
Function = Callable[..., Any]


def as_called(function: Function, *, method: bool = False, out: Function | None = None) -> Function:
    """`function` for users; itself where PyTorch takes no other keywords than it does.

    Args:
        function: has PyTorch's own names of arguments.
        method: whether its first argument is always the tensor in front of the dot.
        out: what writes the result into the tensor given as ``out=``, if PyTorch takes that.
    """
    innermost = function
    while hasattr(innermost, "__wrapped__"):
        innermost = innermost.__wrapped__
    code = innermost.__code__
    named = code.co_argcount + code.co_kwonlyargcount
    names = frozenset(code.co_varnames[method:named])
    order = code.co_varnames[:named]
    gathered = code.co_varnames[named] if code.co_flags & _HAS_VARARGS else None
    gathered = gathered if gathered in _GATHERED else None
    respelled = {
        other: own
        for other, own in _SPELLINGS.items()
        if own in names and other not in names and function.__name__ not in _IN_PYTHON
    }
    if not (respelled or gathered or out is not None or "dtype" in names or "device" in names):
        return function
    plain = names - {"dtype"}
    tensors = frozenset(
        name for name, kind in innermost.__annotations__.items() if kind == "Tensor"
    )
    strict = function.__name__ in _OF_TENSORS
    if strict:
        tensors |= {"input", "other"}

    def refuse(args: tuple[Any, ...], options: dict[str, Any]) -> None:
        """Raise TypeError, in PyTorch's words, for what should be a tensor and is none."""
        given = [
            (f" (position {place})", name, each)
            for place, (name, each) in enumerate(zip(order, args, strict=False), 1 - method)
        ]
        given += [("", name, options[name]) for name in order if name in options]
        for place, name, each in given:
            if name in tensors and not hasattr(each, "version_counter"):
                raise TypeError(
                    f"{function.__name__}(): argument '{name}'{place} must be Tensor, not "
                    f"{type(each).__name__}\nMake a tensor of it first, with torch.tensor(...)."
                ) from None

    @functools.wraps(function)
    def call(*args: Any, **options: Any) -> Any:
        if strict:
            refuse(args, options)
        # Nearly every call has no keyword, or one of the function's own.
        if not options or options.keys() <= plain:
            try:
                return function(*args, **options)
            except AttributeError:
                refuse(args, options)
                raise
        options = {respelled.get(name, name): value for name, value in options.items()}
        if "dtype" in options:
            options["dtype"] = dtypes.given(function.__name__, options["dtype"])
        if gathered in options and len(args) == code.co_argcount:
            args = (*args, options.pop(gathered))
        if "device" in names:  # it makes a new tensor
            for name in _OF_MEMORY & options.keys():
                del options[name]
        if out is not None and (target := options.pop("out", None)) is not None:
            return out(target, function, names, args, options)
        return function(*args, **options)

    return call
