"""Controls: their first values anywhere, and what a host says they are set to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from backprop import host, nn, ui


@pytest.fixture
def settings() -> Iterator[dict[str, Any]]:
    """What a host answers, by label; what is not there is answered with the first value."""
    values: dict[str, Any] = {}
    host.connect(lambda control: values.get(control["label"], control["value"]))
    yield values
    host.disconnect()


def test_without_a_host_each_is_what_it_begins_with() -> None:
    assert ui.slider("rate", 0.01, 1, value=0.3) == 0.3
    assert ui.number("seed", 7) == 7
    assert ui.choice("layer", [nn.ReLU, nn.Tanh], nn.Tanh) is nn.Tanh
    assert ui.switch("bias", True) is True


def test_a_slider_begins_in_the_middle() -> None:
    assert ui.slider("neurons", 1, 9) == 5
    assert ui.slider("rate", 0.0, 1.0) == 0.5
    assert ui.slider("rate", 0.01, 1) == 0.51


def test_numbers_are_whole_where_all_that_is_given_is(settings: dict[str, Any]) -> None:
    settings |= {"neurons": 4.0, "rate": 1, "target": 3}
    neurons, rate = ui.slider("neurons", 1, 9), ui.slider("rate", 0.5, 2)
    assert (neurons, type(neurons)) == (4, int)
    # A page hands over 1.0 as 1: a tensor of it would not learn.
    assert (rate, type(rate)) == (1, float)
    assert type(ui.number("target", 2.5)) is float


def test_a_value_stays_between_the_limits(settings: dict[str, Any]) -> None:
    settings |= {"rate": 100.0, "seed": -5}
    assert ui.slider("rate", 0.0, 2.0) == 2.0
    assert ui.number("seed", 3, minimum=0) == 0


@pytest.mark.parametrize("nonsense", [None, "x", float("nan"), float("inf"), [1]])
def test_nonsense_is_the_first_value(settings: dict[str, Any], nonsense: Any) -> None:
    settings |= {"rate": nonsense, "layer": nonsense}
    assert ui.slider("rate", 0.0, 2.0, 0.5) == 0.5
    assert ui.choice("layer", ["a", "b"], "b") == "b"


def test_a_choice_gives_back_the_option_itself(settings: dict[str, Any]) -> None:
    settings["layer"] = "Tanh"
    assert ui.choice("layer", [nn.ReLU, nn.Tanh]) is nn.Tanh


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: ui.slider("r", 2, 1), "Give the smaller number first"),
        (lambda: ui.slider("r", 1, 1), "two different ones"),
        (lambda: ui.slider("r", 0, 1, 5), "not between 0 and 1"),
        (lambda: ui.slider("r", 0, 1, step=0), "A step is more than 0"),
        (lambda: ui.slider("r", 0, float("inf")), "takes numbers"),
        (lambda: ui.slider("r", 0, True), "takes numbers"),
        (lambda: ui.number("n", 1, minimum=2), "not between 2 and inf"),
        (lambda: ui.choice("c", []), "has no options"),
        (lambda: ui.choice("c", ["a", "a"]), "read the same"),
        (lambda: ui.choice("c", ["a"], "b"), "not among its options"),
    ],
)
def test_what_makes_no_sense_is_said(make: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()
