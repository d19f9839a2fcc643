"""How a tensor's numbers lie in memory: here always at equal steps."""

from __future__ import annotations


class layout:  # noqa: N801 - PyTorch's name
    """A way to lie in memory; there is only `strided`.

    >>> strided
    torch.strided
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"torch.{self.name}"

    def __reduce__(self) -> str:
        return self.name


strided = layout("strided")
