"""The base of all optimizers: parameters in groups, each with its own options."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from ..autograd.grad_mode import enable_grad
from ..dtypes import Array
from ..nn.registration import typename
from ..tensor import Tensor, wrap
from ..warning import warn
from .step_watcher import StepWatcher

Group = dict[str, Any]


class Optimizer:
    """Changes parameters by their gradients; a subclass writes `update`.

    Attributes:
        param_groups: dictionaries with the parameters under "params" and their options.
        state: what is remembered of each parameter from step to step.
        defaults: the options of a group that states none.
    """

    _opt_called = False

    def __init__(self, params: Iterable[Any], defaults: dict[str, Any]) -> None:
        if isinstance(params, Tensor):
            raise TypeError(
                "params argument given to the optimizer should be an iterable of Tensors or dicts, but "
                f"got {typename(params)}\nPut the tensor into a list: [tensor]."
            )
        self.defaults = defaults
        self.watchers: list[StepWatcher] = []
        self.param_groups: list[Group] = []
        self.state: defaultdict[Tensor, dict[str, Any]] = defaultdict(dict)
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
            TypeError: the group is no dictionary, or something among the parameters is no tensor.
            ValueError: one is no leaf, or is in another group already.
        """
        if not isinstance(param_group, dict):
            raise TypeError(
                f"param_group must be a dict, but got {type(param_group)}\n"
                'Write {"params": [...], "lr": ...}.'
            )
        params = param_group["params"]
        if isinstance(params, set):
            raise TypeError(
                "optimizer parameters need to be organized in ordered collections, but the ordering of "
                "tensors in sets will change between runs. Please use a list instead.\n"
                "Write [...] instead of {...}."
            )
        given = [params] if isinstance(params, Tensor) else list(params)
        group = {**param_group, "params": given}
        if given and all(isinstance(each, tuple) for each in given):
            group["param_names"] = [name for name, _ in given]
            group["params"] = given = [tensor for _, tensor in given]
        for name, value in self.defaults.items():
            group.setdefault(name, value)
        if len(set(given)) != len(given):
            warn(
                "optimizer contains a parameter group with duplicate parameters; in future, this will "
                "cause an error; see github.com/pytorch/pytorch/issues/40967 for more information",
            )
        taken = {each for other in self.param_groups for each in other["params"]}
        for each in given:
            if not isinstance(each, Tensor):
                raise TypeError(
                    f"optimizer can only optimize Tensors, but one of the params is {typename(each)}\n"
                    "Give it model.parameters()."
                )
            if not each.is_leaf:
                raise ValueError(
                    "can't optimize a non-leaf Tensor\nIt was computed from others; give the optimizer "
                    "what it was computed from."
                )
            if each in taken:
                raise ValueError(
                    "some parameters appear in more than one parameter group\n"
                    "Two steps for one parameter would be one too many: give it to one group."
                )
        self.param_groups.append(group)
        self.watchers.append(StepWatcher())

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget all gradients, so that the next backward starts from nothing."""
        for group in self.param_groups:
            for parameter in group["params"]:
                if set_to_none:
                    parameter.gradient = None
                elif parameter.gradient is not None:
                    parameter.gradient.array.fill(0)

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Change every parameter that has a gradient; return the loss of `closure`, if given."""
        loss = None
        if closure is not None:
            with enable_grad():
                loss = closure()
        for group, watcher in zip(self.param_groups, self.watchers, strict=True):
            watcher.before_step(group["params"])
            if type(group["lr"]) is not float:  # a tensor, which a schedule can change, or NumPy's
                group = {**group, "lr": float(group["lr"])}
            for parameter in group["params"]:
                if parameter.gradient is not None:
                    self.update(parameter, parameter.array, parameter.gradient.array, group)
                    parameter.version_counter[0] += 1
        self._opt_called = True
        return loss

    def update(self, parameter: Tensor, value: Array, gradient: Array, group: Group) -> None:
        """Change `value`, the parameter's array, in place; every subclass writes its own."""
        raise NotImplementedError

    def remembered(self, parameter: Tensor) -> dict[str, Any]:
        """What is remembered of one parameter; empty at first."""
        return self.state[parameter]

    def state_dict(self) -> dict[str, Any]:
        """The options and all that is remembered, with numbers in place of the parameters."""
        numbers: dict[Tensor, int] = {}
        groups = []
        for group in self.param_groups:
            for each in group["params"]:
                numbers[each] = len(numbers)
            options = {name: value for name, value in group.items() if name != "params"}
            groups.append({**options, "params": [numbers[each] for each in group["params"]]})
        return {
            "state": {numbers[each]: dict(known) for each, known in self.state.items()},
            "param_groups": groups,
        }

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over the options and the memory of another optimizer of the same kind.

        Raises:
            ValueError: its groups differ in number or size.
        """
        saved = state_dict["param_groups"]
        if len(saved) != len(self.param_groups):
            raise ValueError(
                "loaded state dict has a different number of parameter groups\n"
                f"It has {len(saved)}, this optimizer {len(self.param_groups)}."
            )
        owners: dict[int, Tensor] = {}
        for own, other in zip(self.param_groups, saved, strict=True):
            if len(own["params"]) != len(other["params"]):
                raise ValueError(
                    "loaded state dict contains a parameter group that doesn't match the size of "
                    f"optimizer's group\nIt has {len(other['params'])} parameters there, this optimizer "
                    f"{len(own['params'])}."
                )
            owners.update(zip(other["params"], own["params"], strict=True))
        for own, other in zip(self.param_groups, saved, strict=True):
            own.update({name: value for name, value in other.items() if name != "params"})
        self.state = defaultdict(dict)
        for number, known in state_dict["state"].items():
            owner = owners[number]
            self.state[owner] = {name: _taken_over(known[name], name, owner) for name in known}

    def __getstate__(self) -> dict[str, Any]:
        """What a copy or a file of it holds."""
        return {name: vars(self)[name] for name in ("defaults", "state", "param_groups")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self.watchers = [StepWatcher() for _ in self.param_groups]

    def __repr__(self) -> str:
        text = f"{type(self).__name__} ("
        for number, group in enumerate(self.param_groups):
            text += f"\nParameter Group {number}\n"
            text += "".join(
                f"    {name}: {group[name]}\n" for name in sorted(group) if name != "params"
            )
        return text + ")"


def _taken_over(value: Any, name: str, owner: Tensor) -> Any:
    """A copy of what another optimizer remembers of a parameter, in the parameter's type."""
    if isinstance(value, Tensor):
        keeps_type = name == "step" or not owner.dtype.is_floating_point
        return wrap(value.array.astype(value.array.dtype if keeps_type else owner.array.dtype))
    if isinstance(value, list):
        return [_taken_over(each, name, owner) for each in value]
    return value


