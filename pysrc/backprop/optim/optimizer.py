"""The base of all optimizers: parameters in groups, each with its own options."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .. import teaching
from ..autograd.grad_mode import enable_grad
from ..dtypes import Array
from ..tensor import Tensor

Group = dict[str, Any]


class Optimizer:
    """Changes parameters by their gradients; a subclass writes `update`.

    Attributes:
        param_groups: dictionaries with the parameters under "params" and their options.
        state: what is remembered of each parameter from step to step.
    """

    def __init__(self, params: Iterable[Any], defaults: dict[str, Any]) -> None:
        if isinstance(params, Tensor):
            raise TypeError(
                "params argument given to the optimizer should be an iterable of Tensors or dicts, but "
                "got torch.FloatTensor\nPut the tensor into a list: [tensor]."
            )
        self.defaults = defaults
        self.watchers: list[teaching.StepWatcher] = []
        self.param_groups: list[Group] = []
        self.state: dict[Tensor, dict[str, Any]] = {}
        given = list(params)
        if not given:
            raise ValueError(
                "optimizer got an empty parameter list\nGive it model.parameters(); a generator that was "
                "used before is empty, and so is a model whose layers are not its attributes."
            )
        for group in given if isinstance(given[0], dict) else [{"params": given}]:
            self.add_param_group(group)

    def add_param_group(self, param_group: Group) -> None:
        """Add parameters with options of their own; what they leave out is as given at the start.

        Raises:
            TypeError: something among them is no tensor.
            ValueError: one is no leaf, or is in another group already.
        """
        params = param_group["params"]
        group = {
            **self.defaults,
            **param_group,
            "params": [params] if isinstance(params, Tensor) else list(params),
        }
        taken = {each for other in self.param_groups for each in other["params"]}
        for each in group["params"]:
            if isinstance(each, tuple):
                raise TypeError("optimizer can only optimize Tensors\nGive it .parameters().")
            if not isinstance(each, Tensor):
                raise TypeError(
                    f"optimizer can only optimize Tensors, but one of the params is {type(each)}"
                )
            if not each.is_leaf:
                raise ValueError(
                    "can't optimize a non-leaf Tensor\nIt was computed from others; give the optimizer "
                    "what it was computed from."
                )
            if each in taken:
                raise ValueError("some parameters appear in more than one parameter group")
        self.param_groups.append(group)
        self.watchers.append(teaching.StepWatcher())

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget all gradients, so that the next backward starts from nothing."""
        for group in self.param_groups:
            for parameter in group["params"]:
                if set_to_none:
                    parameter.grad = None
                elif parameter.grad is not None:
                    parameter.grad.array.fill(0)

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Change every parameter that has a gradient; return the loss of `closure`, if given."""
        loss = None
        if closure is not None:
            with enable_grad():
                loss = closure()
        for group, watcher in zip(self.param_groups, self.watchers, strict=True):
            watcher.before_step(group["params"])
            for parameter in group["params"]:
                if parameter.grad is not None:
                    self.update(parameter, parameter.array, parameter.grad.array, group)
                    parameter.version_counter[0] += 1
        return loss

    def update(self, parameter: Tensor, value: Array, gradient: Array, group: Group) -> None:
        """Change `value`, the parameter's array, in place; every subclass writes its own."""
        raise NotImplementedError

    def remembered(self, parameter: Tensor) -> dict[str, Any]:
        """What is remembered of one parameter; empty at first."""
        return self.state.setdefault(parameter, {})

    def state_dict(self) -> dict[str, Any]:
        """The options and all that is remembered, with numbers in place of the parameters."""
        numbers: dict[Tensor, int] = {}
        groups = []
        for group in self.param_groups:
            for each in group["params"]:
                numbers[each] = len(numbers)
            groups.append({**group, "params": [numbers[each] for each in group["params"]]})
        return {
            "state": {numbers[each]: dict(known) for each, known in self.state.items()},
            "param_groups": [
                {**{k: v for k, v in group.items() if k != "params"}, "params": group["params"]}
                for group in groups
            ],
        }

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over the options and the memory of another optimizer of the same kind.

        Raises:
            ValueError: its groups differ in number or size.
        """
        saved = state_dict["param_groups"]
        if len(saved) != len(self.param_groups):
            raise ValueError("loaded state dict has a different number of parameter groups")
        everything = [each for group in self.param_groups for each in group["params"]]
        for own, other in zip(self.param_groups, saved, strict=True):
            if len(own["params"]) != len(other["params"]):
                raise ValueError(
                    "loaded state dict contains a parameter group that doesn't match the size of "
                    "optimizer's group"
                )
            own.update({name: value for name, value in other.items() if name != "params"})
        self.state = {
            everything[number]: {
                name: value.clone() if isinstance(value, Tensor) else value
                for name, value in known.items()
            }
            for number, known in state_dict["state"].items()
        }

    def __repr__(self) -> str:
        text = f"{type(self).__name__} ("
        for number, group in enumerate(self.param_groups):
            text += f"\nParameter Group {number}\n"
            text += "".join(
                f"    {name}: {group[name]}\n" for name in sorted(group) if name != "params"
            )
        return text + ")"


def check_not_negative(**numbers: float) -> None:
    """Raise ValueError, in PyTorch's words, for the first number below 0."""
    for name, number in numbers.items():
        if not number >= 0:
            title = {"lr": "learning rate"}.get(name, f"{name} value")
            raise ValueError(f"Invalid {title}: {number}\nIt must be 0 or more.")
