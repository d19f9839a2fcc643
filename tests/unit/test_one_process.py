"""What programs ask that can also train in several processes, or that name types and modules."""

from __future__ import annotations

import backprop as torch
import pytest
from backprop import nn


def test_a_program_that_asks_whether_it_is_one_of_several_is_told_no() -> None:
    assert not torch.distributed.is_available()
    assert not torch.distributed.is_initialized()


@pytest.mark.parametrize("name", ["get_rank", "get_world_size", "barrier", "all_reduce"])
def test_what_needs_a_group_says_what_to_ask_first(name: str) -> None:
    with pytest.raises(ValueError, match="not been initialized") as caught:
        getattr(torch.distributed, name)()
    assert "is_initialized() first" in str(caught.value)


def test_a_group_cannot_be_begun() -> None:
    with pytest.raises(RuntimeError, match="without a process group"):
        torch.distributed.init_process_group("gloo")


def test_skip_init_draws_nothing() -> None:
    torch.manual_seed(1)
    layer = nn.utils.skip_init(nn.Linear, 2, 3, bias=False)
    after = torch.rand(1)
    torch.manual_seed(1)
    assert layer.weight.shape == (3, 2)
    assert after == torch.rand(1)
    with pytest.raises(RuntimeError, match="Expected a Module"):
        nn.utils.skip_init(list)  # type: ignore[arg-type]


def test_the_fast_mode_of_gradcheck_finds_a_wrong_gradient_too() -> None:
    x = torch.tensor([0.5, 2.0], dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda x: x.exp(), x, fast_mode=True)
    with pytest.raises(torch.autograd.GradcheckError):
        torch.autograd.gradcheck(lambda x: x.detach() * x, x, fast_mode=True)


def test_functional_has_the_packages_own_functions() -> None:
    assert torch.functional.einsum is torch.einsum
    assert "norm" in dir(torch.functional)
    assert torch.typename(nn.ReLU()).endswith("activation.ReLU")
