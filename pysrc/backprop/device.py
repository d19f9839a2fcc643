"""Where a tensor lives: here always the CPU. Programs may name other places, but nothing is there."""

from __future__ import annotations

from typing import Any

#: The kinds of devices that PyTorch 2.13 knows, in the order in which its error lists them.
KINDS = (
    "cpu", "cuda", "ipu", "xpu", "mkldnn", "opengl", "opencl", "ideep", "hip", "ve", "fpga", "maia", "xla",
    "lazy", "vulkan", "mps", "meta", "hpu", "mtia", "privateuseone",
)  # fmt: skip

NO_ACCELERATOR = "Cannot access accelerator device when none is available."
_REMEDY = "Write device = 'cuda' if torch.cuda.is_available() else 'cpu', which is right in both."
_HERE = f"backprop computes on the CPU alone. {_REMEDY}"


class device:  # noqa: N801 - PyTorch's name
    """A place for tensors: a kind, and a number where there are several of that kind.

    Any place can be named; only on the CPU can a tensor be. As a context (``with device("cpu"):``) it is
    where new tensors go, as by `set_default_device`.

    >>> device("cpu"), device("cuda:0") == device("cuda", 0)
    (device(type='cpu'), True)

    Raises:
        RuntimeError: there is no such kind, the number is none, or it is given twice.
        TypeError: it is neither a string nor a device.
    """

    __slots__ = ("index", "type")

    type: str
    index: int | None

    def __init__(self, type: Any = None, index: int | None = None) -> None:
        if isinstance(type, device):
            self.type, self.index = type.type, type.index
        elif isinstance(type, str):
            self.type, self.index = _parsed(type, index)
        elif isinstance(type, int) and not isinstance(type, bool):
            raise RuntimeError(f"{NO_ACCELERATOR}\n{_HERE}")
        else:
            given = "" if type is None and index is None else _type_name(type)
            raise TypeError(
                f"device() received an invalid combination of arguments - got ({given}), but expected one "
                "of:\n * (torch.device device)\n * (str type, int index = -1)"
            )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, device) and (self.type, self.index) == (other.type, other.index)

    def __hash__(self) -> int:
        return hash((self.type, self.index))

    def __repr__(self) -> str:
        number = "" if self.index is None else f", index={self.index}"
        return f"device(type='{self.type}'{number})"

    def __str__(self) -> str:
        return self.type if self.index is None else f"{self.type}:{self.index}"

    def __reduce__(self) -> tuple[Any, ...]:
        return device, (self.type,) if self.index is None else (self.type, self.index)

    def __enter__(self) -> device:
        _before.append(_default)
        set_default_device(self)
        return self

    def __exit__(self, *error: object) -> None:
        set_default_device(_before.pop())


def _type_name(value: object) -> str:
    return type(value).__name__


def _parsed(name: str, index: int | None) -> tuple[str, int | None]:
    kind, colon, number = name.partition(":")
    if kind not in KINDS:
        raise RuntimeError(
            f"Expected one of {', '.join(KINDS)} device type at start of device string: {kind}\n{_HERE}"
        )
    if colon and index is not None:
        raise RuntimeError(
            f"type (string) must not include an index because index was passed explicitly: {name}\n"
            "Say it once."
        )
    if colon and not (number.isdecimal() and str(int(number)) == number):
        raise RuntimeError(f"Invalid device string: '{name}'\nWrite it as 'cuda:0'.")
    return kind, int(number) if colon else index


CPU = device("cpu")
_default: device | None = None
#: The defaults around the contexts that are open now.
_before: list[device | None] = []


def get_default_device() -> device:
    """Where new tensors go: the CPU, unless `set_default_device` named another place."""
    return CPU if _default is None else _default


def set_default_device(device: Any) -> None:
    """Say where new tensors go; None for the CPU.

    Another place than the CPU can be named, as in PyTorch without a graphics card: to make a tensor there
    is then the error.

    Raises:
        RuntimeError: there is no such kind of device.
    """
    global _default
    place = None if device is None else _device(device)
    _default = None if place is None or place.type == "cpu" else place


_device = device


def require_cpu(place: Any) -> None:
    """Raise PyTorch's error if `place`, or the default where that is None, is not the CPU.

    Raises:
        AssertionError, RuntimeError, NotImplementedError: as PyTorch built for the CPU has it for that kind.
    """
    if place is None:
        place = _default
    if place is None or place is CPU or place == "cpu":
        return
    wanted = device(place)
    if wanted.type != "cpu":
        raise unavailable(wanted.type)


def unavailable(kind: str) -> Exception:
    """The error for a kind of device that is not here."""
    if kind in ("cuda", "xpu"):
        return AssertionError(f"Torch not compiled with {kind.upper()} enabled\n{_HERE}")
    if kind == "meta":
        return NotImplementedError(
            "There is no meta device here: tensors without numbers are not part of backprop.\n"
            "Make the tensor on the CPU."
        )
    return RuntimeError(f"PyTorch is not linked with support for {kind} devices\n{_HERE}")
