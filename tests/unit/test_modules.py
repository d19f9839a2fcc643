"""What recorded numbers of PyTorch cannot show of modules, optimizers and schedules."""

from __future__ import annotations

import copy
import pickle
import warnings
from typing import Any

import backprop as torch
import pytest
from backprop import nn


def test_errors_say_what_to_do() -> None:
    class Early(nn.Module):
        def __init__(self) -> None:
            self.layer = nn.Linear(1, 1)

    with pytest.raises(AttributeError, match=r"super\(\).__init__\(\) as the first line of Early"):
        Early()
    with pytest.raises(RuntimeError, match="when it was saved"):
        nn.Linear(1, 1).load_state_dict({})
    with pytest.raises(ValueError, match=r"call model\.eval\(\) first"):
        nn.BatchNorm1d(2)(torch.ones(1, 2))
    with pytest.raises(RuntimeError, match=r"target\.squeeze\(1\)"):
        nn.CrossEntropyLoss()(torch.ones(2, 3), torch.zeros(2, 1, dtype=torch.int64))
    with pytest.raises(ValueError, match=r"'full', should be one of .*\nOr give the margin"):
        nn.Conv2d(1, 1, 1, padding="full")
    with pytest.raises(ValueError, match="padding_mode must be one of"):
        nn.Conv2d(1, 1, 1, padding_mode="mirror")
    with pytest.raises(NotImplementedError, match="Leave out sparse=True"):
        nn.Embedding(2, 2, sparse=True)(torch.tensor([1]))
    with pytest.raises(NotImplementedError, match="capturable=True is not part of backprop"):
        torch.optim.Adam([torch.ones(1)], capturable=True)
    with pytest.raises(KeyError, match="'initial_lr' is not specified"):
        torch.optim.lr_scheduler.StepLR(torch.optim.SGD([torch.ones(1)]), 2, last_epoch=3)


def test_nothing_is_loaded_where_anything_is_wrong() -> None:
    layer = nn.Linear(1, 2)
    before = {name: value.clone() for name, value in layer.state_dict().items()}
    with pytest.raises(RuntimeError, match="size mismatch for bias"):
        layer.load_state_dict({"weight": torch.zeros(2, 1), "bias": torch.zeros(3)})
    for name, value in layer.state_dict().items():
        assert torch.equal(value, before[name])


def test_a_copy_is_a_model_of_its_own() -> None:
    model = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))
    model[0].register_forward_hook(lambda module, args, output: output * 0)
    for twin in (
        copy.deepcopy(model),
        pickle.loads(pickle.dumps(nn.Sequential(*[nn.Linear(2, 2)]))),
    ):
        assert next(twin.named_parameters())[0] == "0.weight"
        before = model[0].weight.detach().clone()
        with torch.no_grad():
            twin[0].weight.fill_(7)
        assert twin.state_dict()["0.weight"].tolist() == [[7, 7], [7, 7]]
        assert torch.equal(model[0].weight.detach(), before)


def test_parameters_are_found_by_either_way() -> None:
    layer = nn.Linear(1, 1)
    assert layer._parameters["weight"] is layer.weight
    layer.weight = nn.Parameter(torch.ones(1, 1))
    assert layer._parameters["weight"] is layer.weight
    layer.bias = None
    assert list(layer.state_dict()) == ["weight"]
    assert layer(torch.ones(1, 1)).tolist() == [[1]]


def test_an_attribute_is_one_thing_at_a_time() -> None:
    layer = nn.Linear(1, 1)
    layer.bias = nn.ReLU()
    assert [name for name, _ in layer.named_parameters()] == ["weight"]
    layer.bias = nn.Parameter(torch.ones(1))
    assert list(layer.named_children()) == []
    assert layer(torch.zeros(1, 1)).tolist() == [[1]]


def test_a_backward_hook_sees_a_module_whose_inputs_need_no_gradient() -> None:
    seen: list[Any] = []
    layer = nn.Linear(2, 1)
    layer.register_full_backward_hook(lambda module, inner, outer: seen.append((inner, outer)))
    layer(torch.ones(3, 2)).sum().backward()
    assert seen[0][0] == (None,)
    assert seen[0][1][0].tolist() == [[1], [1], [1]]


def test_a_backward_hook_sees_all_inputs_and_outputs_at_once() -> None:
    class Both(nn.Module):
        def forward(self, a: Any, b: Any) -> Any:
            return a * b, a + b

    seen: list[Any] = []
    both = Both()
    both.register_full_backward_hook(lambda module, inner, outer: seen.append((inner, outer)))
    a, b = (torch.tensor(value, requires_grad=True) for value in (2.0, 3.0))
    for _ in range(2):  # the second time with a graph kept from the first
        product, total = both(a, b)
        (product + 10 * total).backward(retain_graph=True)
    (product + 10 * total).backward()
    inner, outer = seen[-1]
    assert len(seen) == 3
    assert [each.item() for each in inner] == [13, 12]
    assert [each.item() for each in outer] == [1, 10]
    assert (a.grad.item(), b.grad.item()) == (39, 36)


def test_a_scheduler_that_steps_first_is_warned_of() -> None:
    w = torch.ones(1, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.1)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, 1)
    with pytest.warns(UserWarning, match=r"lr_scheduler.step\(\)` before `optimizer.step"):
        schedule.step()
    optimizer = torch.optim.SGD([w], lr=0.1)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, 1)
    optimizer.step()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        schedule.step()


def test_warnings_name_the_line_that_calls() -> None:
    x = torch.ones(2, 2)
    for call in (
        lambda: nn.MSELoss()(x, torch.ones(2)),
        lambda: nn.functional.mse_loss(x, torch.ones(2)),
        lambda: nn.Softmax()(x),
        lambda: nn.functional.softmax(x),
        lambda: nn.KLDivLoss()(x, x),
        lambda: nn.functional.kl_div(x, x),
        lambda: nn.L1Loss(size_average=False),
        lambda: nn.functional.l1_loss(x, x, reduce=False),
    ):
        with warnings.catch_warnings(record=True) as found:
            warnings.simplefilter("always")
            call()
        assert found[0].filename == __file__


def test_loaders_go_through_their_data_whoever_asks_for_workers() -> None:
    data = torch.utils.data
    loader = data.DataLoader(data.TensorDataset(torch.arange(4)), 2, num_workers=2, pin_memory=True)
    for _ in range(2):
        with pytest.warns(UserWarning, match="no accelerator is found"):
            assert [batch.tolist() for (batch,) in loader] == [[0, 1], [2, 3]]


def test_the_quick_way_through_a_dataset_gives_what_the_slow_one_gives() -> None:
    data = torch.utils.data

    class Slow(data.TensorDataset):
        pass

    tensors = torch.randn(7, 2), torch.arange(7)
    passes = []
    for kind in (data.TensorDataset, Slow):
        torch.manual_seed(3)
        passes.append(list(data.DataLoader(kind(*tensors), 3, shuffle=True)))
    for batch, other in zip(*passes, strict=True):
        assert isinstance(batch, list)
        assert all(map(torch.equal, batch, other))
