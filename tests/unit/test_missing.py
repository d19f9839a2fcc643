"""What PyTorch has and backprop has not: an error that says what serves instead, or a plain no."""

from __future__ import annotations

import backprop as torch
import pytest


def test_an_import_from_a_module_says_what_serves_instead() -> None:
    with pytest.raises(
        ImportError, match=r"nn\.SyncBatchNorm does not exist here: this is backprop.*BatchNorm1d"
    ):
        from backprop.nn import SyncBatchNorm  # noqa: F401
    with pytest.raises(
        ImportError, match=r"torch\.export does not exist here.*Use the model as it is"
    ):
        from backprop import export  # noqa: F401
    assert not hasattr(torch, "export")
    assert not hasattr(torch.nn, "SyncBatchNorm")


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: torch.cuda.memory_summary, r"torch\.cuda\.memory_summary does not exist here"),
        (lambda: torch.ones(1).apply_, r"Tensor\.apply_ .*operations on the whole tensor"),
        (lambda: torch.fork, r"torch\.fork does not exist here: this is backprop"),
    ],
)  # fmt: skip
def test_a_missing_name_says_what_serves_instead(ask: object, says: str) -> None:
    with pytest.raises(AttributeError, match=says):
        ask()  # type: ignore[operator]


def test_the_usual_ways_to_choose_a_device_choose_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.backends.cudnn, "deterministic", False)
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


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: torch.sofmax, "module 'torch' has no attribute 'sofmax'\nDid you mean `softmax`?"),
        (
            lambda: torch.nn.Linaer,
            "module 'torch.nn' has no attribute 'Linaer'\nDid you mean `Linear`?",
        ),
        (lambda: torch.nn.relu, "module 'torch.nn' has no attribute 'relu'\nDid you mean `ReLU`?"),
        (
            lambda: torch.autograd.Functon,
            "module 'torch.autograd' has no attribute 'Functon'\nDid you mean `Function`?",
        ),
        (
            lambda: torch.utils.data.Dataloader,
            "module 'torch.utils.data' has no attribute 'Dataloader'\nDid you mean `DataLoader`?",
        ),
        (
            lambda: torch.nn.Linear(1, 1).wieght,
            "'Linear' object has no attribute 'wieght'\nDid you mean `weight`?",
        ),
        (
            lambda: torch.ones(1).reshpe,
            "'Tensor' object has no attribute 'reshpe'\nDid you mean `reshape`?",
        ),
        (lambda: torch.ones(1).qqqq, "'Tensor' object has no attribute 'qqqq'"),
        (lambda: torch.ones(1)._repr_html_, "'Tensor' object has no attribute '_repr_html_'"),
    ],
)
def test_a_typo_is_asked_about(ask: object, says: str) -> None:
    with pytest.raises(AttributeError) as error:
        ask()  # type: ignore[operator]
    assert str(error.value) == says


def test_a_typo_of_a_learners_own_attribute_is_asked_about() -> None:
    class Net(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.hidden = torch.nn.Linear(1, 1)

    with pytest.raises(
        AttributeError, match=r"^'Net' object has no attribute 'hiden'\nDid you mean `hidden`\?$"
    ):
        Net().hiden  # noqa: B018


def test_sizes_that_do_not_fit_a_layer_speak_of_the_layer() -> None:
    with pytest.raises(
        RuntimeError, match=r"\(3x8 and 10x5\)\nThe layer takes 10 features.* has 8 in"
    ):
        torch.nn.Linear(10, 5)(torch.ones(3, 8))


def test_a_loss_that_was_not_made_first_says_how_it_is_called() -> None:
    with pytest.raises(RuntimeError, match=r"is ambiguous\nA loss is made first"):
        torch.nn.MSELoss(torch.ones(2), torch.ones(2))
