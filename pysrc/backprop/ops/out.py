"""``out=``: the result written into a tensor that is there."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from types import FunctionType
from typing import Any

from ..autograd.grad_mode import no_grad, state
from ..calling import as_called
from ..dtypes import IN_C
from ..tensor import Tensor
from .inplace import check_writable
from .operands import type_name

#: The functions to which PyTorch lets one say where to put their result.
_WRITING = """
    abs absolute acos add addcdiv addcmul addmm all amax amin any arange argmax argmin asin atan
    atan2 bitwise_and bitwise_not bitwise_or bitwise_xor bmm cat ceil clamp clamp_max clamp_min clip
    column_stack concat concatenate cos cosh cross cumprod cumsum diag diff div divide dot dstack
    empty eq exp exp2 expm1 eye floor floor_divide fmod full gather ge greater greater_equal gt
    hstack index_add index_copy index_select inner isin le lerp less less_equal linspace log log10
    log1p log2 log_softmax logical_and logical_not logical_or logical_xor logspace logsumexp lt
    masked_select matmul max maximum mean median min minimum mm mul multinomial multiply mv
    nan_to_num ne neg negative nonzero norm normal not_equal ones outer pow prod rand randint randn
    randperm reciprocal remainder round row_stack rsqrt scatter scatter_add searchsorted sigmoid
    sign sin sinh softmax sort sqrt square stack std sub subtract sum take take_along_dim tan tanh
    topk tril triu true_divide trunc var vstack where zeros
"""
#: Those that do not convert what they write.
_OF_ONE_TYPE = """
    abs absolute addmm all amax amin any argmax argmin bitwise_not bmm ceil clamp clamp_max
    clamp_min clip cross diag dot floor gather index_add index_copy index_select inner isin
    log_softmax masked_select matmul mm multinomial mv nan_to_num neg negative nonzero norm round
    scatter scatter_add searchsorted sign softmax take take_along_dim tril triu trunc where
"""
#: Those whose numbers are made in the type of the tensor that takes them.
_IN_THE_TYPE_ASKED_FOR = """
    arange cumprod cumsum empty eye full linspace logspace mean normal ones prod rand randint randn
    randperm sum zeros
"""
_WRITES, _KEEPS_ITS_TYPE, _TAKES_THE_TYPE = (
    frozenset(names.split()) for names in (_WRITING, _OF_ONE_TYPE, _IN_THE_TYPE_ASKED_FOR)
)
#: The modules whose functions are operations.
_OFFERED = ("backprop.ops.", "backprop.random")


def offered(value: Any) -> Any:
    """An operation as the package offers it: see `calling.py`; anything else as it is."""
    if not isinstance(value, FunctionType) or not value.__module__.startswith(_OFFERED):
        return value
    called = as_called(value, out=written_into if value.__name__ in _WRITES else None)
    if called is not value:
        called.__module__ = "backprop"  # where `pickle` finds it
    return called


def written_into(
    out: Any,
    function: Callable[..., Any],
    names: frozenset[str],
    args: tuple[Any, ...],
    options: dict[str, Any],
) -> Any:
    """What `function` returns, written into `out`: a tensor, or a tuple of them for several results.

    Args:
        out: is given the shape of the result where it has another one.
        function: an operation, or what makes new tensors.
        names: the names of its arguments.
        args: its arguments.
        options: its arguments by name.

    Raises:
        RuntimeError: a gradient is wanted, or `out` has a type that does not take the numbers.
        TypeError: `out` is no tensor, or no tuple where there are several results.
    """
    name = function.__name__
    targets = out if isinstance(out, (tuple, list)) else (out,)
    for each in targets:
        if not isinstance(each, Tensor):
            raise TypeError(f"{name}(): argument 'out' must be Tensor, not {type(each).__name__}")
    if name in _TAKES_THE_TYPE and "dtype" in names and options.get("dtype") is None:
        options["dtype"] = targets[0].dtype
    with no_grad():
        result = function(*args, **options)
    if state.enabled and any(
        isinstance(each, Tensor) and each.requires_grad
        for each in (*args, *options.values(), *targets)
    ):
        _refuse_gradient(name, result)
    if isinstance(result, Tensor):
        if out is not targets[0]:
            raise TypeError(f"{name}(): argument 'out' must be Tensor, not {type(out).__name__}")
        _write(name, result, out)
        return out
    if out is targets[0] or len(targets) != len(result):
        raise TypeError(
            f"{name}(): argument 'out' must be tuple of Tensors, not {type(out).__name__}"
        )
    for each, target in zip(result, targets, strict=True):
        _write(name, each, target)
    return type(result)(*targets) if hasattr(result, "_fields") else tuple(targets)


def _refuse_gradient(name: str, result: Any) -> None:
    first = result if isinstance(result, Tensor) else result[0]
    if first.dtype.is_floating_point:
        raise RuntimeError(
            f"{name}(): functions with out=... arguments don't support automatic differentiation, but "
            "one of the arguments requires grad.\nUse what the function returns instead."
        )


def _write(name: str, result: Tensor, target: Tensor) -> None:
    kind, wanted = target.dtype, result.dtype
    if name in _KEEPS_ITS_TYPE and kind is not wanted:
        raise RuntimeError(
            f"Expected out tensor to have dtype {IN_C[wanted.name]}, but got {IN_C[kind.name]} instead\n"
            f"Make it with dtype={wanted}."
        )
    if wanted.category > kind.category:
        raise RuntimeError(
            f"result type {type_name(wanted)} can't be cast to the desired output type "
            f"{type_name(kind)}\nMake the tensor for it with dtype={wanted}."
        )
    if target.array.shape == result.array.shape:
        check_writable(target, ())
        target.array[...] = result.array
    else:
        if target.array.size:
            warnings.warn(
                "An output with one or more elements was resized since it had shape "
                f"{list(target.array.shape)}, which does not match the required output shape "
                f"{list(result.array.shape)}. This behavior is deprecated, and in a future PyTorch "
                "release outputs will not be resized unless they have zero elements.",
                stacklevel=4,
            )
        target.array = result.array.astype(kind.numpy)
    target.version_counter[0] += 1
