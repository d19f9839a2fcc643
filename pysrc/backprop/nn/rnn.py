"""Recurrent layers: what they make of a time step depends on the steps before."""

from __future__ import annotations

from typing import Any

from .. import dtypes
from ..tensor import Tensor
from .rnn_base import RNNBase

__all__ = ["GRU", "LSTM", "RNN"]


class RNN(RNNBase):
    """A state that each step's input changes: see `functional.elman.elman`.

    >>> import backprop as torch
    >>> output, h = torch.nn.RNN(3, 5)(torch.zeros(7, 2, 3))
    >>> output.shape, h.shape
    (torch.Size([7, 2, 5]), torch.Size([1, 2, 5]))

    Args:
        input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, device, dtype: see
            `RNNBase`.
        nonlinearity: "tanh" or "relu".

    Shapes: the input (T, B, I), or (B, T, I) if `batch_first`, or (T, I), or packed; the state (L D, B, H)
    or (L D, H). The output is (T, B, D H), or as the input is, and the last state of each layer.

    Source: Elman, Finding Structure in Time (1990).

    Raises:
        ValueError: the nonlinearity is another one.
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        nonlinearity: str = "tanh",
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        if nonlinearity not in ("tanh", "relu"):
            raise ValueError(
                f"Unknown nonlinearity '{nonlinearity}'. Select from 'tanh' or 'relu'."
            )
        super().__init__(
            f"RNN_{nonlinearity.upper()}",
            input_size,
            hidden_size,
            num_layers,
            bias,
            batch_first,
            dropout,
            bidirectional,
            device=device,
            dtype=dtype,
        )
        self.nonlinearity = nonlinearity

    def forward(self, input: Any, hx: Tensor | None = None) -> tuple[Any, Tensor]:
        """See the class."""
        output, (last,) = self._run(input, None if hx is None else [hx])
        return output, last


class GRU(RNNBase):
    """A state of which a gate keeps a part at each step: see `functional.gru.gru`.

    >>> import backprop as torch
    >>> torch.nn.GRU(3, 5, num_layers=2, batch_first=True)
    GRU(3, 5, num_layers=2, batch_first=True)

    Args:
        input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, device, dtype: see
            `RNNBase`.

    Shapes: as of `RNN`.

    Source: Cho et al., Learning Phrase Representations using RNN Encoder-Decoder (2014).
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        super().__init__(
            "GRU",
            input_size,
            hidden_size,
            num_layers,
            bias,
            batch_first,
            dropout,
            bidirectional,
            device=device,
            dtype=dtype,
        )

    def forward(self, input: Any, hx: Tensor | None = None) -> tuple[Any, Tensor]:
        """See the class."""
        output, (last,) = self._run(input, None if hx is None else [hx])
        return output, last


class LSTM(RNNBase):
    """A memory that gates write to, keep and read at each step: see `functional.lstm.lstm`.

    >>> import backprop as torch
    >>> output, (h, c) = torch.nn.LSTM(3, 5)(torch.zeros(7, 2, 3))
    >>> output.shape, h.shape, c.shape
    (torch.Size([7, 2, 5]), torch.Size([1, 2, 5]), torch.Size([1, 2, 5]))

    Args:
        input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size, device,
            dtype: see `RNNBase`.

    Shapes: as of `RNN`, with a pair of states: h, of which the output is made, (L D, B, H), and the memory
    c, (L D, B, H). With a projection, h and the output have P numbers instead of H.

    Source: Hochreiter and Schmidhuber, Long Short-Term Memory (1997).
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        proj_size: int = 0,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        super().__init__(
            "LSTM",
            input_size,
            hidden_size,
            num_layers,
            bias,
            batch_first,
            dropout,
            bidirectional,
            proj_size,
            device,
            dtype,
        )

    def forward(
        self, input: Any, hx: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Any, tuple[Tensor, Tensor]]:
        """See the class."""
        output, (h, c) = self._run(input, None if hx is None else [hx[0], hx[1]])
        return output, (h, c)
