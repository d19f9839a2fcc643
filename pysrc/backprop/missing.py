"""What to say when a program asks for something that PyTorch has and this package has not."""

from __future__ import annotations

#: What serves instead, by the name that was asked for.
INSTEAD = {
    "LSTM": "nn.Linear layers in a Python loop over the time steps",
    "GRU": "nn.Linear layers in a Python loop over the time steps",
    "RNN": "nn.Linear layers in a Python loop over the time steps",
    "Transformer": "nn.Linear layers and softmax",
    "MultiheadAttention": "nn.Linear layers and softmax",
    "compile": "the model as it is",
    "jit": "the model as it is",
    "vmap": "a batch dimension",
    "func": "backprop.autograd.grad",
    "distributed": "one process",
    "mps": "the CPU: device('cpu')",
    "xpu": "the CPU: device('cpu')",
}


def missing_attribute(owner: str, name: str) -> AttributeError:
    """The error for a name that `owner` does not have here."""
    place = f"{owner}.{name}" if owner else name
    serves = f" Use {INSTEAD[name]} instead." if name in INSTEAD else ""
    return AttributeError(
        f"{place} does not exist here: this is backprop, a NumPy implementation of PyTorch's core, "
        f"and not all of PyTorch.{serves}",
        name=name,
    )
