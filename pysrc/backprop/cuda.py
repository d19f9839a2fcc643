"""Whether there is a graphics card: no. Programs that ask so choose the CPU by themselves.

What needs one raises the error of a PyTorch that was built for the CPU; what only asks is answered.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, NoReturn

from .device import unavailable
from .missing import missing_attribute

# PyTorch has a package here: `import torch.cuda.amp` asks for this.
__path__: list[str] = []


def is_available() -> bool:
    """Always False: everything is computed on the CPU."""
    return False


def device_count() -> int:
    """Always 0."""
    return 0


def is_initialized() -> bool:
    """Always False."""
    return False


def is_bf16_supported(including_emulation: bool = True) -> bool:
    """Always False."""
    return False


def get_arch_list() -> list[str]:
    """Empty: this is built for no graphics card."""
    return []


def manual_seed(seed: int) -> None:
    """Nothing: there is no generator on a graphics card to start."""


def manual_seed_all(seed: int) -> None:
    """Nothing: there is no generator on a graphics card to start."""


def seed() -> None:
    """Nothing: there is no generator on a graphics card to start."""


def seed_all() -> None:
    """Nothing: there is no generator on a graphics card to start."""


def get_rng_state_all() -> list[Any]:
    """Empty: there are no generators on graphics cards."""
    return []


def set_rng_state_all(new_states: Iterable[Any]) -> None:
    """Nothing, as long as there is no state to set."""
    for _ in new_states:
        _refuse()


def set_rng_state(new_state: Any, device: Any = "cuda") -> None:
    """Nothing: PyTorch keeps it for a graphics card that might come."""


def empty_cache() -> None:
    """Nothing: there is no memory on a graphics card to empty."""


def memory_allocated(device: Any = None) -> int:
    """Always 0, as all that is counted on a graphics card."""
    return 0


memory_reserved = max_memory_allocated = max_memory_reserved = memory_allocated


def memory_stats(device: Any = None) -> OrderedDict[str, Any]:
    """Empty: there is nothing to count."""
    return OrderedDict()


def _refuse(*args: Any, **options: Any) -> NoReturn:
    """Not here: PyTorch's error where there is no graphics card.

    Raises:
        AssertionError: always.
    """
    raise unavailable("cuda")


init = current_device = get_device_name = get_device_properties = get_device_capability = _refuse
synchronize = initial_seed = get_rng_state = mem_get_info = ipc_collect = _refuse
current_stream = default_stream = can_device_access_peer = set_per_process_memory_fraction = _refuse


def _of_the_extension(name: str) -> Any:
    def refuse(*args: Any) -> NoReturn:
        """Not here: PyTorch's error where there is no graphics card.

        Raises:
            AttributeError: always.
        """
        raise AttributeError(
            f"module 'torch._C' has no attribute '{name}'\nThere is no graphics card: ask "
            "torch.cuda.is_available() first."
        )

    return refuse


set_device = _of_the_extension("_cuda_setDevice")
reset_peak_memory_stats = _of_the_extension("_cuda_resetPeakMemoryStats")


class Event:
    """A moment on a graphics card: there are none.

    Raises:
        RuntimeError: always.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        raise RuntimeError(
            "Tried to instantiate dummy base class Event\nMeasure times with time.perf_counter()."
        )


class Stream:
    """A queue of work on a graphics card: there are none.

    Raises:
        RuntimeError: always.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        raise RuntimeError(
            "torch.cuda.Stream requires CUDA support\nOn the CPU one thing is done after the other."
        )


def __getattr__(name: str) -> object:
    if name == "amp":
        from .amp import cuda

        return cuda
    if name.endswith("Tensor"):
        from .tensortype import family

        types = family("torch.cuda", is_cuda=True)
        if name in types:
            return types[name]
    raise missing_attribute("torch.cuda", name)
