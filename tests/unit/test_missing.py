"""What PyTorch has and backprop has not: an error that says what serves instead, or a plain no."""

from __future__ import annotations

import backprop as torch
import pytest


def test_an_import_from_a_module_says_what_serves_instead() -> None:
    with pytest.raises(
        ImportError, match=r"nn\.GRU does not exist here: this is backprop.*in a Python loop"
    ):
        from backprop.nn import GRU  # noqa: F401
    with pytest.raises(
        ImportError, match=r"torch\.export does not exist here.*Use the model as it is"
    ):
        from backprop import export  # noqa: F401
    assert not hasattr(torch, "export")
    assert not hasattr(torch.nn, "GRU")


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: torch.cuda.memory_summary, r"torch\.cuda\.memory_summary does not exist here"),
        (lambda: torch.ones(1).apply_, r"Tensor\.apply_ .*operations on the whole tensor"),
        (lambda: torch.anything, r"torch\.anything does not exist here: this is backprop"),
    ],
)  # fmt: skip
def test_a_missing_name_says_what_serves_instead(ask: object, says: str) -> None:
    with pytest.raises(AttributeError, match=says):
        ask()  # type: ignore[operator]


def test_the_usual_ways_to_choose_a_device_choose_the_cpu() -> None:
    assert str(torch.device("cuda" if torch.cuda.is_available() else "cpu")) == "cpu"
    accelerator = torch.accelerator.current_accelerator()
    assert (accelerator.type if accelerator is not None else "cpu") == "cpu"
    assert not torch.backends.mps.is_available()
    torch.backends.cudnn.deterministic = True
    torch.cuda.manual_seed_all(0)
    with pytest.raises(AssertionError, match=r"not compiled with CUDA enabled\n.*right in both"):
        torch.ones(2).to("cuda")


def test_half_precision_on_the_cpu_is_left_out_with_a_warning() -> None:
    with (
        pytest.warns(UserWarning, match="in bfloat16 in PyTorch. Here everything stays in float32"),
        torch.autocast("cpu"),
    ):
        assert (torch.ones(1, 1) @ torch.ones(1, 1)).dtype is torch.float32


def test_a_compiled_module_computes_what_the_module_does() -> None:
    model = torch.nn.Linear(2, 1)
    x = torch.ones(3, 2)
    assert torch.equal(torch.compile(model)(x), model(x))

    @torch.compile(mode="reduce-overhead")
    def double(x: torch.Tensor) -> torch.Tensor:
        return x * 2

    assert double(x).tolist() == [[2.0, 2.0]] * 3


def test_torchscript_says_that_there_is_none() -> None:
    with (
        pytest.warns(DeprecationWarning, match=r"torch\.jit\.script"),
        pytest.raises(NotImplementedError, match="Use the model as it is"),
    ):
        torch.jit.script(torch.nn.ReLU())
