"""Pictures made of pixels: an image, and which of its pixels an answer hangs on."""

from .image import image
from .saliency import saliency

__all__ = ["image", "saliency"]
