"""The controls that a cell asks for, and what the page says that they are set to."""

from __future__ import annotations

from typing import Any

from .events import Emit

#: More controls than this at one cell are a mistake of the program, such as a label made in a loop.
MOST_CONTROLS = 50


class Controls:
    """Answers the program's calls, and tells the page which controls there are."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._values: dict[str, Any] = {}
        self._told: dict[str, dict[str, Any]] = {}

    def begin(self, values: dict[str, Any]) -> None:
        """A run begins, with what the page's controls are set to."""
        self._values = dict(values)
        self._told = {}

    def change(self, label: str, value: Any) -> None:
        """The reader has moved a control while the program runs."""
        self._values[label] = value

    def ask(self, control: dict[str, Any]) -> Any:
        """Return what the control is set to, or what it begins with.

        Args:
            control: kind, label, and the value to begin with; for numbers minimum, maximum and step, for
                a choice its options.

        Raises:
            ValueError: there are too many controls, or one label has two kinds.
        """
        label = control["label"]
        told = self._told.get(label)
        if told is None and len(self._told) >= MOST_CONTROLS:
            raise ValueError(
                f"this cell has more than {MOST_CONTROLS} controls\n"
                "Give a control that a loop asks for the same label each time."
            )
        if told is not None and told["kind"] != control["kind"]:
            raise ValueError(
                f"the label {label!r} belongs to a {told['kind']} and to a {control['kind']}\n"
                "Two controls of one cell need different labels."
            )
        present = {**control, "first": control["value"], "value": self._present(control)}
        if present != told:
            # The page takes back from this what the program has noticed.
            self._told[label] = present
            self._emit({"type": "control", "control": present})
        return present["value"]

    def _present(self, control: dict[str, Any]) -> Any:
        first = control["value"]
        value = self._values.get(control["label"], first)
        # The control may have been another one when the page's value was set.
        if control["kind"] == "choice":
            return value if value in control["options"] else first
        if isinstance(first, bool) or isinstance(value, bool):
            return value if isinstance(value, bool) and isinstance(first, bool) else first
        return value if isinstance(value, (int, float)) else first
