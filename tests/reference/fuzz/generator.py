"""Grows random programs, by running every statement under PyTorch before the next is chosen."""

from __future__ import annotations

import random
from typing import Any

from tests.reference.fuzz import operations, shaping, showing, sources, training
from tests.reference.fuzz.execution import namespace, perform
from tests.reference.fuzz.scope import Scope, Unsuitable

# How often a statement is of each kind.
WEIGHTS = [
    (sources.ALL, 3),
    (operations.ALL, 6),
    (shaping.ALL, 4),
    (training.ALL, 5),
    (showing.ALL, 2),
]
# Of the statements that PyTorch refuses, this share stays: errors are compared too.
REFUSED_THAT_STAY = 0.15


def grow(seed: int, library: Any) -> list[str]:
    """A program of 5 to 20 statements, the same for the same seed and the same PyTorch."""
    chance = random.Random(seed)
    names = namespace(library)
    scope = Scope(chance, names)
    program: list[str] = []
    wanted = chance.randint(5, 20)
    while len(program) < wanted:
        makers = sources.ALL
        if len(program) >= 2:
            (makers,) = chance.choices(
                [kind for kind, _ in WEIGHTS], [weight for _, weight in WEIGHTS]
            )
        try:
            statement = chance.choice(makers)(scope)
        except Unsuitable:
            continue
        error = perform(statement, names)
        if error is None or chance.random() < REFUSED_THAT_STAY:
            program.append(statement)
    return program
