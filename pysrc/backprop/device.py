"""Where a tensor lives: here always the CPU."""

from __future__ import annotations

from typing import Any


class device:  # noqa: N801 - PyTorch's name
    """A place for tensors. Only ``device("cpu")`` exists.

    >>> device("cpu")
    device(type='cpu')

    Raises:
        RuntimeError: any other device is asked for.
    """

    __slots__ = ("index", "type")

    type: str
    index: int | None

    def __init__(self, type: Any = "cpu", index: int | None = None) -> None:
        name = type.type if isinstance(type, device) else str(type).partition(":")[0]
        if name != "cpu":
            raise RuntimeError(
                f"there is no device {type!r} in backprop's NumPy implementation, only 'cpu'.\n"
                "Write device = 'cuda' if torch.cuda.is_available() else 'cpu', which is right in both."
            )
        self.type = "cpu"
        self.index = index

    def __eq__(self, other: object) -> bool:
        return isinstance(other, device)

    def __hash__(self) -> int:
        return hash(self.type)

    def __repr__(self) -> str:
        return "device(type='cpu')"

    def __str__(self) -> str:
        return "cpu"


CPU = device("cpu")
