"""One time step of a recurrent layer, to be called in a loop: written out in operations of tensors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from .. import dtypes
from ..ops.creation import zeros
from ..ops.linear import linear
from ..tensor import Tensor
from . import init
from .module import Module
from .parameter import Parameter

__all__ = ["GRUCell", "LSTMCell", "RNNCell", "RNNCellBase"]


class RNNCellBase(Module):
    """What the cells share: their parameters, which start uniform in plus or minus ``1 / sqrt(hidden_size)``.

    Args:
        input_size: I, how many numbers the input has.
        hidden_size: H, how many the state has.
        bias: whether something is added, twice: to the input's share, and to the state's.
        num_chunks: how many gates there are.
        device: the CPU.
        dtype: of the parameters.
    """

    bias_ih: Parameter | None
    bias_hh: Parameter | None

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool,
        num_chunks: int,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        rows = num_chunks * hidden_size
        self.weight_ih = Parameter(zeros(rows, input_size, dtype=dtype, device=device))
        self.weight_hh = Parameter(zeros(rows, hidden_size, dtype=dtype, device=device))
        for name in ("bias_ih", "bias_hh"):
            self.register_parameter(name, Parameter(zeros(rows, dtype=dtype)) if bias else None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw all parameters afresh."""
        bound = 1 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for parameter in self.parameters():
            init.uniform_(parameter, -bound, bound)

    def _shares(self, input: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """What the input and what the state give to the gates."""
        return (
            linear(input, self.weight_ih, self.bias_ih),
            linear(state, self.weight_hh, self.bias_hh),
        )

    def _begin(
        self, input: Tensor, states: Sequence[Tensor] | None, names: Sequence[str]
    ) -> list[Tensor]:
        """Input and states with a batch: zeros where no states are given."""
        kind = type(self).__name__
        if input.ndim not in (1, 2):
            raise ValueError(
                f"{kind}: Expected input to be 1D or 2D, got {input.ndim}D instead\n"
                "A cell takes one time step: the batch, and the numbers of each sequence."
            )
        for name, state in zip(names, states or (), strict=states is not None):
            if state.ndim not in (1, 2):
                raise ValueError(
                    f"{kind}: Expected {name} to be 1D or 2D, got {state.ndim}D instead\n"
                    "A cell has one state for each sequence, and no layers."
                )
        x = input.unsqueeze(0) if input.ndim == 1 else input
        if x.shape[1] != self.input_size:
            raise RuntimeError(
                f"input has inconsistent input_size: got {x.shape[1]} expected {self.input_size}\n"
                "The cell was made for another size."
            )
        if states is None:
            zero = zeros(len(x.array), self.hidden_size, dtype=input.dtype)
            return [x, *[zero] * len(names)]
        begin = [each.unsqueeze(0) if input.ndim == 1 else each for each in states]
        for number, state in enumerate(begin):
            if state.shape[-1] != self.hidden_size:
                raise RuntimeError(
                    f"hidden{number} has inconsistent hidden_size: got {state.shape[-1]}, expected "
                    f"{self.hidden_size}\nThe cell was made for another size."
                )
            if len(state.array) != len(x.array):
                raise RuntimeError(
                    f"Input batch size {len(x.array)} doesn't match hidden{number} batch size "
                    f"{len(state.array)}\nEach sequence has a state of its own."
                )
        return [x, *begin]

    def extra_repr(self) -> str:
        """The sizes, and the options that are not the usual ones."""
        bias = "" if self.bias else ", bias=False"
        return f"{self.input_size}, {self.hidden_size}{bias}"


class RNNCell(RNNCellBase):
    """``h' = tanh(W_ih x + b_ih + W_hh h + b_hh)``, or ReLU instead of the tanh.

    Args:
        input_size: I.
        hidden_size: H.
        bias: whether there are b_ih and b_hh.
        nonlinearity: "tanh" or "relu".
        device: the CPU.
        dtype: of the parameters.

    Shapes: (B, I) and (B, H) to (B, H); or without B.

    Source: Elman, Finding Structure in Time (1990).

    Raises:
        RuntimeError: in the forward, the nonlinearity is another one.
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool = True,
        nonlinearity: str = "tanh",
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        super().__init__(input_size, hidden_size, bias, 1, device, dtype)
        self.nonlinearity = nonlinearity

    def forward(self, input: Tensor, hx: Tensor | None = None) -> Tensor:
        """See the class."""
        x, h = self._begin(input, None if hx is None else [hx], ["hidden"])
        if self.nonlinearity not in ("tanh", "relu"):
            raise RuntimeError(
                f"Unknown nonlinearity: {self.nonlinearity}\nThere are 'tanh' and 'relu'."
            )
        of_input, of_state = self._shares(x, h)
        sums = of_state + of_input
        h = sums.tanh() if self.nonlinearity == "tanh" else sums.relu()
        return h.squeeze(0) if input.ndim == 1 else h

    def extra_repr(self) -> str:
        """The sizes, and the options that are not the usual ones."""
        curve = "" if self.nonlinearity == "tanh" else f", nonlinearity={self.nonlinearity}"
        return super().extra_repr() + curve


class LSTMCell(RNNCellBase):
    """A memory c that gates i, f and o write to, keep and read, and a state h that is read from it.

    ``c' = f c + i g`` and ``h' = o tanh(c')``; the gates are sigmoids, g a tanh, of
    ``W_ih x + b_ih + W_hh h + b_hh``, whose rows are in the order i, f, g, o.

    Args:
        input_size: I.
        hidden_size: H.
        bias: whether there are b_ih and b_hh.
        device: the CPU.
        dtype: of the parameters.

    Shapes: (B, I) and a pair of (B, H) to a pair of (B, H); or without B.

    Source: Hochreiter and Schmidhuber, Long Short-Term Memory (1997).
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool = True,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        super().__init__(input_size, hidden_size, bias, 4, device, dtype)

    def forward(
        self, input: Tensor, hx: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, Tensor]:
        """See the class."""
        if isinstance(hx, Tensor):
            raise TypeError(
                "lstm_cell(): argument 'hx' (position 2) must be tuple of Tensors, not Tensor\n"
                "Give a pair: the state h and the memory c."
            )
        x, h, c = self._begin(input, hx, ["hx[0]", "hx[1]"])
        of_input, of_state = self._shares(x, h)
        i, f, g, o = (of_state + of_input).chunk(4, 1)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        h = o.sigmoid() * c.tanh()
        return (h.squeeze(0), c.squeeze(0)) if input.ndim == 1 else (h, c)


class GRUCell(RNNCellBase):
    """A state of which a gate z keeps a part, while the rest is replaced: ``h' = (1 - z) n + z h``.

    The gates r and z are sigmoids of ``W_ih x + b_ih + W_hh h + b_hh``, and
    ``n = tanh(W_in x + b_in + r (W_hn h + b_hn))``; the rows are in the order r, z, n.

    Args:
        input_size: I.
        hidden_size: H.
        bias: whether there are b_ih and b_hh.
        device: the CPU.
        dtype: of the parameters.

    Shapes: (B, I) and (B, H) to (B, H); or without B.

    Source: Cho et al., Learning Phrase Representations using RNN Encoder-Decoder (2014).
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool = True,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        super().__init__(input_size, hidden_size, bias, 3, device, dtype)

    def forward(self, input: Tensor, hx: Tensor | None = None) -> Tensor:
        """See the class."""
        x, h = self._begin(input, None if hx is None else [hx], ["hidden"])
        of_input, of_state = self._shares(x, h)
        i_r, i_z, i_n = of_input.chunk(3, 1)
        h_r, h_z, h_n = of_state.chunk(3, 1)
        r, z = (h_r + i_r).sigmoid(), (h_z + i_z).sigmoid()
        n = (i_n + h_n * r).tanh()
        h = (h - n) * z + n
        return h.squeeze(0) if input.ndim == 1 else h
