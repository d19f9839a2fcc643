"""Where the tensors of a file are wanted: on the CPU, however that is said."""

from __future__ import annotations

from typing import Any

from ..device import device

_ON_A_CARD = (
    "Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. If you are "
    "running on a CPU-only machine, please use torch.load with map_location=torch.device('cpu') to map your "
    "storages to the CPU."
)


def require_location(map_location: Any) -> None:
    """Check what `load` was told of places: None, a place, a dictionary of places, or a function.

    A function is not asked: whatever it would answer, there is only the CPU.

    Raises:
        RuntimeError: the tensors are wanted on another device than the CPU.
        TypeError: it is none of these.
    """
    if map_location is None or callable(map_location):
        return
    wanted = map_location.get("cpu", "cpu") if isinstance(map_location, dict) else map_location
    if not isinstance(wanted, (str, device)):
        raise TypeError(f"'{type(wanted).__name__}' object is not callable\nWrite 'cpu'.")
    place = str(wanted)
    if place.startswith("cuda"):
        raise RuntimeError(_ON_A_CARD)
    if place != "cpu":
        raise RuntimeError(
            "don't know how to restore data location of torch.storage.UntypedStorage (tagged with "
            f"{place})\nWrite map_location='cpu'."
        )
