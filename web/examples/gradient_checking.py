"""Checking a gradient.

Whoever writes a backward pass makes mistakes in it, and a wrong gradient seldom raises an error: the
network still learns, only worse. There is a test that needs no understanding of the formula. Nudge a
number a little up and a little down, see how much the result changes, and compare that with what
`backward` says. Below, the swish function `x · sigmoid(x)` is written twice, once with half of the product
rule forgotten. In the picture each point is one weight's gradient: on the line, both ways agree.

Things to try: mend `ForgetfulSwish`, and every cross becomes a point. Then make its result wrong by 1%.

Order: 55
Tags: autograd, debugging
PyTorch: without the diagram
"""

import torch
import torch.nn as nn
from backprop import viz


class Swish(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * torch.sigmoid(x)

    @staticmethod
    def backward(ctx, blame):
        (x,) = ctx.saved_tensors
        s = torch.sigmoid(x)
        return blame * (s + x * s * (1 - s))  # the product rule has two terms


class ForgetfulSwish(Swish):
    @staticmethod
    def backward(ctx, blame):
        (x,) = ctx.saved_tensors
        return blame * torch.sigmoid(x)  # and this is only the first


def nudged(function, x, step=1e-4):
    """The slope, without any formula."""
    up, down = function.apply(x + step), function.apply(x - step)
    return ((up - down) / (2 * step)).item()


for function in (Swish, ForgetfulSwish):
    print(f"{function.__name__}\n     x  backward    nudged")
    for number in (-2.0, 0.0, 1.0, 3.0):
        x = torch.tensor(number, dtype=torch.float64, requires_grad=True)
        function.apply(x).backward()
        print(f"  {number:4.1f}  {x.grad.item():8.4f}  {nudged(function, x.detach()):8.4f}")
    # PyTorch's own test does the same for many inputs. In double precision, or the nudges drown in rounding.
    x = torch.linspace(-3, 3, 7, dtype=torch.float64, requires_grad=True)
    right = torch.autograd.gradcheck(function.apply, (x,), raise_exception=False)
    print(f"  gradcheck: {'right' if right else 'wrong'}\n")


class Activation(nn.Module):
    def forward(self, x):
        return ForgetfulSwish.apply(x)


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 4), Activation(), nn.Linear(4, 1, bias=False))
X, y = torch.randn(10, 2), torch.randn(10, 1)
viz.check(model, X, y, nn.MSELoss())
