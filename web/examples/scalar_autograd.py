"""Autograd in sixty lines.

All that backpropagation needs is a number that remembers two things: what it was made of, and how much
it would change with each of its parts. The class below is such a number, in plain Python. Going through
the numbers in reverse, each hands its blame on to its parts, times the slope; what arrives at one number
on several ways adds up. The library computes the same gradients with the same idea: its numbers are
arrays, and it knows more operations.

Things to try: add `__truediv__` or `relu`, each with its slopes, and use it in `loss_of`. Leave out the
`+` in `+=`, and see whose gradient goes wrong: `b` is used twice.

Order: 50
Tags: autograd, by hand
PyTorch: without the diagram
"""

import math

import torch
from backprop import viz


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parts=()):
        self.data = data
        self.grad = 0.0  # how much the loss would change with it
        self.parts = parts  # pairs: a value it was made of, and the slope by that one

    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = as_value(other)
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def __pow__(self, n):
        return Value(self.data**n, [(self, n * self.data ** (n - 1))])

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, [(self, 1 - t**2)])

    def backward(self):
        order, seen = [], set()

        def visit(value):  # parts come before what is made of them
            if value not in seen:
                seen.add(value)
                for part, _ in value.parts:
                    visit(part)
                order.append(value)

        visit(self)
        self.grad = 1.0
        for value in reversed(order):  # whoever hands blame on has received all of its own
            for part, slope in value.parts:
                part.grad += value.grad * slope


def as_value(number):
    return number if isinstance(number, Value) else Value(number)


def loss_of(w1, w2, v, b):
    """One hidden neuron, one output: both use the same bias. The answer should be 1."""
    hidden = (w1 * 2.0 + w2 * 3.0 + b).tanh()
    return (hidden * v + b + -1.0) ** 2


start = {"w1": 0.5, "w2": -0.25, "v": 1.5, "b": 0.1}
ours = {name: Value(number) for name, number in start.items()}
theirs = {name: torch.tensor(number, requires_grad=True) for name, number in start.items()}

loss = loss_of(**ours)
loss.backward()
tensor_loss = loss_of(**theirs)
tensor_loss.backward()

print(f"loss      {loss.data:8.4f}  {tensor_loss.item():8.4f}")
for name in start:
    print(f"d/d {name:<4}  {ours[name].grad:8.4f}  {theirs[name].grad.item():8.4f}")

viz.graph(lambda: loss_of(**theirs), names=theirs)
