"""Statements that choose and arrange: shapes, indices, joins."""

from __future__ import annotations

from tests.reference.fuzz.scope import Scope, Unsuitable, whole


def arranged(scope: Scope) -> str:
    name, chance = scope.tensor(), scope.chance
    value = scope.values[name]
    count, dims = value.numel(), value.dim()
    calls = [
        "reshape(-1)",
        "view(-1)",
        "flatten()",
        "unsqueeze(0)",
        "unsqueeze(-1)",
        "squeeze()",
        "ravel()",
    ]
    calls += [
        "contiguous()",
        "t()",
        "T",
        "expand_as({0})",
        "numpy_",
        "view_as({0})",
        "repeat(2)",
        "mT",
    ]
    if dims:
        first, second = scope.dim(name), scope.dim(name)
        order = chance.sample(range(dims), dims)
        calls += [
            f"transpose({first}, {second})",
            f"permute{tuple(order)}".replace(",)", ")"),
            f"flip({first})",
        ]
        calls += [
            f"roll(1, {first})",
            f"squeeze({first})",
            f"unsqueeze({first})",
            f"select({first}, 0)",
        ]
        calls += [
            f"narrow({first}, 0, 1)",
            f"repeat_interleave(2, dim={first})",
            "tile(2)",
            "tril()",
            "triu(1)",
        ]
        calls += [
            f"index_select({first}, torch.tensor([0]))",
            f"unbind({first})[0]",
            "diagonal()",
            "diag()",
        ]
        calls += [
            f"chunk(2, dim={first})[0]",
            f"split(1, dim={first})[-1]",
            f"movedim({first}, {second})",
        ]
        calls += [
            f"topk(1, dim={first}).values",
            f"sort({first}, descending=True)[0]",
            f"swapaxes({first}, 0)",
        ]
        calls += [
            f"gather({first}, torch.zeros_like({{0}}, dtype=torch.int64))",
            f"expand(2, {', '.join(['-1'] * dims)})",
        ]
        calls += [
            f"kthvalue(1, dim={first})[0]",
            "unflatten(0, (1, -1))",
            f"tensor_split(2, dim={first})[1]",
        ]
    if count % 2 == 0 and count:
        calls += ["view(2, -1)", "reshape(-1, 2)", "view(-1, 2)"]
    call = chance.choice(calls).format(name)
    if call == "numpy_":
        return f"{scope.fresh()} = torch.from_numpy({name}.detach().numpy().copy())"
    return f"{scope.fresh()} = {name}.{call}"


def index(scope: Scope) -> str:
    dims = scope.values[name := scope.tensor(lambda value: value.dim() > 0)].dim()
    one = [
        "0",
        "-1",
        ":",
        "1:",
        ":2",
        "::2",
        "None",
        "...",
        "[0, 0]",
        "torch.tensor([0])",
        f"{name} > 0",
    ]
    one += [f"torch.arange(len({name}))", "True", "[True] * 3", "slice(0, 1)"]
    chosen = [scope.chance.choice(one) for _ in range(scope.chance.randint(1, dims))]
    inside = ", ".join(chosen)
    if scope.chance.random() < 0.25:
        value = scope.number() if scope.chance.random() < 0.6 else scope.tensor()
        return f"{name}[{inside}] {scope.chance.choice(['=', '=', '+=', '*='])} {value}"
    return f"{scope.fresh()} = {name}[{inside}]"


def index_by_tensor(scope: Scope) -> str:
    places = scope.tensor(lambda value: whole(value) and value.numel() > 0 and value.dim() < 3)
    most = int(scope.values[places].max())
    name = scope.tensor(lambda value: value.dim() > 0 and value.shape[0] > most)
    return f"{scope.fresh()} = {name}[{places}]"


def joined(scope: Scope) -> str:
    name = scope.tensor()
    shape = scope.values[name].shape
    other = scope.tensor(lambda value: value.shape == shape)
    call = scope.chance.choice(["cat", "stack", "stack", "concat", "vstack", "hstack"])
    if call in {"vstack", "hstack"}:
        return f"{scope.fresh()} = torch.{call}([{name}, {other}])"
    word = scope.chance.choice(["dim", "dim", "axis"])
    dim = scope.dim(name) if call != "stack" else scope.chance.randint(0, len(shape))
    return f"{scope.fresh()} = torch.{call}(({name}, {other}), {word}={dim})"


def scattered(scope: Scope) -> str:
    name = scope.tensor(lambda value: value.dim() > 0 and value.numel() > 0)
    dim, shape = scope.dim(name), scope.values[name].shape
    if not all(shape):
        raise Unsuitable
    call = scope.chance.choice(
        [
            f"scatter({dim}, torch.zeros_like({name}, dtype=torch.int64), {name})",
            f"scatter_add({dim}, torch.zeros_like({name}, dtype=torch.int64), {name})",
            f"scatter({dim}, torch.zeros_like({name}, dtype=torch.int64), 1.0)",
            f"index_add({dim}, torch.tensor([0]), {name}.narrow({dim}, 0, 1))",
            f"index_fill({dim}, torch.tensor([0]), 5)",
            f"masked_select({name} > 0)",
            "nonzero()",
            "argwhere()",
        ]
    )
    return f"{scope.fresh()} = {name}.{call}"


ALL = [arranged, arranged, arranged, index, index, index_by_tensor, joined, scattered]
