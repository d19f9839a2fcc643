"""What to say when a program asks for something that PyTorch has and this package has not."""

from __future__ import annotations

import opcode
import sys

from .typos import is_typo, no_attribute, typo_text

_FLOAT32 = "float32, which computes as fast here"
_AS_IS = "the model as it is"
_ONE_PROCESS = "the model as it is, in one process"

_IMPORT_FROM = opcode.opmap["IMPORT_FROM"]

#: What serves instead, by the name that was asked for.
INSTEAD = {
    # layers
    "DistributedDataParallel": _ONE_PROCESS,
    "CTCLoss": "CrossEntropyLoss on inputs and targets of equal length",
    "SyncBatchNorm": "BatchNorm1d to 3d, which in one process are the same",
    # whole parts of PyTorch
    "fx": _AS_IS,
    "export": _AS_IS,
    "onnx": _AS_IS,
    "quantization": _AS_IS,
    "ao": _AS_IS,
    "bfloat16": _FLOAT32,
    "complex64": "two tensors, the real and the imaginary part",
    "complex128": "two tensors, the real and the imaginary part",
    "distributed": _ONE_PROCESS,
    "multiprocessing": _ONE_PROCESS,
    "profiler": "time.perf_counter()",
    "hub": "a model that you build yourself",
    "fft": "numpy.fft on x.detach().numpy()",
    "special": "exp, log, sigmoid and the like",
    "sparse": "an ordinary tensor",
    "vmap": "a batch dimension, along which every operation works",
    "func": "autograd.grad",
    "functional": "autograd.grad, once for each element",
    "tensorboard": "a list of losses, and print",
    # functions
    "get_device_name": "'cpu'",
    "memory_allocated": "x.nbytes, the size of one tensor",
    # methods of tensors
    "bfloat": _FLOAT32,
    "register_post_accumulate_grad_hook": "register_hook",
    "apply_": "operations on the whole tensor",
    "map_": "operations on the whole tensor",
}


def missing_text(path: str) -> str:
    """What to say of one of PyTorch's names that is not here, with what serves instead."""
    name = path.rpartition(".")[2]
    serves = f" Use {INSTEAD[name]} instead." if name in INSTEAD else ""
    return (
        f"{path} does not exist here: this is backprop, a NumPy implementation of PyTorch's core, "
        f"and not all of PyTorch.{serves}"
    )


def missing_attribute(owner: str, name: str) -> AttributeError | ImportError:
    """The error for a name that `owner` does not have here; to be raised by a ``__getattr__``.

    It says whether PyTorch has the name, or what may be meant by it.

    It is an AttributeError, except where the name was asked for by ``from torch.nn import LSTM``: there
    Python would replace an AttributeError by one of its own, which says nothing of what to use instead.
    """
    place = owner.removeprefix("torch.")
    text = typo_text(place, name) if is_typo(place, name) else missing_text(f"{owner}.{name}")
    asking = sys._getframe(2)
    if asking.f_code.co_code[asking.f_lasti] == _IMPORT_FROM:
        return ImportError(text, name=name)
    return AttributeError(text, name=name)


def missing_member(instance: object, owner: str, name: str) -> AttributeError:
    """The error for a name that an object does not have; to be raised by a ``__getattr__``.

    Args:
        instance: the object.
        owner: "Tensor" or "Module", which it is one of.
        name: what it was asked for.
    """
    kind = type(instance).__name__
    if is_typo(owner, name) or name.startswith("_"):
        known = {*dir(type(instance)), *vars(instance)} if not name.startswith("_") else ()
        return AttributeError(no_attribute(kind, name, known), name=name)
    return AttributeError(missing_text(f"{kind}.{name}"), name=name)
