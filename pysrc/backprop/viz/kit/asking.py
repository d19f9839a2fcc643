"""Asking a model for a picture, so that a program computes the same whether or not it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from ...generator import default_generator, get_rng_state, set_rng_state
from ...nn.module import Module
from ...tensor import Tensor


@contextmanager
def unchanged(modules: Iterable[Module] = ()) -> Iterator[None]:
    """Whatever is computed inside, the next random number and the buffers of `modules` are as before.

    For pictures of a model as it is: while it is trained, Dropout draws random numbers, and BatchNorm takes
    note of every batch.
    """
    state = get_rng_state()
    try:
        with _same_buffers(modules):
            yield
    finally:
        set_rng_state(state)


@contextmanager
def in_use(model: Callable[..., Tensor]) -> Iterator[None]:
    """Ask `model` as it answers when it is used: a module is in ``eval`` mode inside, and left as it was."""
    modules = list(model.modules()) if isinstance(model, Module) else []
    modes = [each.training for each in modules]
    with default_generator.set_aside(), _same_buffers(modules[:1]):
        for each in modules:
            each.training = False
        try:
            yield
        finally:
            for each, training in zip(modules, modes, strict=True):
                each.training = training


@contextmanager
def _same_buffers(modules: Iterable[Module]) -> Iterator[None]:
    buffers = [buffer for module in modules for buffer in module.buffers()]
    before = [(each.array, each.array.copy(), each.version_counter[0]) for each in buffers]
    try:
        yield
    finally:
        for buffer, (array, numbers, version) in zip(buffers, before, strict=True):
            array[...] = numbers
            buffer.array = array
            # The numbers are those of then again, and a backward that saved them may go on using them.
            buffer.version_counter[0] = version
