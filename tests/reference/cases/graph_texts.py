"""What programs print of graphs, shapes and classes, and models that are called as functions."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()


def _names(node: Any) -> str:
    return repr([after and after.name() for after, _ in node.next_functions])


@CASES
def nodes(torch: Any) -> dict[str, Any]:
    x = torch.ones(2, requires_grad=True)
    results = {"add": x + 1, "mul": x * x, "sum": x.sum(), "relu": x.relu(), "view": x.view(1, 2)}
    found = {
        name: repr((type(each.grad_fn).__name__, type(each.grad_fn))) + _names(each.grad_fn)
        for name, each in results.items()
    }
    end = (x + 1).grad_fn.next_functions[0][0]
    return found | {"end": repr((type(end), end.variable is x, end.next_functions))}


@CASES
def nodes_of_layers(torch: Any) -> dict[str, Any]:
    layer = torch.nn.Linear(2, 3)
    node = layer(torch.ones(4, 2)).grad_fn
    weight = node.next_functions[2][0]
    later = layer(torch.ones(4, 2, requires_grad=True) * 2).relu().grad_fn
    loss = torch.nn.MSELoss()(layer(torch.ones(4, 2)), torch.ones(4, 3)).grad_fn
    return {
        "linear": _names(node),
        "weight": repr(type(weight).__name__) + _names(weight),
        "relu": _names(later) + _names(later.next_functions[0][0]),
        "loss": _names(loss) + _names(loss.next_functions[0][0]),
        "first": repr(type(loss.next_functions[0][0].next_functions[0][0]).__name__),
        "conv": _names(torch.nn.Conv2d(1, 1, 1)(torch.ones(1, 1, 2, 2)).grad_fn),
    }


@CASES
def shapes(torch: Any) -> dict[str, Any]:
    shape = torch.ones(2, 3, 4).shape
    return {
        "parts": repr((shape[1:], shape[:2], shape[-1:], shape[0], shape[-1], shape[::2])),
        "together": repr((shape + (5,), (5,) + shape, shape + shape, shape[:1] * 2, 2 * shape[:1])),  # noqa: RUF005
        "equal": repr((shape == (2, 3, 4), shape[1:] == (3, 4), hash(shape) == hash((2, 3, 4)))),
        "others": repr((list(shape), tuple(shape), shape.numel(), shape.index(3), shape.count(2))),
        "kind": repr([type(each).__name__ for each in (shape[1:], shape + (1,), (1,) + shape)]),  # noqa: RUF005
    }


def _model(torch: Any) -> tuple[Any, dict[str, Any], Any]:
    model = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.BatchNorm1d(2))
    weights = {
        "0.weight": torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True),
        "0.bias": torch.zeros(2),
        "1.running_mean": torch.ones(2),
    }
    return model, weights, torch.tensor([[1.0, 0.5], [0.25, 2.0]])


@CASES
def functional_call(torch: Any) -> dict[str, Any]:
    model, weights, x = _model(torch)
    before = [each.clone() for each in model.state_dict().values()]
    result = torch.func.functional_call(model.eval(), weights, (x,))
    (result**2).sum().backward()
    after = model.state_dict().values()
    return {
        "result": result.detach(),
        "gradient": weights["0.weight"].grad,
        "unchanged": repr(all(map(torch.equal, before, after))),
        "own gradient": repr(model[0].weight.grad),
        "two": torch.func.functional_call(
            model, ({"0.weight": torch.ones(2, 2)}, {"0.bias": torch.ones(2)}), x
        ).detach(),
        "by name": torch.func.functional_call(
            torch.nn.Linear(2, 1),
            {"weight": torch.ones(1, 2), "bias": torch.ones(1)},
            (),
            {"input": x},
        ),
        "stateless": torch.nn.utils.stateless.functional_call(
            torch.nn.Linear(2, 1), {"weight": torch.ones(1, 2), "bias": torch.ones(1)}, x
        ),
    }


@CASES
def functional_call_of_tied_weights(torch: Any) -> dict[str, Any]:
    class Tied(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.one = torch.nn.Linear(2, 2, bias=False)
            self.two = torch.nn.Linear(2, 2, bias=False)
            self.two.weight = self.one.weight

        def forward(self, x: Any) -> Any:
            return self.two(self.one(x))

    x, weights = torch.ones(1, 2), {"one.weight": torch.tensor([[1.0, 2.0], [3.0, 4.0]])}
    return {"tied": torch.func.functional_call(Tied(), weights, x)}
