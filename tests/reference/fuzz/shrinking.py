"""Makes a program that shows a disagreement as short as it gets."""

from __future__ import annotations

from collections.abc import Callable


def shrink(program: list[str], shows: Callable[[list[str]], bool]) -> list[str]:
    """Leave out statements, the last first, as long as what is left still shows the same.

    Args:
        program: the statements.
        shows: whether a shorter program still shows what the whole one showed.
    """
    shorter = True
    while shorter:
        shorter = False
        for place in reversed(range(len(program))):
            without = program[:place] + program[place + 1 :]
            if without and shows(without):
                program, shorter = without, True
    return program
