"""What `backprop.ui` offers: each control is checked here, and shown by the page, where there is one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeVar

from .. import host

T = TypeVar("T")


def slider(
    label: str,
    minimum: float,
    maximum: float,
    value: float | None = None,
    step: float | None = None,
) -> Any:
    """A number between two others, to be moved.

    Args:
        label: names the control; two controls of one cell need different labels.
        minimum: the least value.
        maximum: the largest value.
        value: the one to begin with; the middle if left out.
        step: how far one move goes; 1 between whole numbers, otherwise a hundredth of the way.

    Returns:
        An int if everything given is a whole number, otherwise a float.

    Raises:
        ValueError: `maximum` is not above `minimum`, `value` is not between them, or `step` is not
            positive.
    """
    given = [each for each in (minimum, maximum, value, step) if each is not None]
    _check_numbers(label, given)
    if not minimum < maximum:
        raise ValueError(
            f"the slider {label!r} goes from {minimum} to {maximum}\n"
            "Give the smaller number first, and two different ones."
        )
    whole = all(_is_whole(each) for each in given)
    if step is None:
        step = 1 if whole else _round_step((maximum - minimum) / 100)
    if step <= 0:
        raise ValueError(f"the slider {label!r} has step={step}\nA step is more than 0.")
    if value is None:
        moves = round((maximum - minimum) / 2 / step)
        value = minimum + moves * step if whole else round(minimum + moves * step, 12)
    _check_between(label, value, minimum, maximum)
    found = _number(label, "slider", value, minimum, maximum, step)
    return int(found) if whole else float(found)


def number(
    label: str,
    value: float,
    minimum: float | None = None,
    maximum: float | None = None,
) -> Any:
    """A number to be typed.

    Args:
        label: names the control.
        value: the one to begin with.
        minimum: the least value, if there is one.
        maximum: the largest value, if there is one.

    Returns:
        An int if everything given is a whole number, otherwise a float.

    Raises:
        ValueError: `value` is not between the two.
    """
    given = [each for each in (value, minimum, maximum) if each is not None]
    _check_numbers(label, given)
    _check_between(label, value, minimum, maximum)
    whole = all(_is_whole(each) for each in given)
    found = _number(label, "number", value, minimum, maximum, 1 if whole else None)
    return round(found) if whole else float(found)


def choice(label: str, options: Sequence[T], value: T | None = None) -> T:
    """One of several values.

    >>> from backprop import nn, ui
    >>> ui.choice("activation", [nn.ReLU, nn.Tanh]).__name__
    'ReLU'

    Args:
        label: names the control.
        options: what there is to choose from: text, numbers, classes or functions.
        value: the one to begin with; the first if left out.

    Raises:
        ValueError: there are no options, two of them read the same, or `value` is none of them.
    """
    names = [str(getattr(each, "__name__", each)) for each in options]
    if not names:
        raise ValueError(f"the choice {label!r} has no options\nGive a list of at least one.")
    if len(set(names)) < len(names):
        raise ValueError(
            f"two options of the choice {label!r} read the same: {', '.join(names)}\n"
            "Give each another text, and look the value up in a dictionary."
        )
    if value is not None and value not in options:
        raise ValueError(
            f"the choice {label!r} begins with {value!r}, which is not among its options\n"
            f"They are {', '.join(names)}."
        )
    first = names[0] if value is None else names[list(options).index(value)]
    chosen = _ask({"kind": "choice", "label": label, "value": first, "options": names})
    return options[names.index(chosen if chosen in names else first)]


def switch(label: str, value: bool = False) -> bool:
    """Yes or no.

    Args:
        label: names the control.
        value: the one to begin with.
    """
    return bool(_ask({"kind": "switch", "label": label, "value": bool(value)}))


def _ask(control: dict[str, Any]) -> Any:
    return control["value"] if host.control is None else host.control(control)


def _number(
    label: str,
    kind: str,
    value: float,
    minimum: float | None,
    maximum: float | None,
    step: float | None,
) -> Any:
    """The present number, drawn in between the two limits, which may have changed since."""
    limits = {"minimum": minimum, "maximum": maximum, "step": step}
    found = _ask({"kind": kind, "label": label, "value": value} | limits)
    if not isinstance(found, (int, float)) or not math.isfinite(found):
        return value
    if minimum is not None:
        found = max(found, minimum)
    return found if maximum is None else min(found, maximum)


def _is_whole(value: float) -> bool:
    return isinstance(value, int)


def _check_numbers(label: str, given: list[float]) -> None:
    for each in given:
        if isinstance(each, bool) or not isinstance(each, (int, float)) or not math.isfinite(each):
            raise ValueError(f"the control {label!r} takes numbers, not {each!r}")


def _check_between(label: str, value: float, minimum: float | None, maximum: float | None) -> None:
    low, high = -math.inf if minimum is None else minimum, math.inf if maximum is None else maximum
    if not low <= value <= high:
        raise ValueError(
            f"the control {label!r} begins with {value}, which is not between {low} and {high}"
        )


def _round_step(step: float) -> float:
    """The nearest of 1, 2 or 5 times a power of ten: steps that read well."""
    power = 10.0 ** math.floor(math.log10(step))
    factor = min((1, 2, 5, 10), key=lambda each: abs(each - step / power))
    return float(f"{factor * power:.6g}")
