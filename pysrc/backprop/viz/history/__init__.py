"""A training run: recording it, finding what is wrong with it, and drawing it."""

from .draw import history
from .recording import record

__all__ = ["history", "record"]
