"""Recurrent layers and their cells: draws, outputs, states, gradients, printed forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

Make = Callable[[Any], Any]


def _listed(states: Any) -> list[Any]:
    return list(states) if isinstance(states, tuple) else [states]


def _weighted(values: list[Any], torch: Any) -> Any:
    """A number that hangs on every element of every tensor."""
    total = 0
    for place, each in enumerate(values):
        slopes = torch.linspace(-1, 2 + place, each.numel(), dtype=each.dtype)
        total = total + (each * slopes.reshape(each.shape)).sum()
    return total


def _layer(
    name: str,
    make: Make,
    shape: tuple[int, ...],
    states: tuple[tuple[int, ...], ...] = (),
    kind: str = "float32",
    lengths: list[int] | None = None,
) -> None:
    def run(torch: Any) -> dict[str, Any]:
        torch.manual_seed(5)
        layer = make(torch.nn).to(getattr(torch, kind))
        found = {"printed": repr(layer), "state": ", ".join(layer.state_dict())}
        for title, value in layer.state_dict().items():
            found[title] = value.clone()
        x = torch.randn(shape, dtype=getattr(torch, kind)).requires_grad_()
        begin = [torch.randn(each, dtype=x.dtype).requires_grad_() for each in states]
        given = tuple(begin) if len(begin) > 1 else (begin or [None])[0]
        rnn, fed = torch.nn.utils.rnn, x
        if lengths is not None:
            fed = rnn.pack_padded_sequence(x, lengths, layer.batch_first, enforce_sorted=False)
        y, last = layer(fed, given)
        if lengths is not None:
            found["packed grad_fn"] = repr(y.data).split("grad_fn=")[-1]
            y, after = rnn.pad_packed_sequence(y, layer.batch_first)
            found["lengths"] = after
        found |= {"y": y.detach(), "y grad_fn": repr(y).split("grad_fn=")[-1]}
        for place, each in enumerate(_listed(last)):
            found[f"last {place}"] = each.detach()
            found[f"last {place} grad_fn"] = repr(each).split("grad_fn=")[-1]
        _weighted([y, *_listed(last)], torch).backward()
        found["x grad"] = x.grad
        for place, each in enumerate(begin):
            found[f"begin {place} grad"] = each.grad
        for title, parameter in layer.named_parameters():
            found[f"{title} grad"] = parameter.grad
        return found

    CASES[f"{name} {kind}" if kind != "float32" else name] = run


STEPS = (5, 3, 4)
LAYERS: dict[str, tuple[Make, tuple[tuple[int, ...], ...]]] = {
    "rnn": (lambda nn: nn.RNN(4, 2), ((1, 3, 2),)),
    "rnn relu": (lambda nn: nn.RNN(4, 2, 2, "relu"), ((2, 3, 2),)),
    "gru": (lambda nn: nn.GRU(4, 2), ((1, 3, 2),)),
    "lstm": (lambda nn: nn.LSTM(4, 2), ((1, 3, 2), (1, 3, 2))),
    "rnn both ways": (
        lambda nn: nn.RNN(4, 2, num_layers=2, bidirectional=True),
        ((4, 3, 2),),
    ),
    "gru both ways": (
        lambda nn: nn.GRU(4, 2, num_layers=2, bidirectional=True),
        ((4, 3, 2),),
    ),
    "lstm both ways": (
        lambda nn: nn.LSTM(4, 2, num_layers=2, bidirectional=True),
        ((4, 3, 2), (4, 3, 2)),
    ),
    "lstm projected": (
        lambda nn: nn.LSTM(4, 3, num_layers=2, proj_size=2),
        ((2, 3, 2), (2, 3, 3)),
    ),
    "rnn without bias": (lambda nn: nn.RNN(4, 2, bias=False), ()),
    "gru without bias": (lambda nn: nn.GRU(4, 2, bias=False), ()),
    "lstm without bias": (lambda nn: nn.LSTM(4, 2, bias=False), ()),
}
for _name, (_make, _states) in LAYERS.items():
    _layer(_name, _make, STEPS, _states)
    _layer(f"{_name} packed", _make, STEPS, _states, lengths=[3, 5, 1])
    _layer(f"{_name} from zeros", _make, STEPS)
for _name in ("rnn", "gru", "lstm"):
    _layer(_name, *((LAYERS[_name][0], STEPS, LAYERS[_name][1])), kind="float64")
BATCH_FIRST: dict[str, Make] = {
    "rnn": lambda nn: nn.RNN(4, 2, batch_first=True),
    "gru": lambda nn: nn.GRU(4, 2, 2, batch_first=True, bidirectional=True),
    "lstm": lambda nn: nn.LSTM(4, 2, 2, batch_first=True),
    "lstm projected": lambda nn: nn.LSTM(4, 3, batch_first=True, proj_size=2),
}
for _name, _make in BATCH_FIRST.items():
    _layer(f"{_name} batch first", _make, (3, 5, 4))
    _layer(f"{_name} batch first packed", _make, (3, 5, 4), lengths=[2, 5, 4])
    _layer(f"{_name} of one", _make, (5, 4))
_layer("lstm batch first", BATCH_FIRST["lstm"], (3, 5, 4), kind="float64")
_layer("lstm of one with states", LAYERS["lstm"][0], (5, 4), ((1, 2), (1, 2)))
_layer("rnn of one step", LAYERS["rnn"][0], (1, 3, 4))
_layer("gru dropout", lambda nn: nn.GRU(4, 3, 3, dropout=0.4), STEPS)
_layer("lstm dropout", lambda nn: nn.LSTM(4, 3, 2, dropout=0.5, bidirectional=True), STEPS)
_layer("rnn dropout", lambda nn: nn.RNN(4, 3, 2, dropout=1.0, batch_first=True), STEPS)
_layer("rnn in use", lambda nn: nn.RNN(4, 3, 2, dropout=0.5).eval(), STEPS)


def _cell(name: str, make: Make, shape: tuple[int, ...], states: int) -> None:
    def run(torch: Any) -> dict[str, Any]:
        torch.manual_seed(6)
        cell = make(torch.nn)
        found = {"printed": repr(cell), "state": ", ".join(cell.state_dict())}
        for title, value in cell.state_dict().items():
            found[title] = value.clone()
        x = torch.randn(shape).requires_grad_()
        begin = [torch.randn(*shape[:-1], 3).requires_grad_() for _ in range(states)]
        after = cell(x, (tuple(begin) if states > 1 else begin[0]) if states else None)
        for place, each in enumerate(_listed(after)):
            found[f"after {place}"] = each.detach()
            found[f"after {place} grad_fn"] = repr(each).split("grad_fn=")[-1]
        _weighted(_listed(after), torch).backward()
        for place, each in enumerate([x, *begin]):
            found[f"{place} grad"] = each.grad
        for title, parameter in cell.named_parameters():
            found[f"{title} grad"] = parameter.grad
        return found

    CASES[name] = run


CELLS: dict[str, tuple[Make, int]] = {
    "rnn cell": (lambda nn: nn.RNNCell(4, 3), 1),
    "rnn cell relu": (lambda nn: nn.RNNCell(4, 3, nonlinearity="relu"), 1),
    "rnn cell without bias": (lambda nn: nn.RNNCell(4, 3, bias=False), 1),
    "gru cell": (lambda nn: nn.GRUCell(4, 3), 1),
    "lstm cell": (lambda nn: nn.LSTMCell(4, 3), 2),
    "lstm cell without bias": (lambda nn: nn.LSTMCell(4, 3, False), 2),
}
for _name, (_make, _count) in CELLS.items():
    _cell(_name, _make, (2, 4), _count)
    _cell(f"{_name} from zeros", _make, (2, 4), 0)
    _cell(f"{_name} of one", _make, (4,), _count)


@CASES
def sequences(torch: Any) -> dict[str, Any]:
    rnn = torch.nn.utils.rnn
    found = {}
    for first in (False, True):
        x = [torch.arange(2.0 * n).reshape(n, 2).requires_grad_() for n in (2, 3, 1)]
        padded = rnn.pad_sequence(x, batch_first=first, padding_value=-1.0)
        packed = rnn.pack_padded_sequence(padded, [2, 3, 1], first, enforce_sorted=False)
        again, lengths = rnn.pad_packed_sequence(packed, first, 7.0, total_length=4)
        found |= {f"padded {first}": repr(padded), f"packed {first}": repr(packed)}
        found |= {f"again {first}": repr(again), f"lengths {first}": lengths}
        _weighted([again], torch).backward()
        for place, each in enumerate(x):
            found[f"{first} grad {place}"] = each.grad
    left = [torch.tensor([1, 2, 3]), torch.tensor([4])]
    found["left"] = rnn.pad_sequence(left, True, padding_side="left")
    found["of another type"] = rnn.pad_sequence([torch.ones(1), torch.ones(2).long()])
    packed = rnn.pack_sequence([torch.tensor([1, 2, 3]), torch.tensor([4])])
    found |= {"sorted": repr(packed), "kind": type(packed).__name__, "rows": repr(tuple(packed))}
    found["unpacked"] = repr(rnn.unpack_sequence(packed))
    found["double"] = repr(packed.to(torch.float64).data.dtype) + repr(packed.is_cuda)
    found["apart"] = repr(rnn.unpad_sequence(torch.ones(3, 2), torch.tensor([1, 3])))
    found["not sorted"] = repr(rnn.pack_sequence(left[::-1], enforce_sorted=False))
    found["back"] = rnn.invert_permutation(torch.tensor([2, 0, 1]))
    return found


@CASES
def around_layers(torch: Any) -> dict[str, Any]:
    torch.manual_seed(2)
    layer = torch.nn.LSTM(2, 3, 2, proj_size=1)
    layer.flatten_parameters()
    names = [[list(each.shape) for each in weights] for weights in layer.all_weights]
    y, _ = layer(torch.randn(4, 2))
    found = {"weights": repr(names), "same": repr(layer.all_weights[0][0] is layer.weight_ih_l0)}
    found |= {"y": y.detach(), "home": torch.nn.LSTM.__name__ + torch.nn.LSTM.__mro__[1].__name__}
    with torch.no_grad():
        found["without a graph"] = repr(torch.nn.GRU(2, 1)(torch.ones(2, 2))[0].requires_grad)
    output = torch.nn.GRU(2, 2)(torch.ones(3, 1, 2))[0]
    found["changed in place"] = repr(output.mul_(2).sum().backward())
    return found


@CASES
def trained(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    torch.manual_seed(3)
    embed, layer, head = nn.Embedding(6, 4), nn.LSTM(4, 5, batch_first=True), nn.Linear(5, 6)
    parameters = [*embed.parameters(), *layer.parameters(), *head.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=0.05)
    text = torch.tensor([[0, 1, 2, 3, 4, 5, 0, 1], [3, 2, 1, 0, 5, 4, 3, 2]])
    losses = []
    for _ in range(20):
        optimizer.zero_grad()
        y, _ = layer(embed(text[:, :-1]))
        loss = nn.functional.cross_entropy(head(y).reshape(-1, 6), text[:, 1:].reshape(-1))
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        losses.append(loss.detach())
    return {"losses": torch.stack(losses), "weights": layer.weight_hh_l0.detach()}
