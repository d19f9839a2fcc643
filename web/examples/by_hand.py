"""One gradient, three ways.

The same network of 2, 3 and 1 neurons and the same mistake, three times. First the chain rule by
hand, in NumPy: every line of the backward pass belongs to one line of the forward pass, in reverse
order. Then autograd: the same forward pass on tensors, and `backward()` does the backward pass. Last
`nn`: layers that keep their weights, and the forward pass is one call. All three print the same
gradients, because they are the same computation.

Things to try: change the activation in all three, and mend the one line by hand that has to change
with it.

Order: 10
Tags: autograd, by hand
PyTorch: unchanged
"""

import numpy as np
import torch
import torch.nn as nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
inputs, wanted = [[1.0, 2.0]], [[3.0]]


def show(title, loss, gradients):
    print(f"{title}   loss {loss.item():.4f}")
    for name, gradient in zip(["W1", "b1", "W2", "b2"], gradients):
        numbers = "  ".join(f"{number:8.4f}" for number in gradient.reshape(-1).tolist())
        print(f"  d loss / d {name}  {numbers}")


# 1. By hand. All three start from the same weights.
W1, b1, W2, b2 = (parameter.detach().numpy() for parameter in model.parameters())
x, target = np.array(inputs), np.array(wanted)

z = x @ W1.T + b1  # forward: the sums of the hidden neurons,
h = np.tanh(z)  # what they say,
answer = h @ W2.T + b2  # the answer,
loss = ((answer - target) ** 2).mean()  # and how wrong it is

d_answer = 2 * (answer - target) / answer.size  # backward: the last line first
dW2 = d_answer.T @ h  # a weight's blame: what came in, times the blame of what went out
db2 = d_answer.sum(axis=0)
d_h = d_answer @ W2  # the blame goes back along the same weights
d_z = d_h * (1 - h**2)  # the slope of tanh
dW1 = d_z.T @ x
db1 = d_z.sum(axis=0)
show("by hand", loss, [dW1, db1, dW2, db2])

# 2. Autograd: the forward pass is the same, the backward pass is one call.
weights = [parameter.detach().clone().requires_grad_() for parameter in model.parameters()]
W1, b1, W2, b2 = weights
x, target = torch.tensor(inputs), torch.tensor(wanted)

h = torch.tanh(x @ W1.T + b1)
answer = h @ W2.T + b2
loss = ((answer - target) ** 2).mean()
loss.backward()
show("autograd", loss, [weight.grad for weight in weights])

# 3. nn: the layers hold the weights.
loss = nn.MSELoss()(model(x), target)
loss.backward()
show("nn", loss, [parameter.grad for parameter in model.parameters()])
