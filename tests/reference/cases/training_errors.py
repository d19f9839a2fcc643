"""What goes wrong with modules, layers, losses, optimizers, schedules and data, and with which error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

Provoke = Callable[[Any], Any]


def _errors(group: str, provocations: dict[str, Provoke]) -> None:
    for name, provoke in provocations.items():

        def run(torch: Any, provoke: Provoke = provoke) -> dict[str, Any]:
            try:
                provoke(torch)
            except Exception as error:
                return {"type": type(error).__name__, "message": str(error)}
            return {"type": "none", "message": ""}

        CASES[f"{group}: {name}"] = run


def _early(torch: Any, make: Provoke) -> None:
    class Early(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            self.part = make(torch)
            super().__init__()

    Early()


def _linear(torch: Any) -> Any:
    return torch.nn.Linear(2, 3)


def _one(torch: Any) -> Any:
    return torch.ones(1, requires_grad=True)


_errors(
    "module",
    {
        "parameter too early": lambda t: _early(t, lambda t: t.nn.Parameter(t.ones(1))),
        "module too early": lambda t: _early(t, lambda t: t.nn.ReLU()),
        "no forward": lambda t: t.nn.Module()(1),
        "tensor as parameter": lambda t: setattr(_linear(t), "weight", t.ones(1)),
        "number as parameter": lambda t: setattr(_linear(t), "weight", 3),
        "number as module": lambda t: setattr(t.nn.Sequential(t.nn.ReLU()), "0", 3),
        "number as buffer": lambda t: setattr(t.nn.BatchNorm1d(2), "running_mean", 3),
        "parameter with a point": lambda t: _linear(t).register_parameter("a.b", None),
        "parameter without a name": lambda t: _linear(t).register_parameter("", None),
        "parameter of another name": lambda t: _linear(t).register_parameter(3, None),
        "parameter taken": lambda t: _linear(t).register_parameter("in_features", None),
        "parameter a tensor": lambda t: _linear(t).register_parameter("q", t.ones(1)),
        "buffer taken": lambda t: _linear(t).register_buffer("weight", t.ones(1)),
        "buffer a number": lambda t: _linear(t).register_buffer("q", 3),
        "module a number": lambda t: _linear(t).add_module("q", 3),
        "module taken": lambda t: _linear(t).add_module("weight", t.nn.ReLU()),
        "module with a point": lambda t: _linear(t).add_module("a.b", t.nn.ReLU()),
        "a class for a module": lambda t: t.nn.Sequential(t.nn.Conv2d),
        "a function for a module": lambda t: t.nn.Sequential(t.nn.functional.relu),
        "no such submodule": lambda t: t.nn.Sequential(_linear(t)).get_submodule("1"),
        "no submodule": lambda t: _linear(t).get_submodule("weight"),
        "no such parameter": lambda t: _linear(t).get_parameter("w"),
        "no parameter": lambda t: _linear(t).get_parameter("in_features"),
        "to integers": lambda t: _linear(t).to(t.int64),
        "train": lambda t: _linear(t).train(3),
        "delete": lambda t: delattr(_linear(t), "foo"),
        "no dictionary": lambda t: _linear(t).load_state_dict(3),
        "no tensor": lambda t: _linear(t).load_state_dict({"weight": 3, "bias": t.ones(3)}),
        "another shape": lambda t: _linear(t).load_state_dict(
            {"weight": t.ones(2, 2), "bias": t.ones(3)}
        ),
        "unknown key": lambda t: _linear(t).load_state_dict({**_linear(t).state_dict(), "x": 1}),
        "index": lambda t: t.nn.Sequential(t.nn.ReLU())[3],
        "list of numbers": lambda t: t.nn.ModuleList([3]),
        "no list": lambda t: t.nn.ModuleList(t.nn.ReLU()),
        "list called": lambda t: t.nn.ModuleList()(1),
        "key": lambda t: t.nn.ModuleDict({3: t.nn.ReLU()}),
    },
)
_errors(
    "layer",
    {
        "probability": lambda t: t.nn.Dropout(-1),
        "probability of a function": lambda t: t.nn.functional.dropout(t.ones(2), 1.5),
        "batch of one": lambda t: t.nn.BatchNorm1d(2)(t.ones(1, 2)),
        "batch norm of images": lambda t: t.nn.BatchNorm1d(2)(t.ones(1, 2, 3, 4)),
        "layer norm": lambda t: t.nn.LayerNorm(3)(t.ones(2, 4)),
        "groups": lambda t: t.nn.Conv2d(3, 4, 1, groups=2),
        "stride of same": lambda t: t.nn.Conv2d(3, 4, 1, padding="same", stride=2),
        "channels": lambda t: t.nn.Conv2d(3, 4, 1)(t.ones(1, 2, 4, 4)),
        "dimensions": lambda t: t.nn.Conv2d(3, 4, 1)(t.ones(3, 4)),
        "pool padding": lambda t: t.nn.MaxPool2d(2, padding=2)(t.ones(1, 1, 4, 4)),
        "divisor": lambda t: t.nn.AvgPool2d(2, divisor_override=0)(t.ones(1, 1, 4, 4)),
        "no such word": lambda t: t.nn.Embedding(3, 2)(t.tensor([3])),
        "no number of a word": lambda t: t.nn.Embedding(3, 2)(t.ones(1)),
        "padding word": lambda t: t.nn.Embedding(3, 2, padding_idx=3),
        "one hot": lambda t: t.nn.functional.one_hot(t.tensor([3]), 2),
        "one hot negative": lambda t: t.nn.functional.one_hot(t.tensor([-1])),
        "one hot real": lambda t: t.nn.functional.one_hot(t.ones(1)),
        "gelu": lambda t: t.nn.functional.gelu(t.ones(1), approximate="x"),
        "integers": lambda t: t.nn.functional.silu(t.tensor([1])),
        "in place": lambda t: t.nn.functional.elu(_one(t), inplace=True),
        "gain": lambda t: t.nn.init.calculate_gain("gelu"),
        "fan": lambda t: t.nn.init.kaiming_uniform_(t.ones(3)),
        "fan mode": lambda t: t.nn.init.kaiming_uniform_(t.ones(3, 3), mode="fan"),
        "orthogonal": lambda t: t.nn.init.orthogonal_(t.ones(3)),
        "clip": lambda t: t.nn.utils.clip_grad_norm_([_nan(t)], 1.0, error_if_nonfinite=True),
        "vector": lambda t: t.nn.utils.vector_to_parameters([1.0], [t.ones(1)]),
    },
)


def _nan(torch: Any) -> Any:
    x = _one(torch)
    (x * float("nan")).backward()
    return x


def _scores(torch: Any, *target: int) -> Any:
    return torch.nn.functional.cross_entropy(torch.ones(3, 4), torch.tensor(target))


_errors(
    "loss",
    {
        "reduction": lambda t: t.nn.functional.mse_loss(t.ones(1), t.ones(1), reduction="x"),
        "beta": lambda t: t.nn.functional.smooth_l1_loss(t.ones(1), t.ones(1), beta=-1),
        "delta": lambda t: t.nn.HuberLoss(delta=0)(t.ones(1), t.ones(1)),
        "weights": lambda t: t.nn.functional.mse_loss(t.ones(2), t.ones(2), weight=t.ones(3)),
        "integers": lambda t: t.nn.functional.mse_loss(t.tensor([1]), t.tensor([1])),
        "no probability": lambda t: t.nn.BCELoss()(t.ones(2) * 2, t.ones(2)),
        "bce shape": lambda t: t.nn.BCELoss()(t.ones(2, 1), t.ones(2)),
        "bce type": lambda t: t.nn.BCELoss()(t.ones(2), t.tensor([1, 0])),
        "logits shape": lambda t: t.nn.BCEWithLogitsLoss()(t.ones(2, 1), t.ones(2)),
        "logits type": lambda t: t.nn.BCEWithLogitsLoss()(t.ones(2), t.tensor([1, 0])),
        "class": lambda t: _scores(t, 0, 1, 9),
        "negative class": lambda t: _scores(t, 0, 1, -1),
        "batch": lambda t: _scores(t, 0, 1),
        "column of classes": lambda t: t.nn.CrossEntropyLoss()(t.ones(2, 3), t.zeros(2, 1).long()),
        "real classes": lambda t: t.nn.CrossEntropyLoss()(t.ones(2, 3), t.ones(2)),
        "whole probabilities": lambda t: t.nn.CrossEntropyLoss()(t.ones(2, 3), t.ones(2, 3).long()),
        "image": lambda t: t.nn.CrossEntropyLoss()(t.ones(2, 3, 5), t.zeros(2, 4).long()),
        "class weights": lambda t: t.nn.CrossEntropyLoss(t.ones(2))(
            t.ones(2, 3), t.zeros(2).long()
        ),
        "smoothing": lambda t: t.nn.CrossEntropyLoss(label_smoothing=2.0)(
            t.ones(2, 3), t.zeros(2).long()
        ),
        "whole scores": lambda t: t.nn.CrossEntropyLoss()(t.ones(2, 3).long(), t.zeros(2).long()),
    },
)
_errors(
    "optimizer",
    {
        "a tensor": lambda t: t.optim.Adam(_one(t)),
        "numbers": lambda t: t.optim.Adam([1.0]),
        "empty": lambda t: t.optim.Adam([]),
        "computed": lambda t: t.optim.Adam([_one(t) * 2]),
        "a set": lambda t: t.optim.Adam([{"params": {_one(t)}}]),
        "no group": lambda t: t.optim.Adam([_one(t)]).add_param_group([_one(t)]),
        "twice": lambda t: (lambda w: t.optim.Adam([{"params": [w]}, {"params": [w]}]))(_one(t)),
        "rate": lambda t: t.optim.Adam([_one(t)], lr=-1),
        "beta": lambda t: t.optim.Adam([_one(t)], betas=(1.0, 0.9)),
        "epsilon": lambda t: t.optim.AdamW([_one(t)], eps=-1),
        "decay": lambda t: t.optim.RMSprop([_one(t)], weight_decay=-1),
        "momentum": lambda t: t.optim.RMSprop([_one(t)], momentum=-1),
        "alpha": lambda t: t.optim.RMSprop([_one(t)], alpha=-1),
        "rate decay": lambda t: t.optim.Adagrad([_one(t)], lr_decay=-1),
        "nesterov": lambda t: t.optim.SGD([_one(t)], nesterov=True),
        "groups of a state": lambda t: t.optim.SGD([_one(t)]).load_state_dict(
            {"state": {}, "param_groups": []}
        ),
        "size of a state": lambda t: t.optim.SGD([_one(t)]).load_state_dict(
            {"state": {}, "param_groups": [{"params": [0, 1]}]}
        ),
        "schedule of nothing": lambda t: t.optim.lr_scheduler.StepLR(3, 1),
        "factor": lambda t: t.optim.lr_scheduler.ReduceLROnPlateau(
            t.optim.SGD([_one(t)]), factor=1.0
        ),
        "mode": lambda t: t.optim.lr_scheduler.ReduceLROnPlateau(t.optim.SGD([_one(t)]), mode="x"),
        "lambdas": lambda t: t.optim.lr_scheduler.LambdaLR(t.optim.SGD([_one(t)]), [abs, abs]),
    },
)


def _rows(torch: Any) -> Any:
    return torch.utils.data.TensorDataset(torch.arange(4))


_errors(
    "data",
    {
        "rows": lambda t: t.utils.data.TensorDataset(t.ones(2), t.ones(3)),
        "no item": lambda t: t.utils.data.Dataset()[0],
        "no length": lambda t: len(t.utils.data.Dataset()),
        "batch size": lambda t: t.utils.data.DataLoader(_rows(t), batch_size=0),
        "shuffle and sampler": lambda t: t.utils.data.DataLoader(
            _rows(t), shuffle=True, sampler=[1, 2]
        ),
        "two sizes": lambda t: t.utils.data.DataLoader(
            _rows(t), batch_size=2, batch_sampler=[[1, 2]]
        ),
        "drop nothing": lambda t: t.utils.data.DataLoader(
            _rows(t), batch_size=None, drop_last=True
        ),
        "workers": lambda t: t.utils.data.DataLoader(_rows(t), num_workers=-1),
        "empty": lambda t: t.utils.data.DataLoader([], shuffle=True),
        "split": lambda t: t.utils.data.random_split(_rows(t), [1, 2]),
        "share": lambda t: t.utils.data.random_split(_rows(t), [0.5, 1.5, -1]),
        "replacement": lambda t: t.utils.data.RandomSampler(_rows(t), replacement=3),
        "samples": lambda t: t.utils.data.RandomSampler(_rows(t), num_samples=0),
        "sizes": lambda t: t.utils.data.default_collate([[1, 2], [3]]),
        "nothing": lambda t: t.utils.data.default_collate([None]),
        "shapes": lambda t: t.utils.data.default_collate([t.ones(1), t.ones(2)]),
        "concatenated": lambda t: (_rows(t) + _rows(t))[-9],
    },
)
