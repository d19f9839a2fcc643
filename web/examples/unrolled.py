"""A loop, unrolled.

A recurrent network reads a sequence one number at a time, and keeps what it remembers in a state `h`. The
same three parameters work in every round. Backpropagation does not know of loops: it sees every round as
operations of their own, one after the other, and the blame goes back through all of them. Each round
has its share in the gradient of `w`, and the shares are added. Here the answer is the first number of the
sequence, so the blame has to reach the first round, and on its way it shrinks.

Things to try: open “rounds 2 to 29” in the picture, and in there a few rounds, and follow the blame up.
Read the share of the first round in the gradient of `w`. Begin with `u` at 1.4, and look again.

Order: 82
Tags: deep networks, autograd
PyTorch: without the diagram
Tolerance: 0.001
"""

import torch
from backprop import viz

torch.manual_seed(0)
sequence = torch.randn(30)
w = torch.tensor(0.6, requires_grad=True)
u = torch.tensor(0.8, requires_grad=True)
b = torch.tensor(0.1, requires_grad=True)

states = []
h = torch.tensor(0.0)
for x in sequence:
    h = torch.tanh(w * x + u * h + b)
    h.retain_grad()
    states.append(h)

loss = (h - sequence[0]) ** 2
loss.backward()

print("blame of the state after")
for number in (30, 25, 20, 15, 10, 5, 1):
    print(f"round {number:>2}  {states[number - 1].grad.item():12.9f}")

viz.graph(loss)
