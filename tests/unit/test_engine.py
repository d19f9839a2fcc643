"""The walk back along the tape: what it must do however large the graph, and however often it runs."""

from __future__ import annotations

import gc
import subprocess
import sys
import textwrap
import tracemalloc
import weakref
from pathlib import Path
from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop.autograd.broadcasting import unbroadcast
from backprop.autograd.tape import tape
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

PYSRC = Path(__file__).resolve().parent.parent.parent / "pysrc"


def test_a_graph_a_hundred_thousand_deep() -> None:
    x = torch.tensor(1.0, requires_grad=True)
    y = x
    for _ in range(100_000):
        y = y + 1e-6
    never_used = y + 1
    y.backward()
    assert x.grad.item() == 1
    del y, never_used


def test_deep_graphs_are_freed_without_recursion() -> None:
    # In an interpreter of its own: a stack that overflows takes the whole process with it.
    code = f"""
    import sys, threading; sys.path.insert(0, {str(PYSRC)!r})
    import backprop as torch, backprop.viz
    x = torch.ones(2, requires_grad=True)

    class Double(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * 2
        @staticmethod
        def backward(ctx, gradient):
            return gradient * 2

    def build_and_free():
        build_and_free_each()
        torch.viz.remember()
        build_and_free_each()

    def build_and_free_each():
        for step in (lambda y: y * 1.5, lambda y: y.view(2), lambda y: y * y.exp(), lambda y: y.mul_(1),
                     lambda y: (y[0].add_(1), y)[1], Double.apply):
            y = x * 0
            for _ in range(10_000):
                y = step(y)
            loss = y.sum()
            del y
            del loss
            print("freed")

    threading.stack_size(256 * 1024)  # as small as a browser's
    thread = threading.Thread(target=build_and_free)
    thread.start()
    thread.join()
    """
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (0, "freed\n" * 12), result.stderr


def test_a_change_through_a_view_leaves_no_cycle() -> None:
    gc.disable()
    try:
        x = torch.ones(3, requires_grad=True)
        y = x * 2
        watched = weakref.ref(y.grad_fn)
        y[0].add_(1)
        y.view(3, 1).mul_(2)
        del y
        assert watched() is None
    finally:
        gc.enable()


def test_the_graph_is_let_go_without_the_garbage_collector() -> None:
    gc.disable()
    try:
        x = torch.ones(3, requires_grad=True)
        middle = x.exp()
        watched = weakref.ref(middle.grad_fn)
        loss = (middle.tanh() * x.sigmoid()).sum()
        loss.backward()
        del middle, loss
        assert watched() is None
    finally:
        gc.enable()


@pytest.mark.slow
def test_training_keeps_memory_flat() -> None:
    model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    x, y = torch.randn(16, 4), torch.randn(16, 1)
    loss_fn = torch.nn.MSELoss()

    def train(steps: int) -> None:
        for _ in range(steps):
            optimizer.zero_grad()
            loss_fn(model(x), y).backward()
            optimizer.step()

    train(100)
    tracemalloc.start()
    try:
        train(500)
        before = tracemalloc.get_traced_memory()[0]
        train(9_500)
        after = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert after - before < 20_000


def test_a_gradient_shares_no_memory_with_another() -> None:
    a = torch.ones(2, requires_grad=True)
    b = torch.ones(2, requires_grad=True)
    (a + b).backward(torch.tensor([1.0, 1.0]))
    a.grad += 5
    assert b.grad.tolist() == [1, 1]


def test_the_given_gradient_is_not_taken_over() -> None:
    a = torch.ones(2, requires_grad=True)
    given_gradient = torch.ones(2)
    a.backward(given_gradient)
    a.grad += 5
    assert given_gradient.tolist() == [1, 1]


def test_a_gradient_that_nobody_else_holds_is_taken_over_and_another_is_copied() -> None:
    x = torch.ones(3, requires_grad=True)
    addresses = []
    kept = np.ones(3, np.float32)

    def rule(gradient: Any) -> Any:
        made = gradient * 2
        addresses.append(made.ctypes.data)
        return made

    tape(x.array * 2, "TwiceBackward0", (x,), rule).sum().backward()
    assert x.grad.data_ptr() == addresses[0]
    x.grad = None
    tape(x.array * 2, "TwiceBackward0", (x,), lambda gradient: kept).sum().backward()
    assert x.grad.data_ptr() != kept.ctypes.data


def test_retain_graph_gives_the_same_twice() -> None:
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    loss = (x.exp() * x).sum()
    loss.backward(retain_graph=True)
    first = x.grad.clone()
    x.grad = None
    loss.backward()
    assert torch.equal(x.grad, first)


def test_only_the_inputs_asked_for_get_a_gradient() -> None:
    a = torch.ones(1, requires_grad=True)
    b = torch.ones(1, requires_grad=True)
    (a * b).backward(inputs=[a])
    assert a.grad is not None
    assert b.grad is None


def test_an_in_place_change_that_nobody_needs_is_allowed() -> None:
    x = torch.ones(2, requires_grad=True)
    y = x + 1
    y.add_(1)
    y.sum().backward()
    assert x.grad.tolist() == [1, 1]


def test_the_optimizer_counts_as_a_change() -> None:
    w = torch.ones(1, requires_grad=True)
    loss = w * w
    with torch.no_grad():
        w -= 0.1
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        loss.backward()


@given(arrays.mutually_broadcastable_shapes(num_shapes=2, max_dims=4, max_side=4), st.data())
def test_unbroadcast_is_the_transpose_of_broadcasting(
    shapes: arrays.BroadcastableShapes, data: st.DataObject
) -> None:
    # <broadcast(a), g> = <a, unbroadcast(g)>, for any a and g.
    numbers = st.integers(-5, 5)
    shape = shapes.input_shapes[0]
    a = data.draw(arrays.arrays(float, shape, elements=numbers))
    g = data.draw(arrays.arrays(float, shapes.result_shape, elements=numbers))
    back = unbroadcast(g, shape)
    assert back.shape == shape
    assert np.sum(np.broadcast_to(a, g.shape) * g) == np.sum(a * back)
