"""What a module is made of, what is done with all of it, hooks, containers, initial numbers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()


def _tree(torch: Any) -> Any:
    nn = torch.nn

    class Tree(nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.scale = None
            self.inner = nn.Sequential(nn.Linear(2, 2), nn.ReLU())
            self.register_buffer("mean", torch.zeros(2))
            self.register_buffer("hidden", torch.ones(2), persistent=False)
            self.shift = nn.Parameter(torch.ones(2))
            self.register_parameter("nothing", None)
            self.twin = self.inner
            self.scale = nn.Parameter(torch.full((2,), 3.0))
            self.add_module("last", nn.ModuleList([nn.Linear(2, 1), nn.Linear(2, 1)]))
            self.left_out = None

        def forward(self, x: Any) -> Any:
            return self.last[0](self.inner(x) * self.scale + self.shift)

        def extra_repr(self) -> str:
            return "a tree\nof modules"

    torch.manual_seed(5)
    return Tree()


@CASES
def a_tree_of_modules(torch: Any) -> dict[str, Any]:
    tree = _tree(torch)
    found = {
        "printed": repr(tree),
        "parameters": repr([name for name, _ in tree.named_parameters()]),
        "twice": repr([name for name, _ in tree.named_parameters(remove_duplicate=False)]),
        "own": repr([name for name, _ in tree.named_parameters(recurse=False)]),
        "prefix": repr([name for name, _ in tree.named_parameters(prefix="a")]),
        "buffers": repr([name for name, _ in tree.named_buffers()]),
        "children": repr([name for name, _ in tree.named_children()]),
        "modules": repr([name for name, _ in tree.named_modules()]),
        "modules twice": repr([name for name, _ in tree.named_modules(remove_duplicate=False)]),
        "state": repr(list(tree.state_dict())),
        "prefixed state": repr(list(tree.state_dict(prefix="m."))),
        "submodule": repr(tree.get_submodule("last.1")),
        "parameter": repr(tree.get_parameter("inner.0.bias").shape),
        "buffer": repr(tree.get_buffer("mean")),
        "nothing": repr(tree.nothing),
    }
    order: list[str] = []
    tree.apply(lambda module: order.append(type(module).__name__))
    found["apply"] = repr(order)
    tree.eval()
    found["eval"] = repr([module.training for module in tree.modules()])
    tree.train()
    del tree.shift, tree.twin, tree.mean
    found["deleted"] = repr(list(tree.state_dict())) + repr(hasattr(tree, "shift"))
    tree.scale = None
    tree.left_out = torch.nn.Parameter(torch.ones(1))
    found["reassigned"] = repr(list(tree.state_dict())) + repr(tree.scale)
    tree.requires_grad_(False)
    found["frozen"] = repr([each.requires_grad for each in tree.parameters()])
    tree.half()
    found["types"] = repr([each.dtype for each in tree.state_dict().values()])
    return found


@CASES
def states_loaded(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    model, other = nn.Sequential(nn.Linear(2, 2), nn.LayerNorm(2)), nn.Linear(2, 2)
    state = {name: value + 1 for name, value in model.state_dict().items()}
    found = {"all": repr(model.load_state_dict(state))}
    found |= {f"loaded {name}": value - 1 for name, value in state.items()}
    part = {"0.weight": torch.ones(2, 2), "more": torch.ones(1)}
    found["part"] = repr(model.load_state_dict(part, strict=False))
    found["weight"] = model[0].weight.detach()
    taken = torch.full((2, 2), 7.0, dtype=torch.float64)
    other.load_state_dict({"weight": taken, "bias": torch.ones(2)}, assign=True)
    found["assigned"] = repr(other.weight.dtype) + repr(type(other.weight).__name__)
    return found


@CASES
def hooks(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    torch.manual_seed(5)
    model = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
    seen: list[str] = []
    handles = [
        model[0].register_forward_pre_hook(lambda module, args: (args[0] * 2,)),
        model[1].register_forward_hook(lambda module, args, output: output + 1),
        model[1].register_forward_hook(
            lambda module, args, kwargs, output: seen.append(f"{len(args)} {kwargs}"),
            with_kwargs=True,
        ),
        model[2].register_full_backward_hook(
            lambda module, by_input, by_output: seen.append(f"{by_input} {by_output}")
        ),
        model[0].register_full_backward_hook(
            lambda module, by_input, by_output: seen.append(f"{by_input} {by_output[0].shape}")
        ),
        model[1].register_full_backward_hook(
            lambda module, by_input, by_output: (by_input[0] * 5,)
        ),
    ]
    x = torch.ones(4, 2)
    y = model(x)
    y.sum().backward()
    found = {"y": y.detach(), "printed": repr(y).split("grad_fn=")[-1], "seen": repr(seen)}
    for name, parameter in model.named_parameters():
        found[name] = parameter.grad.clone()
    for handle in handles:
        handle.remove()
    model.zero_grad()
    model(x).sum().backward()
    return found | {"after": model[0].weight.grad, "seen after": repr(len(seen))}


@CASES
def containers(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    row = nn.Sequential(nn.ReLU(), nn.Tanh(), nn.Sigmoid(), nn.Identity())
    named = nn.Sequential(OrderedDict(first=nn.ReLU(), second=nn.Tanh()))
    found = {"slice": repr(row[1:3]), "last": repr(row[-1]), "named": repr(named)}
    found["named slice"] = repr(named[1:])
    row[1] = nn.GELU()
    del row[0]
    found["deleted"] = repr(row)
    row.insert(1, nn.SiLU())
    row.append(nn.ELU())
    found["inserted"] = repr(row) + repr(len(row)) + repr(row.pop(0))
    found["sum"] = repr(row + nn.Sequential(nn.ReLU()))
    layers = nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 2)])
    layers.extend([nn.ReLU()]).insert(0, nn.Tanh())
    layers += [nn.ReLU()]
    found["list"] = repr(layers) + repr(layers[1:3]) + repr(len(layers))
    found["list state"] = repr(list(layers.state_dict()))
    table = nn.ModuleDict({"a": nn.Linear(1, 1)})
    table["b"] = nn.ReLU()
    table.update([("c", nn.Tanh())])
    found["dict"] = repr(table) + repr(list(table)) + repr("a" in table) + repr(table.pop("b"))
    found["dict state"] = repr(list(table.state_dict())) + repr(len(table))
    weights = nn.ParameterList([torch.ones(2), nn.Parameter(torch.zeros(1, 3))])
    weights.append(torch.ones(1))
    weights[0] = nn.Parameter(torch.zeros(5))
    found["parameters"] = repr(weights) + repr([name for name, _ in weights.named_parameters()])
    return found


INITIAL: dict[str, Callable[[Any, Any], Any]] = {
    "uniform": lambda i, t: i.uniform_(t, -1, 2),
    "normal": lambda i, t: i.normal_(t, 1, 2),
    "constant": lambda i, t: i.constant_(t, 3),
    "ones": lambda i, t: i.ones_(t),
    "zeros": lambda i, t: i.zeros_(t),
    "eye": lambda i, t: i.eye_(t),
    "xavier uniform": lambda i, t: i.xavier_uniform_(t, gain=2),
    "xavier normal": lambda i, t: i.xavier_normal_(t),
    "kaiming uniform": lambda i, t: i.kaiming_uniform_(t, nonlinearity="relu"),
    "kaiming normal": lambda i, t: i.kaiming_normal_(t, a=0.1, mode="fan_out"),
    "trunc normal": lambda i, t: i.trunc_normal_(t, mean=0.5, std=2, a=-1, b=1.5),
    "trunc normal far": lambda i, t: i.trunc_normal_(t, mean=0, std=1, a=1.5, b=4),
    "orthogonal": lambda i, t: i.orthogonal_(t, gain=2),
    "orthogonal wide": lambda i, t: i.orthogonal_(t.reshape(3, 8)),
    "sparse": lambda i, t: i.sparse_(t, 0.4),
}


def _initial(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        torch.manual_seed(4)
        found = {"drawn": INITIAL[name](torch.nn.init, torch.zeros(6, 4)), "then": torch.rand(1)}
        if name not in ("eye", "sparse", "orthogonal wide"):
            found["kernel"] = INITIAL[name](torch.nn.init, torch.zeros(3, 2, 3, 3))
        return found

    CASES[f"initial {name}"] = run


for _name in INITIAL:
    _initial(_name)


@CASES
def gains(torch: Any) -> dict[str, Any]:
    gain = torch.nn.init.calculate_gain
    names = ["linear", "conv2d", "sigmoid", "tanh", "relu", "leaky_relu", "selu"]
    kernel = torch.nn.init.dirac_(torch.ones(4, 2, 3, 3), groups=2)
    return (
        {name: repr(gain(name)) for name in names}
        | {"dirac": kernel}
        | {"slope": repr(gain("leaky_relu", 0.2))}
    )


@CASES
def gradients_clipped(torch: Any) -> dict[str, Any]:
    utils = torch.nn.utils
    found = {}
    for name, clip in {
        "norm": lambda p: utils.clip_grad_norm_(p, 1.5),
        "norm 1": lambda p: utils.clip_grad_norm_(p, 1.5, norm_type=1),
        "largest": lambda p: utils.clip_grad_norm_(p, 0.5, float("inf")),
        "long": lambda p: utils.clip_grad_norm_(p, 100.0),
        "value": lambda p: utils.clip_grad_value_(p, 0.7),
    }.items():
        a, b = torch.ones(3, requires_grad=True), torch.ones(2, 2, requires_grad=True)
        unused = torch.ones(1, requires_grad=True)
        ((a * torch.tensor([1.0, -2.0, 0.5])).sum() - 3 * b.sum()).backward()
        found[f"{name} total"] = repr(clip([a, b, unused]))
        found[f"{name} a"], found[f"{name} b"] = a.grad, b.grad
    vector = utils.parameters_to_vector([a, b])
    utils.vector_to_parameters(torch.arange(7.0), [a, b])
    return found | {"vector": vector.detach(), "a": a.detach(), "b": b.detach()}
