"""Computing on NVIDIA's graphics cards: not here."""

from __future__ import annotations


class Switches:
    """Switches that can be set and change nothing, such as ``matmul.allow_tf32``."""

    def __init__(self, **values: object) -> None:
        vars(self).update(values)


matmul = Switches(
    allow_tf32=False,
    allow_fp16_reduced_precision_reduction=True,
    allow_bf16_reduced_precision_reduction=True,
)


def is_built() -> bool:
    """Always False."""
    return False
