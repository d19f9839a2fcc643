"""Masks over parameters, and parameters that are computed from others."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()


def _utils(torch: Any, name: str) -> Any:
    return importlib.import_module(f"{torch.__name__}.nn.utils.{name}")


def _first_line(act: Callable[[], Any]) -> str:
    try:
        return repr(act())
    except Exception as error:
        return f"{type(error).__name__}: " + str(error).split("\n")[0]


def _state(module: Any) -> str:
    return repr([name for name, _ in module.named_parameters()]) + repr(
        [name for name, _ in module.named_buffers()]
    )


@CASES
def pruned_step_by_step(torch: Any) -> dict[str, Any]:
    prune = _utils(torch, "prune")
    torch.manual_seed(0)
    layer = torch.nn.Linear(4, 3)
    found = {"returned": repr(prune.random_unstructured(layer, name="weight", amount=0.3))}
    found |= {"state": _state(layer), "weight": layer.weight, "printed": repr(layer.weight)}
    prune.l1_unstructured(layer, name="bias", amount=2)
    found |= {"bias": layer.bias, "bias mask": layer.bias_mask}
    prune.ln_structured(layer, name="weight", amount=0.5, n=2, dim=0)
    found |= {"rows": layer.weight, "keys": repr(list(layer.state_dict()))}
    hooks = list(layer._forward_pre_hooks.values())
    found["hooks"] = repr([type(each).__name__ for each in hooks])
    found["container"] = repr([type(each).__name__ for each in hooks[-1]])
    layer(torch.ones(1, 4)).sum().backward()
    found |= {"grad": layer.weight_orig.grad, "pruned": repr(prune.is_pruned(layer))}
    prune.remove(layer, "weight")
    found |= {"removed": _state(layer), "removed weight": layer.weight}
    found["removed printed"] = repr(layer.weight)
    prune.remove(layer, "bias")
    found["left"] = repr(prune.is_pruned(layer)) + repr(len(layer._forward_pre_hooks))
    return found


@CASES
def pruned_in_every_way(torch: Any) -> dict[str, Any]:
    prune = _utils(torch, "prune")
    nn = torch.nn
    torch.manual_seed(1)
    found = {}
    for name, act in {
        "random": lambda layer: prune.random_unstructured(layer, "weight", 5),
        "smallest": lambda layer: prune.l1_unstructured(layer, "weight", 0.4),
        "by scores": lambda layer: prune.l1_unstructured(
            layer, "weight", 3, importance_scores=-layer.weight.abs()
        ),
        "random rows": lambda layer: prune.random_structured(layer, "weight", 0.5, 0),
        "random columns": lambda layer: prune.random_structured(layer, "weight", 1, 1),
        "smallest columns": lambda layer: prune.ln_structured(layer, "weight", 2, 1, dim=1),
        "largest": lambda layer: prune.ln_structured(layer, "weight", 1, float("inf"), dim=-1),
        "nothing": lambda layer: prune.identity(layer, "weight"),
        "zero": lambda layer: prune.l1_unstructured(layer, "weight", 0),
        "mask": lambda layer: prune.custom_from_mask(
            layer, "weight", torch.arange(12).reshape(4, 3) % 2
        ),
    }.items():
        layer = nn.Linear(3, 4)
        act(layer)
        found[name], found[f"{name} mask"] = layer.weight, layer.weight_mask
    kernels = nn.Conv2d(2, 4, 2)
    prune.ln_structured(kernels, "weight", 0.5, 2, dim=0)
    found["kernels"] = kernels.weight_mask
    return found


@CASES
def pruned_together(torch: Any) -> dict[str, Any]:
    prune = _utils(torch, "prune")
    nn = torch.nn
    torch.manual_seed(2)
    model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
    pairs = ((model[0], "weight"), (model[2], "weight"))
    found = {}
    for amount in (0.2, 0.5):
        prune.global_unstructured(pairs, pruning_method=prune.L1Unstructured, amount=amount)
        found |= {f"{amount} first": model[0].weight, f"{amount} last": model[2].weight}
    found |= {"y": model(torch.ones(1, 3)), "state": _state(model)}

    class EveryOther(prune.BasePruningMethod):  # type: ignore[misc, name-defined]
        PRUNING_TYPE = "unstructured"

        def compute_mask(self, t: Any, default_mask: Any) -> Any:
            mask = default_mask.clone()
            mask.view(-1)[::2] = 0
            return mask

    EveryOther.apply(model[0], "bias")
    found |= {"own": model[0].bias, "own mask": model[0].bias_mask}
    found["alone"] = prune.L1Unstructured(amount=2).prune(torch.tensor([3.0, -1.0, 2.0, -4.0]))
    return found


@CASES
def pruning_refused(torch: Any) -> dict[str, Any]:
    prune = _utils(torch, "prune")
    layer = torch.nn.Linear(2, 2)
    return {
        "share": _first_line(lambda: prune.l1_unstructured(layer, "bias", amount=1.5)),
        "negative": _first_line(lambda: prune.l1_unstructured(layer, "bias", amount=-1)),
        "many": _first_line(lambda: prune.l1_unstructured(layer, "bias", amount=7)),
        "word": _first_line(lambda: prune.l1_unstructured(layer, "bias", amount="x")),
        "vector": _first_line(lambda: prune.ln_structured(layer, "bias", 1, 2, 0)),
        "dimension": _first_line(lambda: prune.ln_structured(layer, "weight", 1, 2, 5)),
        "not pruned": _first_line(lambda: prune.remove(layer, "bias")),
        "slices": _first_line(
            lambda: prune.global_unstructured(
                [(layer, "weight")], prune.LnStructured, amount=1, n=2
            )
        ).split(" Found")[0],
    }


@CASES
def parametrized(torch: Any) -> dict[str, Any]:
    parametrize = _utils(torch, "parametrize")
    nn = torch.nn

    class Symmetric(nn.Module):  # type: ignore[misc, name-defined]
        def forward(self, x: Any) -> Any:
            return x.triu() + x.triu(1).transpose(-1, -2)

    class Exponential(nn.Module):  # type: ignore[misc, name-defined]
        def forward(self, x: Any) -> Any:
            return x.exp()

        def right_inverse(self, x: Any) -> Any:
            return x.log()

    class Row(nn.Module):  # type: ignore[misc, name-defined]
        def forward(self, x: Any) -> Any:
            return x[0]

    torch.manual_seed(0)
    layer = nn.Linear(3, 3)
    parametrize.register_parametrization(layer, "weight", Symmetric())
    found = {"printed": repr(layer), "state": _state(layer) + repr(list(layer.state_dict()))}
    found |= {"weight": layer.weight, "weight printed": repr(layer.weight)}
    found["parts"] = repr(layer.parametrizations) + repr(layer.parametrizations.weight[0])
    found["class"] = type(layer).__name__ + repr(isinstance(layer, nn.Linear))
    found["is"] = repr(
        [parametrize.is_parametrized(layer, name) for name in (None, "weight", "bias")]
    )
    layer(torch.ones(1, 3)).sum().backward()
    found["grad"] = layer.parametrizations.weight.original.grad
    found["assigned"] = _first_line(lambda: setattr(layer, "weight", torch.ones(3, 3)))
    parametrize.remove_parametrizations(layer, "weight")
    found |= {"left": layer.weight, "left printed": repr(layer) + repr(layer.weight)}

    other = nn.Linear(2, 2)
    other.weight.data.fill_(2.0)
    parametrize.register_parametrization(other, "weight", Exponential())
    found |= {"other": other.weight, "original": other.parametrizations.weight.original}
    other.weight = torch.full((2, 2), 3.0)
    found["original after"] = other.parametrizations.weight.original
    with parametrize.cached():
        found["cached"] = repr(other.weight is other.weight)
    found["not cached"] = repr(other.weight is other.weight)
    parametrize.register_parametrization(other, "weight", Symmetric())
    found |= {"two": other.weight, "two printed": repr(other)}
    parametrize.remove_parametrizations(other, "weight", leave_parametrized=False)
    found |= {"other left": other.weight, "other printed": repr(other)}

    register = parametrize.register_parametrization
    found["no name"] = _first_line(lambda: register(layer, "foo", Symmetric()))
    found["shape"] = _first_line(lambda: register(layer, "weight", Row()))
    found["unsafe"] = _first_line(lambda: register(layer, "weight", Row(), unsafe=True))
    found["not there"] = _first_line(
        lambda: parametrize.remove_parametrizations(nn.Linear(2, 2), "weight")
    )
    return found


@CASES
def weights_of_bounded_size(torch: Any) -> dict[str, Any]:
    nn, parametrizations = torch.nn, _utils(torch, "parametrizations")
    found = {}
    x = torch.linspace(-1, 1, 6).reshape(2, 3)
    for name, make in {
        "weight": lambda: parametrizations.weight_norm(nn.Linear(3, 2)),
        "weight columns": lambda: parametrizations.weight_norm(nn.Linear(3, 2), dim=1),
        "weight whole": lambda: parametrizations.weight_norm(nn.Linear(3, 2), dim=None),
        "weight hook": lambda: nn.utils.weight_norm(nn.Linear(3, 2)),
        "spectral": lambda: parametrizations.spectral_norm(nn.Linear(3, 2)),
        "spectral in use": lambda: parametrizations.spectral_norm(nn.Linear(3, 2)).eval(),
        "spectral hook": lambda: nn.utils.spectral_norm(nn.Linear(3, 2), n_power_iterations=2),
    }.items():
        torch.manual_seed(3)
        layer = make()
        found[f"{name} printed"] = repr(layer) + _state(layer)
        y = layer(x)
        (y * y).sum().backward()
        found[f"{name} y"], found[f"{name} weight"] = y.detach(), layer.weight
        for title, parameter in layer.named_parameters():
            found[f"{name} {title}"], found[f"{name} {title} grad"] = parameter, parameter.grad
        for title, buffer in layer.named_buffers():
            found[f"{name} {title}"] = buffer
    conv = nn.utils.spectral_norm(nn.ConvTranspose2d(2, 3, 2))
    found["transposed"] = repr([each.shape for each in conv.buffers()])
    plain = nn.utils.remove_weight_norm(nn.utils.weight_norm(nn.Linear(3, 2)))
    found["removed"] = _state(plain) + _first_line(lambda: nn.utils.remove_weight_norm(plain))
    plain = nn.utils.remove_spectral_norm(nn.utils.spectral_norm(nn.Linear(3, 2)))
    found["removed too"] = _state(plain) + _first_line(lambda: nn.utils.remove_spectral_norm(plain))
    return found
