"""Making a loss larger before its gradients are computed in half precision, and them smaller again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..optim.optimizer import Optimizer
from ..tensor import Tensor
from ..warning import warn


class GradScaler:
    """Multiplies a loss by a large number, and divides the gradients by it again before the step.

    A step whose gradients are infinite or NaN is left out, and the number is made smaller; after
    `growth_interval` good steps it grows. For "cuda" it is switched off, with a warning, as in PyTorch
    without a graphics card: all it does then is call the optimizer.

    >>> import backprop as torch
    >>> w = torch.tensor([1.0], requires_grad=True)
    >>> scaler, optimizer = torch.amp.GradScaler("cpu"), torch.optim.SGD([w], lr=0.1)
    >>> scaler.scale((w * 2).sum()).backward()
    >>> w.grad
    tensor([131072.])
    >>> scaler.step(optimizer)
    >>> w
    tensor([0.8000], requires_grad=True)

    Args:
        device: "cpu", or another kind of device.
        init_scale: the number at first.
        growth_factor: by what it grows.
        backoff_factor: by what it is multiplied after a step that was left out.
        growth_interval: after how many good steps in a row it grows.
        enabled: whether it does anything but call the optimizer.
    """

    def __init__(
        self,
        device: str = "cuda",
        init_scale: float = 2.0**16,
        growth_factor: float = 2.0,
        backoff_factor: float = 0.5,
        growth_interval: int = 2000,
        enabled: bool = True,
    ) -> None:
        self._device = device
        self._enabled = enabled
        if enabled and device == "cuda":
            warn("torch.cuda.amp.GradScaler is enabled, but CUDA is not available.  Disabling.")
            self._enabled = False
        if self._enabled:
            if growth_factor <= 1.0:
                raise AssertionError("The growth factor must be > 1.0.")
            if backoff_factor >= 1.0:
                raise AssertionError("The backoff factor must be < 1.0.")
        self._init_scale = init_scale
        self._scale: float | None = None
        self._growth_factor = growth_factor
        self._backoff_factor = backoff_factor
        self._growth_interval = growth_interval
        self._growth_tracker = 0
        #: By optimizer since the last `update`: whether its gradients were finite.
        self._finite: dict[int, bool] = {}
        self._stepped: set[int] = set()

    def is_enabled(self) -> bool:
        """Whether it does anything but call the optimizer."""
        return self._enabled

    def scale(self, outputs: Any) -> Any:
        """A loss, or several in a list or tuple, times the number."""
        if not self._enabled:
            return outputs
        if self._scale is None:
            self._scale = self._init_scale
        if isinstance(outputs, Tensor):
            return outputs * self._scale
        if isinstance(outputs, Iterable):
            scaled = map(self.scale, outputs)
            return type(outputs)(scaled) if isinstance(outputs, (list, tuple)) else scaled
        raise ValueError("outputs must be a Tensor or an iterable of Tensors")

    def unscale_(self, optimizer: Optimizer) -> None:
        """Divide the gradients of an optimizer's parameters by the number, such as before clipping them.

        Raises:
            RuntimeError: that was done already since the last `update`, or after the step.
            AssertionError: nothing was scaled before.
        """
        if not self._enabled:
            return
        scale = self._started("unscale_")
        if id(optimizer) in self._stepped:
            raise RuntimeError("unscale_() is being called after step().")
        if id(optimizer) in self._finite:
            raise RuntimeError(
                "unscale_() has already been called on this optimizer since the last update()."
            )
        finite = True
        for group in optimizer.param_groups:
            for parameter in group["params"]:
                if parameter.gradient is not None:
                    gradient = parameter.gradient.array
                    finite = finite and bool(np.isfinite(gradient).all())
                    gradient *= np.asarray(1 / scale, gradient.dtype)
        self._finite[id(optimizer)] = finite

    def step(self, optimizer: Optimizer, *args: Any, **options: Any) -> Any:
        """Let the optimizer make its step, unless a gradient is infinite or NaN; return what it returns.

        Raises:
            RuntimeError: it made one already since the last `update`, or there is a closure.
            AssertionError: nothing was scaled before.
        """
        if not self._enabled:
            return optimizer.step(*args, **options)
        if "closure" in options:
            raise RuntimeError("Closure use is not currently supported if GradScaler is enabled.")
        self._started("step")
        if id(optimizer) in self._stepped:
            raise RuntimeError("step() has already been called since the last update().")
        if id(optimizer) not in self._finite:
            self.unscale_(optimizer)
        self._stepped.add(id(optimizer))
        return optimizer.step(*args, **options) if self._finite[id(optimizer)] else None

    def update(self, new_scale: float | Tensor | None = None) -> None:
        """Make the number larger or smaller, by how the last steps went; or set it.

        Raises:
            AssertionError: nothing was scaled before, or no step was made.
        """
        if not self._enabled:
            return
        scale = self._started("update")
        if new_scale is not None:
            self._scale = float(new_scale)
        elif not self._finite:
            raise AssertionError("No inf checks were recorded prior to update.")
        elif not all(self._finite.values()):
            self._scale, self._growth_tracker = scale * self._backoff_factor, 0
        else:
            self._growth_tracker += 1
            if self._growth_tracker == self._growth_interval:
                self._scale, self._growth_tracker = scale * self._growth_factor, 0
        self._finite, self._stepped = {}, set()

    def _started(self, name: str) -> float:
        if self._scale is None:
            raise AssertionError(
                f"Attempted {name} but _scale is None.  This may indicate your script did not use "
                "scaler.scale(loss or outputs) earlier in the iteration."
            )
        return self._scale

    def get_scale(self) -> float:
        """The number by which losses are multiplied; 1 if it is switched off."""
        if not self._enabled:
            return 1.0
        return self._init_scale if self._scale is None else self._scale

    def get_growth_factor(self) -> float:
        """By what the number grows."""
        return self._growth_factor

    def get_backoff_factor(self) -> float:
        """By what the number is multiplied after a step that was left out."""
        return self._backoff_factor

    def get_growth_interval(self) -> int:
        """After how many good steps in a row the number grows."""
        return self._growth_interval

    def state_dict(self) -> dict[str, Any]:
        """The number and how it changes; empty if it is switched off."""
        if not self._enabled:
            return {}
        return {
            "scale": self.get_scale(),
            "growth_factor": self._growth_factor,
            "backoff_factor": self._backoff_factor,
            "growth_interval": self._growth_interval,
            "_growth_tracker": self._growth_tracker,
        }

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over what `state_dict` gave.

        Raises:
            RuntimeError: it is empty, from one that was switched off.
        """
        if not self._enabled:
            return
        if not state_dict:
            raise RuntimeError(
                "The source state dict is empty, possibly because it was saved from a disabled instance "
                "of GradScaler."
            )
        self._init_scale = state_dict["scale"]
        if self._scale is not None:
            self._scale = self._init_scale
        for name in ("growth_factor", "backoff_factor", "growth_interval"):
            setattr(self, f"_{name}", state_dict[name])
        self._growth_tracker = state_dict["_growth_tracker"]
