"""Where a classifier's answer changes, over the plane of its two inputs."""

from .draw import boundary

__all__ = ["boundary"]
