"""The checker of gradients, and that it would catch a wrong one."""

from __future__ import annotations

from typing import Any

import backprop as torch
import pytest
from backprop.autograd import GradcheckError, gradcheck


class Scaled(torch.autograd.Function):
    """A square whose gradient is wrong by a factor."""

    @staticmethod
    def forward(ctx: Any, x: Any, factor: float) -> Any:
        ctx.save_for_backward(x)
        ctx.factor = factor
        return x * x

    @staticmethod
    def backward(ctx: Any, gradient: Any) -> Any:
        (x,) = ctx.saved_tensors
        return 2 * x * gradient * ctx.factor, None


def numbers() -> Any:
    return torch.tensor([0.5, -1.5, 2.0], dtype=torch.float64, requires_grad=True)


def test_a_right_gradient_passes() -> None:
    assert gradcheck(lambda x: Scaled.apply(x, 1.0), numbers())


@pytest.mark.parametrize("factor", [1.0011, 0.9989, -1.0, 0.0])
def test_a_gradient_wrong_by_a_tenth_of_a_percent_is_caught(factor: float) -> None:
    with pytest.raises(GradcheckError, match="its finite difference"):
        gradcheck(lambda x: Scaled.apply(x, factor), numbers(), rtol=1e-4)


def test_it_can_answer_instead_of_raising() -> None:
    assert not gradcheck(lambda x: Scaled.apply(x, 2.0), numbers(), raise_exception=False)


def test_it_leaves_numbers_and_gradients_as_they_were() -> None:
    x = numbers()
    x.grad = torch.ones(3, dtype=torch.float64)
    before = x.detach().clone()
    gradcheck(lambda x: x.exp(), x)
    assert torch.equal(x.detach(), before)
    assert x.grad.tolist() == [1, 1, 1]


def test_nothing_to_check_is_an_error() -> None:
    with pytest.raises(ValueError, match="requires_grad=True"):
        gradcheck(lambda x: x, torch.ones(2))
