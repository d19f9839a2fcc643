"""Every optimizer by option: a hundred steps of training, groups, states and printed forms."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

OPTIONS: dict[str, list[dict[str, Any]]] = {
    "SGD": [
        {"lr": 0.1},
        {"lr": 0.05, "momentum": 0.9, "weight_decay": 0.01, "nesterov": True},
        {"lr": 0.05, "momentum": 0.8, "dampening": 0.3, "maximize": True},
    ],
    "Adam": [
        {},
        {"lr": 0.02},
        {"lr": 0.02, "betas": (0.7, 0.9), "eps": 1e-3},
        {"lr": 0.02, "weight_decay": 0.1},
        {"lr": 0.02, "amsgrad": True},
        {"lr": 0.02, "maximize": True},
        {"lr": 0.02, "weight_decay": 0.1, "decoupled_weight_decay": True},
    ],
    "AdamW": [
        {},
        {"lr": 0.02, "weight_decay": 0.5},
        {"lr": 0.02, "amsgrad": True},
        {"lr": 0.02, "maximize": True},
    ],
    "RMSprop": [
        {},
        {"lr": 0.005, "alpha": 0.9, "eps": 1e-3},
        {"lr": 0.002, "momentum": 0.9},
        {"lr": 0.005, "centered": True, "eps": 1e-2},
        {"lr": 0.002, "centered": True, "momentum": 0.5, "weight_decay": 0.1, "eps": 1e-2},
        {"lr": 0.002, "maximize": True},
    ],
    "Adagrad": [
        {},
        {"lr": 0.05, "lr_decay": 0.1},
        {"lr": 0.05, "weight_decay": 0.1, "initial_accumulator_value": 0.5},
        {"lr": 0.05, "eps": 0.1, "maximize": True},
    ],
    "Adadelta": [
        {},
        {"lr": 0.5, "rho": 0.8, "eps": 1e-3, "weight_decay": 0.1},
        {"lr": 0.1, "maximize": True},
    ],
    "Adamax": [
        {},
        {"lr": 0.01, "betas": (0.7, 0.9), "eps": 1e-3, "weight_decay": 0.1},
        {"maximize": True},
    ],
    "NAdam": [
        {},
        {"lr": 0.01, "weight_decay": 0.1, "momentum_decay": 0.01, "eps": 1e-3},
        {"lr": 0.01, "weight_decay": 0.1, "decoupled_weight_decay": True},
        {"maximize": True},
    ],
    "RAdam": [
        {},
        {"lr": 0.01, "weight_decay": 0.1, "betas": (0.8, 0.9), "eps": 1e-3},
        {"lr": 0.01, "weight_decay": 0.1, "decoupled_weight_decay": True},
        {"maximize": True},
    ],
    "ASGD": [
        {},
        {"lr": 0.1, "lambd": 0.01, "t0": 10, "weight_decay": 0.1},
        {"lr": 0.001, "alpha": 0.5, "maximize": True},
    ],
    "Rprop": [
        {},
        {"lr": 0.02, "etas": (0.4, 1.3), "step_sizes": (1e-3, 0.05)},
        {"lr": 0.001, "step_sizes": (1e-6, 0.01), "maximize": True},
    ],
    "Adafactor": [
        {},
        {"lr": 0.02, "eps": (1e-3, 1e-2), "d": 2.0, "weight_decay": 0.1},
        {"beta2_decay": -0.5, "maximize": True},
    ],
}


def _train(torch: Any, make: Any, steps: int = 100, kind: str = "float32") -> dict[str, Any]:
    nn = torch.nn
    torch.manual_seed(3)
    model = nn.Sequential(nn.Linear(2, 6), nn.Tanh(), nn.Linear(6, 1)).to(getattr(torch, kind))
    x = torch.randn(24, 2, dtype=getattr(torch, kind))
    y = (x[:, :1] * x[:, 1:]).sign()
    optimizer = make(model)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = nn.MSELoss()(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    found = {"losses": torch.stack(losses), "printed": repr(optimizer)}
    for name, parameter in model.named_parameters():
        found[name] = parameter.detach()
    state = optimizer.state_dict()
    found["options"] = repr(state["param_groups"])
    found["numbers"] = repr(list(state["state"]))
    for number, known in state["state"].items():
        found |= {f"{number} {name}": value for name, value in known.items() if value is not None}
    return found


def _optimizer(name: str, place: int, kind: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        optimizer = getattr(torch.optim, name)
        options = OPTIONS[name][place]
        # What only looks at signs goes another way where a gradient of almost 0 is rounded otherwise.
        steps = 100 if kind == "float32" and name != "Rprop" else 10
        return _train(torch, lambda model: optimizer(model.parameters(), **options), steps, kind)

    CASES[f"training {name} {place} {kind}"] = run


for _name in OPTIONS:
    for _place in range(len(OPTIONS[_name])):
        _optimizer(_name, _place, "float32")
    _optimizer(_name, 1, "float64")


def _in_groups(torch: Any, model: Any) -> Any:
    optimizer = torch.optim.Adam(
        [{"params": model[0].weight, "lr": 0.05}, {"params": [model[2].weight]}], lr=0.01
    )
    optimizer.add_param_group({"params": [model[0].bias], "weight_decay": 0.2, "betas": (0.5, 0.9)})
    return optimizer


CASES["training in groups"] = lambda torch: _train(torch, lambda model: _in_groups(torch, model))
CASES["training with names"] = lambda torch: _train(
    torch, lambda model: torch.optim.SGD(model.named_parameters(), lr=0.1), 5
)


MUON: list[dict[str, Any]] = [
    {},
    {"lr": 0.02, "nesterov": False, "momentum": 0.4, "weight_decay": 0.0},
    {"adjust_lr_fn": "match_rms_adamw", "momentum": 0.4},
]


def _matrices(model: Any) -> list[Any]:
    return [each for each in model.parameters() if each.ndim == 2]


def _muon(place: int) -> None:
    # A bfloat16 that rounds the other way is a step that is longer by 0.4%: few and short ones.
    CASES[f"training Muon {place}"] = lambda torch: _train(
        torch, lambda model: torch.optim.Muon(_matrices(model), **MUON[place]), 5
    )


for _place in range(len(MUON)):
    _muon(_place)

LBFGS: list[dict[str, Any]] = [
    {},
    {"line_search_fn": "strong_wolfe"},
    {"lr": 0.5, "max_iter": 7, "history_size": 3},
    {"line_search_fn": "strong_wolfe", "lr": 5, "max_iter": 4, "max_eval": 9, "history_size": 2},
    {"tolerance_change": 1e-2},
    {"tolerance_grad": 100.0},
]


def _lbfgs(place: int) -> None:
    def run(torch: Any) -> dict[str, Any]:
        """A valley that bends, and two parameters."""
        x = torch.tensor([-1.5, 0.7], dtype=torch.float64, requires_grad=True)
        y = torch.tensor([[2.0]], dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.LBFGS([x, y], **LBFGS[place])
        losses = []

        def closure() -> Any:
            optimizer.zero_grad()
            valley = (x[1] - x[0] ** 2) ** 2 * 3 + (1 - x[0]) ** 2
            loss = valley + ((y - x[1]) ** 4).sum()
            loss.backward()
            losses.append(loss.detach())
            return loss

        firsts = [optimizer.step(closure).detach() for _ in range(3)]
        state = optimizer.state_dict()
        found = {"losses": torch.stack(losses), "firsts": torch.stack(firsts)}
        found |= {"x": x.detach(), "y": y.detach(), "printed": repr(optimizer)}
        found["state"] = repr(
            {name: type(value).__name__ for name, value in state["state"][0].items()}
        )
        return found | {"calls": repr(state["state"][0]["func_evals"])}

    CASES[f"lbfgs {place}"] = run


for _place in range(len(LBFGS)):
    _lbfgs(_place)


@CASES
def a_state_goes_on(torch: Any) -> dict[str, Any]:
    """Half of the steps by one optimizer, the rest by another that took its state over."""
    found = {}
    for name in OPTIONS:
        w = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)
        optimizer = getattr(torch.optim, name)([w], lr=0.1)
        for step in range(6):
            if step == 3:
                state = optimizer.state_dict()
                optimizer = getattr(torch.optim, name)([w], lr=0.7)
                optimizer.load_state_dict(state)
            optimizer.zero_grad(set_to_none=bool(step % 2))
            (w**2).sum().backward()
            optimizer.step()
        found[name] = w.detach()
        found[f"{name} printed"] = repr(optimizer)
    return found


@CASES
def closures_and_parameters_without_gradient(torch: Any) -> dict[str, Any]:
    w, unused = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
    optimizer = torch.optim.Adam([w, unused], lr=0.1)

    def closure() -> Any:
        optimizer.zero_grad()
        loss = (w * w).sum()
        loss.backward()
        return loss

    with torch.no_grad():
        loss = optimizer.step(closure)
    optimizer.zero_grad(set_to_none=False)
    return {
        "loss": loss.detach(),
        "w": w.detach(),
        "grad": w.grad,
        "unused": repr(unused.grad),
        "states": repr(len(optimizer.state)),
    }
