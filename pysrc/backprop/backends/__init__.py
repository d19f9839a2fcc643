"""What programs ask of PyTorch's back ends before they choose a device, and the switches that they set.

None of them is here, so that every switch can be set, keeps its value, and changes nothing.

>>> mps.is_available(), cudnn.is_available(), cuda.is_built()
(False, False, False)
"""

from . import cpu, cuda, cudnn, mkl, mkldnn, mps, openmp

__all__ = ["cpu", "cuda", "cudnn", "mkl", "mkldnn", "mps", "openmp"]