def check_not_negative(**numbers: float) -> None:
    """Raise ValueError, in PyTorch's words, for the first number below 0."""
    for name, number in numbers.items():
        if isinstance(number, Tensor) and number.array.size != 1:
            raise ValueError(f"Tensor {name} must be 1-element\nIt is one number for all.")
        if not number >= 0:
            title = {"lr": "learning rate", "eps": "epsilon value"}.get(name, f"{name} value")
            raise ValueError(f"Invalid {title}: {number}\nIt must be 0 or more.")


def check_betas(betas: tuple[float, ...]) -> None:
    """Raise ValueError, in PyTorch's words, for the first beta that is no share below 1."""
    for index, beta in enumerate(betas):
        if not 0 <= beta < 1:
            raise ValueError(
                f"Invalid beta parameter at index {index}: {beta}\n"
                "It is the share of a running mean that is kept: 0 or more, and below 1."
            )


def check_implementation(**options: bool) -> None:
    """Refuse what PyTorch's optimizers can do besides their formula.

    Its other options, `foreach` and `fused`, say only how the formula is computed. They are kept in the
    groups, so that saved states and printed forms are alike, and change nothing here.

    Raises:
        NotImplementedError: `differentiable` or `capturable` is true.
    """
    for name, value in options.items():
        if value:
            raise NotImplementedError(
                f"{name}=True is not part of backprop's optimizers.\nLeave it out: it does not change the "
                "numbers."
            )
