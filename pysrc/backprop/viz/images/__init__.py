"""Pictures made of pixels: an image, and which of its pixels an answer hangs on.

`image` and `saliency` draw one each, of `pixels`.
"""

from .image import image
from .saliency import saliency

__all__ = ["image", "saliency"]
