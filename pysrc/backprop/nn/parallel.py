"""A model on several graphics cards: without any, it is the model itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..missing import missing_attribute
from .module import Module

# PyTorch has a package here: `import torch.nn.parallel.data_parallel` asks for this.
__path__: list[str] = []


class DataParallel(Module):
    """The module in a wrapping, which hands its input on to it as it is.

    Its parameters have PyTorch's names, which begin with ``module.``.

    Args:
        module: the model.
        device_ids: on which graphics cards: there are none.
        output_device: where the output is wanted.
        dim: along which dimension the input would be split.

    Attributes:
        device_ids: always empty.
    """

    def __init__(
        self,
        module: Module,
        device_ids: Sequence[Any] | None = None,
        output_device: Any = None,
        dim: int = 0,
    ) -> None:
        super().__init__()
        self.module = module
        self.device_ids: list[int] = []

    def forward(self, *inputs: Any, **kwargs: Any) -> Any:
        """What the module gives."""
        return self.module(*inputs, **kwargs)


def __getattr__(name: str) -> object:
    raise missing_attribute("nn.parallel", name)
