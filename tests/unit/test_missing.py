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
        ImportError, match=r"torch\.compile does not exist here.*Use the model as it is"
    ):
        from backprop import compile  # noqa: A004, F401
    assert not hasattr(torch, "compile")
    assert not hasattr(torch.nn, "GRU")


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: torch.cuda.amp, r"torch\.cuda\.amp does not exist here.*without autocast"),
        (lambda: torch.ones(1).cuda, r"Tensor\.cuda does not exist here.*x\.to\(device\)"),
        (lambda: torch.ones(1).unsqueeze_, r"Tensor\.unsqueeze_ .*without the underscore"),
        (lambda: torch.FloatTensor, r"torch\.FloatTensor .*dtype=torch\.float32"),
        (lambda: torch.anything, r"torch\.anything does not exist here: this is backprop"),
    ],
)  # fmt: skip
def test_a_missing_name_says_what_serves_instead(ask: object, says: str) -> None:
    with pytest.raises(AttributeError, match=says):
        ask()  # type: ignore[operator]


def test_the_usual_ways_to_choose_a_device_choose_the_cpu() -> None:
    assert str(torch.device("cuda" if torch.cuda.is_available() else "cpu")) == "cpu"
    assert not torch.backends.mps.is_available()
    assert not torch.backends.cuda.is_built()
    assert not torch.accelerator.is_available()
    assert not torch.xpu.is_available()
    assert torch.cuda.device_count() == 0
    torch.backends.cudnn.deterministic = True
    torch.cuda.manual_seed_all(0)
    assert not torch.ones(2).to("cpu").is_cuda
    with pytest.raises(RuntimeError, match="only 'cpu'"):
        torch.ones(2).to("cuda")
