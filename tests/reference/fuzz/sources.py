"""Statements that make tensors: literals, ranges, draws."""

from __future__ import annotations

from tests.reference.fuzz.scope import Scope, floating

SHAPES = ["3", "2, 3", "3, 3", "2, 3, 4", "4", "1, 3", "3, 1", "16", "5, 4", "2, 2, 3, 3"]
LITERALS = [
    "1.5",
    "2",
    "[1.0, 2.0, 3.0]",
    "[0.1, -0.2, 0.3]",
    "[1, 2, 3]",
    "[[1.0, -2.0, 0.5], [0.25, 3.0, -1.0]]",
    "[[1, 2, 3], [4, 5, 6]]",
    "[True, False, True]",
    "[[0.0], [1.0]]",
    "[1e-8, 1.0, 1e8]",
    "[float('nan'), 1.0, float('inf')]",
    "[0, 1, 1, 0]",
    "[]",
]
DTYPES = ["torch.float64", "torch.int64", "torch.int32", "torch.float32", "torch.bool"]


def literal(scope: Scope) -> str:
    text, chance = scope.chance.choice(LITERALS), scope.chance
    options = ""
    if chance.random() < 0.25:
        options += f", dtype={chance.choice(DTYPES)}"
    if chance.random() < 0.3:
        options += ", requires_grad=True"
    return f"{scope.fresh()} = torch.tensor({text}{options})"


def draw(scope: Scope) -> str:
    chance, shape = scope.chance, scope.chance.choice(SHAPES)
    grad = ", requires_grad=True" if chance.random() < 0.5 else ""
    call = chance.choice(
        [
            f"randn({shape}{grad})",
            f"randn({shape}{grad})",
            f"rand({shape}{grad})",
            f"randn(size=({shape},){grad})",
            f"randint(0, 5, ({shape},))",
            f"randint(10, ({shape},))",
            f"randint(-3, 3, size=({shape},))",
            f"normal(1.0, 2.0, ({shape},))",
            "randperm(6)",
            f"randn({shape}, dtype=torch.float64{grad})",
            f"bernoulli(torch.full(({shape},), 0.4))",
        ]
    )
    return f"{scope.fresh()} = torch.{call}"


def draw_like(scope: Scope) -> str:
    name = scope.tensor(floating)
    call = scope.chance.choice(
        [
            f"torch.rand_like({name})",
            f"torch.randn_like({name})",
            f"torch.zeros_like({name})",
            f"torch.full_like({name}, 2)",
            f"torch.empty_like({name}).uniform_(-1, 1)",
            f"torch.empty_like({name}).normal_(0, 0.5)",
            f"torch.bernoulli({name}.detach().sigmoid())",
        ]
    )
    return f"{scope.fresh()} = {call}"


def filled(scope: Scope) -> str:
    shape = scope.chance.choice(SHAPES)
    call = scope.chance.choice(
        [
            f"zeros({shape})",
            f"ones({shape})",
            f"full(({shape},), 1.5)",
            f"full(({shape},), 7)",
            "eye(3)",
            "arange(6)",
            "arange(0, 1, 0.1)",
            "arange(12.).reshape(3, 4)",
            "arange(24).reshape(2, 3, 4)",
            "linspace(-1, 1, 5)",
            "linspace(0, 10, 7, requires_grad=True)",
            "logspace(-1, 1, 4)",
            f"ones({shape}, dtype=torch.int64)",
            f"zeros({shape}, requires_grad=True)",
        ]
    )
    return f"{scope.fresh()} = torch.{call}"


ALL = [literal, draw, draw, draw_like, filled]
