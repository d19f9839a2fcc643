"""What programs ask of PyTorch's back ends before they choose a device: none of them is here.

>>> mps.is_available(), cudnn.is_available(), cuda.is_built()
(False, False, False)
"""

from __future__ import annotations


class Backend:
    """A way to compute that this package does not have; switches such as `deterministic` do nothing."""

    def __init__(self, name: str) -> None:
        self.name = name

    def is_available(self) -> bool:
        """Always False."""
        return False

    def is_built(self) -> bool:
        """Always False."""
        return False

    def __repr__(self) -> str:
        return f"<{self.name}: not in backprop's NumPy implementation>"


cuda, cudnn, mkl, mkldnn, mps, openmp = map(
    Backend, ("cuda", "cudnn", "mkl", "mkldnn", "mps", "openmp")
)
#: `torch.mps`, `torch.xpu` and `torch.accelerator` themselves are asked the same.
xpu, accelerator = Backend("xpu"), Backend("accelerator")
