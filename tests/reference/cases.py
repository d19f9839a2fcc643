"""What is compared with PyTorch: each case is one function of the module that answers to `torch`.

The same code runs under PyTorch, when `generate.py` records what it gives, and under backprop, in the
tests. A case returns a dictionary; tensors in it are recorded with type, shape and numbers, strings (the
printed forms) letter by letter.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

Case = Callable[[Any], dict[str, Any]]
CASES: dict[str, Case] = {}


def case(function: Case) -> Case:
    CASES[function.__name__] = function
    return function


def _differentiate(
    torch: Any, function: Callable[..., Any], *shapes: tuple[int, ...]
) -> dict[str, Any]:
    """A result, and the gradient of its weighted sum by each input."""
    torch.manual_seed(7)
    inputs = [torch.rand(shape) * 2 + 0.3 for shape in shapes]
    for each in inputs:
        each.requires_grad_()
    result = function(*inputs)
    weights = torch.linspace(-1, 2, result.numel()).reshape(result.shape)
    (result * weights).sum().backward()
    found = {"result": result.detach(), "printed": repr(result)}
    return found | {f"grad {place}": each.grad for place, each in enumerate(inputs)}


UNARY = {
    "neg": lambda torch, x: -x,
    "abs": lambda torch, x: (x - 1).abs(),
    "exp": lambda torch, x: x.exp(),
    "expm1": lambda torch, x: x.expm1(),
    "log": lambda torch, x: x.log(),
    "log1p": lambda torch, x: x.log1p(),
    "log2": lambda torch, x: x.log2(),
    "log10": lambda torch, x: x.log10(),
    "sqrt": lambda torch, x: x.sqrt(),
    "rsqrt": lambda torch, x: x.rsqrt(),
    "reciprocal": lambda torch, x: x.reciprocal(),
    "sin": lambda torch, x: x.sin(),
    "cos": lambda torch, x: x.cos(),
    "tanh": lambda torch, x: x.tanh(),
    "sigmoid": lambda torch, x: x.sigmoid(),
    "relu": lambda torch, x: torch.relu(x - 1),
    "square": lambda torch, x: x.square(),
    "cube": lambda torch, x: x**3,
    "rpow": lambda torch, x: 2**x,
    "clamp": lambda torch, x: x.clamp(0.8, 1.6),
    "round": lambda torch, x: x.round(),
    "sum": lambda torch, x: x.sum(),
    "sum_dim": lambda torch, x: x.sum(dim=0),
    "sum_keepdim": lambda torch, x: x.sum(1, keepdim=True),
    "mean": lambda torch, x: x.mean(),
    "mean_dim": lambda torch, x: x.mean(-1),
    "prod": lambda torch, x: x.prod(),
    "prod_dim": lambda torch, x: x.prod(1),
    "var": lambda torch, x: x.var(),
    "std_dim": lambda torch, x: x.std(dim=0),
    "max": lambda torch, x: x.max(),
    "max_dim": lambda torch, x: x.max(dim=1).values,
    "min_dim": lambda torch, x: x.min(dim=0, keepdim=True).values,
    "norm": lambda torch, x: x.norm(),
    "logsumexp": lambda torch, x: x.logsumexp(1),
    "softmax": lambda torch, x: x.softmax(1),
    "log_softmax": lambda torch, x: torch.log_softmax(x, 0),
    "reshape": lambda torch, x: x.reshape(4, 3),
    "view": lambda torch, x: x.view(-1),
    "flatten": lambda torch, x: x.flatten(),
    "transpose": lambda torch, x: x.transpose(0, 1),
    "t": lambda torch, x: x.t(),
    "capital_t": lambda torch, x: x.T,
    "permute": lambda torch, x: x.permute(1, 0),
    "unsqueeze": lambda torch, x: x.unsqueeze(1),
    "squeeze": lambda torch, x: x.reshape(3, 1, 4).squeeze(1),
    "expand": lambda torch, x: x.unsqueeze(0).expand(2, -1, -1),
    "repeat": lambda torch, x: x.repeat(2, 1),
    "row": lambda torch, x: x[1],
    "element": lambda torch, x: x[1, 2],
    "slice": lambda torch, x: x[:, 1:3],
    "mask": lambda torch, x: x[x > 1],
    "places": lambda torch, x: x[torch.tensor([0, 2, 0])],
    "gather": lambda torch, x: x.gather(1, torch.tensor([[0], [3], [1]])),
    "masked_fill": lambda torch, x: x.masked_fill(x > 1, 0.0),
    "where": lambda torch, x: torch.where(x > 1, x, -x),
    "cat": lambda torch, x: torch.cat([x, 2 * x], dim=1),
    "stack": lambda torch, x: torch.stack([x, x.exp()]),
    "tril": lambda torch, x: torch.tril(x),
    "flip": lambda torch, x: x.flip(0),
    "clone": lambda torch, x: x.clone(),
    "double": lambda torch, x: x.double(),
}


def _unary(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        return _differentiate(torch, lambda x: UNARY[name](torch, x), (3, 4))

    CASES[f"unary {name}"] = run


for _name in UNARY:
    _unary(_name)

BINARY = {
    "add": lambda torch, a, b: a + b,
    "sub": lambda torch, a, b: a - b,
    "mul": lambda torch, a, b: a * b,
    "div": lambda torch, a, b: a / b,
    "pow": lambda torch, a, b: a**b,
    "maximum": lambda torch, a, b: torch.maximum(a, b),
    "minimum": lambda torch, a, b: torch.minimum(a, b),
    "remainder": lambda torch, a, b: a % b,
    "mse": lambda torch, a, b: ((a - b) ** 2).mean(),
}
SHAPES = {
    "same": ((2, 3), (2, 3)),
    "row": ((2, 3), (3,)),
    "column": ((2, 1), (2, 3)),
    "outer": ((4, 1), (3,)),
    "scalar": ((2, 3), ()),
    "deep": ((2, 1, 3), (4, 1)),
}


def _binary(name: str, shapes: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        return _differentiate(torch, lambda a, b: BINARY[name](torch, a, b), *SHAPES[shapes])

    CASES[f"binary {name} {shapes}"] = run


for _name in BINARY:
    for _shapes in SHAPES:
        _binary(_name, _shapes)

PRODUCTS = {
    "matrices": ((2, 3), (3, 4)),
    "vector matrix": ((3,), (3, 4)),
    "matrix vector": ((2, 3), (3,)),
    "vectors": ((3,), (3,)),
    "batches": ((5, 2, 3), (5, 3, 4)),
    "batch and matrix": ((5, 2, 3), (3, 4)),
    "broadcast batches": ((2, 1, 2, 3), (4, 3, 2)),
}


def _product(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        found = _differentiate(torch, torch.matmul, *PRODUCTS[name])
        del found["printed"]  # PyTorch's names of batched products differ with its version
        return found

    CASES[f"matmul {name}"] = run


for _name in PRODUCTS:
    _product(_name)


@case
def the_first_program(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
    x = torch.tensor([[1.0, 2.0]])
    target = torch.tensor([[3.0]])
    prediction = model(x)
    loss = nn.MSELoss()(prediction, target)
    loss.backward()
    found = {
        "line": f"Loss: {loss.item():.4f}",
        "model": repr(model),
        "prediction": repr(prediction),
    }
    found["loss"] = repr(loss)
    for name, parameter in model.named_parameters():
        found[name] = parameter.detach()
        found[f"{name} printed"] = repr(parameter)
        found[f"{name} grad"] = parameter.grad
    return found


def _train(torch: Any, steps: int, activation: str, **options: Any) -> dict[str, Any]:
    nn = torch.nn
    torch.manual_seed(3)
    model = nn.Sequential(nn.Linear(2, 8), getattr(nn, activation)(), nn.Linear(8, 1))
    x = torch.randn(32, 2)
    y = (x[:, :1] * x[:, 1:]).sign()
    optimizer = torch.optim.SGD(model.parameters(), **options)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = nn.MSELoss()(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return {"losses": torch.stack(losses), "weight": model[0].weight.detach()}


TRAINING = {
    "plain": ("Tanh", {"lr": 0.1}),
    "relu": ("ReLU", {"lr": 0.05}),
    "sigmoid": ("Sigmoid", {"lr": 0.5}),
    "momentum": ("Tanh", {"lr": 0.05, "momentum": 0.9}),
    "nesterov": ("Tanh", {"lr": 0.05, "momentum": 0.9, "nesterov": True}),
    "dampening": ("Tanh", {"lr": 0.1, "momentum": 0.9, "dampening": 0.5}),
    "weight decay": ("Tanh", {"lr": 0.1, "weight_decay": 0.1}),
    "maximize": ("Tanh", {"lr": 0.001, "maximize": True}),
}


def _training(name: str) -> None:
    activation, options = TRAINING[name]
    CASES[f"training {name}"] = lambda torch: _train(torch, 100, activation, **options)


for _name in TRAINING:
    _training(_name)


def _random(name: str, draw: Callable[[Any], Any]) -> None:
    def run(torch: Any) -> dict[str, Any]:
        found = {}
        for seed in (0, 1, 1234567890123):
            torch.manual_seed(seed)
            found[f"seed {seed}"] = draw(torch)
            found[f"seed {seed}, then"] = torch.rand(2)
        return found

    CASES[f"random {name}"] = run


RANDOM = {
    "rand": lambda torch: torch.rand(5),
    "rand float64": lambda torch: torch.rand(5, dtype=torch.float64),
    "randn 1": lambda torch: torch.randn(1),
    "randn 7": lambda torch: torch.randn(7),
    "randn 15": lambda torch: torch.randn(3, 5),
    "randn 16": lambda torch: torch.randn(16),
    "randn 37": lambda torch: torch.randn(37),
    "randn float64": lambda torch: torch.randn(20, dtype=torch.float64),
    "randint": lambda torch: torch.randint(-3, 10, (8,)),
    "randint high": lambda torch: torch.randint(1000000, (2, 3)),
    "randperm": lambda torch: torch.randperm(10),
    "bernoulli": lambda torch: torch.bernoulli(torch.full((9,), 0.3)),
    "bernoulli_": lambda torch: torch.empty(40).bernoulli_(0.3),
    "normal": lambda torch: torch.normal(2.0, 0.5, (4,)),
    "linear": lambda torch: torch.nn.Linear(3, 2).weight.detach(),
    "kaiming": lambda torch: torch.nn.init.kaiming_normal_(torch.empty(4, 5)),
    "xavier": lambda torch: torch.nn.init.xavier_uniform_(torch.empty(4, 5)),
    "uniform_": lambda torch: torch.empty(6).uniform_(-2, 3),
    "normal_": lambda torch: torch.empty(20).normal_(1, 2),
}
for _name, _draw in RANDOM.items():
    _random(_name, _draw)


@case
def printed_forms(torch: Any) -> dict[str, Any]:
    tensor = torch.tensor
    big = torch.arange(2000).reshape(40, 50)
    values = [
        tensor(3),
        tensor(2.5),
        tensor(True),
        tensor([]),
        tensor([1, 2, 3]),
        tensor([1.0, 2.0]),
        tensor([1.5, -2.25]),
        tensor([[1, 2], [3, 4]]),
        tensor([True, False]),
        tensor([1e-5, 1.0]),
        tensor([1e9, 1.0]),
        tensor([0.0, 0.0]),
        tensor([float("nan"), 1.5]),
        tensor([float("inf"), 1.0, -float("inf")]),
        tensor([float("nan")]),
        tensor([1e-7]),
        tensor([123456.0]),
        tensor([100000.5, 3.0]),
        tensor([1, 2], dtype=torch.int32),
        tensor([1.0], dtype=torch.float64),
        tensor([1.0, 2.0], requires_grad=True),
        tensor([1.0, 2.0], requires_grad=True) * 2,
        torch.zeros(2, 3, 4),
        torch.ones(3, 0),
        torch.linspace(0, 1, 30),
        torch.linspace(0, 1, 1500),
        big,
        big.float() / 7,
        torch.rand(3, 3, dtype=torch.float64) * 0 + 0.1,
        torch.zeros(2, 2).shape,
        torch.float32,
        torch.nn.Parameter(torch.ones(2)),
        torch.nn.Linear(2, 3, bias=False),
        torch.nn.Sequential(
            torch.nn.Sequential(torch.nn.Linear(1, 2), torch.nn.Tanh()), torch.nn.Flatten()
        ),
        torch.device("cpu"),
        tensor([[1.0, 5.0], [3.0, 2.0]]).max(dim=1),
        tensor([1e-3, 999.0]),
        tensor([-1.0, 22.0, 333.0]),
        (torch.ones(8, 8, requires_grad=True) * 1.5)[0],
    ]
    return {f"{place}": repr(value) for place, value in enumerate(values)}


@case
def types_of_mixed_operands(torch: Any) -> dict[str, Any]:
    kinds = [torch.float32, torch.float64, torch.int64, torch.int32, torch.uint8, torch.bool]
    found = {}
    for a in kinds:
        for b in kinds:
            for name, shape in (("", (2,)), (" 0-d", ())):
                left, right = torch.ones(2, dtype=a), torch.ones(shape, dtype=b)
                found[f"{a} + {b}{name}"] = repr((left + right).dtype)
                found[f"{a} / {b}{name}"] = repr((left / right).dtype)
        if a is not torch.bool:
            found[f"{a} * 2"] = repr((torch.ones(2, dtype=a) * 2).dtype)
        found[f"{a} * 2.0"] = repr((torch.ones(2, dtype=a) * 2.0).dtype)
        found[f"2 - {a}"] = repr((2 - torch.ones(2, dtype=a)).dtype) if a is not torch.bool else ""
    return found


def _error(name: str, provoke: Callable[[Any], Any]) -> None:
    def run(torch: Any) -> dict[str, Any]:
        try:
            provoke(torch)
        except Exception as error:
            return {"type": type(error).__name__, "message": str(error)}
        return {"type": "none", "message": ""}

    CASES[f"error {name}"] = run


def _twice(torch: Any) -> None:
    x = torch.ones(2, requires_grad=True)
    loss = (x * x).sum()
    loss.backward()
    loss.backward()


def _changed(torch: Any) -> None:
    x = torch.ones(2, requires_grad=True)
    y = x * 2
    loss = (y * y).sum()
    y += 1
    loss.backward()


ERRORS = {
    "matmul": lambda torch: torch.ones(1, 2) @ torch.ones(3, 4),
    "linear": lambda torch: torch.nn.Linear(3, 1)(torch.ones(1, 2)),
    "broadcast": lambda torch: torch.ones(2, 3) + torch.ones(2, 4),
    "backward twice": _twice,
    "backward of a vector": lambda torch: (torch.ones(2, requires_grad=True) * 2).backward(),
    "backward of nothing": lambda torch: torch.ones(1).backward(),
    "in place": _changed,
    "leaf in place": lambda torch: torch.ones(2, requires_grad=True).add_(1),
    "integers": lambda torch: torch.tensor([1, 2], requires_grad=True),
    "integers later": lambda torch: torch.tensor([1, 2]).requires_grad_(),
    "empty optimizer": lambda torch: torch.optim.SGD([], lr=0.1),
    "negative rate": lambda torch: torch.optim.SGD([torch.ones(1)], lr=-1),
    "item": lambda torch: torch.ones(2).item(),
    "bool": lambda torch: bool(torch.ones(2)),
    "numpy": lambda torch: torch.ones(2, requires_grad=True).numpy(),
    "reshape": lambda torch: torch.ones(6).reshape(4, 2),
    "mean of integers": lambda torch: torch.tensor([1, 2]).mean(),
    "index": lambda torch: torch.ones(3)[5],
    "dim": lambda torch: torch.ones(3).sum(dim=2),
    "cat": lambda torch: torch.cat([torch.ones(2, 2), torch.ones(2, 3)]),
    "stack": lambda torch: torch.stack([torch.ones(2), torch.ones(3)]),
    "strings": lambda torch: torch.tensor(["a"]),
    "ragged": lambda torch: torch.tensor([[1, 2], [3]]),
    "type of matmul": lambda torch: torch.ones(2, 2) @ torch.ones(2, 2, dtype=torch.float64),
    "no module": lambda torch: torch.nn.Sequential(torch.nn.ReLU),
    "retain_grad": lambda torch: torch.ones(1).retain_grad(),
    "missing keys": lambda torch: torch.nn.Linear(1, 1).load_state_dict({}),
    "unused": lambda torch: torch.autograd.grad(
        torch.ones(1, requires_grad=True) * 2, torch.ones(1, requires_grad=True)
    ),
}
for _name, _provoke in ERRORS.items():
    _error(_name, _provoke)


@case
def autograd_rules(torch: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    (x * x).sum().backward()
    (x * 3).sum().backward()
    found["accumulated"] = x.grad
    loss = (x**3).sum()
    found["grad"] = torch.autograd.grad(loss, x, retain_graph=True)[0]
    found["again"] = torch.autograd.grad(loss, x)[0]
    y = x * 2
    y.retain_grad()
    seen = []
    y.register_hook(lambda gradient: seen.append(gradient.clone()))
    y.register_hook(lambda gradient: gradient * 10)
    x.grad = None
    (y * y).sum().backward()
    found["hook saw"] = seen[0]
    found["hook changed"] = x.grad
    with torch.no_grad():
        found["no grad"] = repr(x * 2)
    z = x.detach()
    found["detached"] = repr(z)
    w = torch.ones(3, requires_grad=True)
    v = w * 2
    v[1] = x[0] * 5
    x.grad = None
    (v * v).sum().backward()
    found["assigned w"], found["assigned x"] = w.grad, x.grad
    u = torch.ones(2, 2, requires_grad=True)
    (u.clone().mul_(x[0].detach()).add_(1) ** 2).sum().backward()
    found["in place"] = u.grad
    a = torch.tensor([[1.0, -1.0]], requires_grad=True)
    a.backward(torch.tensor([[2.0, 3.0]]))
    found["given"] = a.grad
    shared = torch.ones(2, requires_grad=True)
    (shared + shared * shared).sum().backward()
    found["shared"] = shared.grad
    return found


@case
def a_function_of_ones_own(torch: Any) -> dict[str, Any]:
    class Clip(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: Any, limit: float) -> Any:
            ctx.save_for_backward(x)
            ctx.limit = limit
            return x.clamp(max=limit)

        @staticmethod
        def backward(ctx: Any, grad: Any) -> Any:
            (x,) = ctx.saved_tensors
            return grad * (x < ctx.limit), None

    x = torch.tensor([0.5, 1.5], requires_grad=True)
    y = Clip.apply(x, 1.0)
    y.sum().backward()
    return {"y": y.detach(), "printed": repr(y), "grad": x.grad}


@case
def modules(torch: Any) -> dict[str, Any]:
    nn = torch.nn

    class Block(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.scale = nn.Parameter(torch.ones(2))
            self.register_buffer("mean", torch.zeros(2))
            self.inner = nn.Sequential(nn.Linear(2, 2), nn.Sigmoid())

        def forward(self, x: Any) -> Any:
            return self.inner(x) * self.scale + self.mean

    torch.manual_seed(5)
    block = Block()
    twin = copy.deepcopy(block)
    message = twin.load_state_dict(block.state_dict())
    calls = []
    handle = block.inner[0].register_forward_hook(
        lambda module, args, out: calls.append(tuple(out.shape))
    )
    result = block(torch.ones(3, 2))
    handle.remove()
    block(torch.ones(3, 2))
    return {
        "names": ", ".join(name for name, _ in block.named_parameters()),
        "state": ", ".join(block.state_dict()),
        "modules": ", ".join(name for name, _ in block.named_modules()),
        "printed": repr(block),
        "loaded": repr(message),
        "calls": repr(calls),
        "result": result.detach(),
        "count": repr(sum(p.numel() for p in block.parameters())),
        "training": repr((block.training, block.eval().inner.training)),
        "double": repr(block.double()(torch.ones(1, 2, dtype=torch.float64)).dtype),
    }


@case
def linear_shapes(torch: Any) -> dict[str, Any]:
    torch.manual_seed(2)
    layer = torch.nn.Linear(3, 2)
    found = {}
    for name, shape in {"vector": (3,), "matrix": (4, 3), "batch": (2, 5, 3)}.items():
        layer.zero_grad()
        x = torch.rand(*shape, requires_grad=True)
        layer(x).pow(2).sum().backward()
        found[f"{name} x"], found[f"{name} weight"], found[f"{name} bias"] = (
            x.grad,
            layer.weight.grad,
            layer.bias.grad,
        )
    return found
