"""What is done with the gradients, or the parameters, of a whole model at once."""

from typing import TYPE_CHECKING

from ...lazy import lazily
from .clip_grad import clip_grad_norm, clip_grad_norm_, clip_grad_value_, get_total_norm
from .convert_parameters import parameters_to_vector, vector_to_parameters

if TYPE_CHECKING:
    from . import parametrizations, parametrize, prune, rnn
    from .init import skip_init
    from .spectral_hook import remove_spectral_norm, spectral_norm
    from .weight_hook import remove_weight_norm, weight_norm

__all__ = [
    "clip_grad_norm",
    "clip_grad_norm_",
    "clip_grad_value_",
    "get_total_norm",
    "parameters_to_vector",
    "parametrizations",
    "parametrize",
    "prune",
    "remove_spectral_norm",
    "remove_weight_norm",
    "rnn",
    "skip_init",
    "spectral_norm",
    "vector_to_parameters",
    "weight_norm",
]

__getattr__ = lazily(
    __name__,
    "nn.utils",
    {
        "parametrizations": None,
        "parametrize": None,
        "prune": None,
        "remove_spectral_norm": "spectral_hook",
        "remove_weight_norm": "weight_hook",
        "rnn": None,
        "skip_init": "init",
        "spectral_norm": "spectral_hook",
        "stateless": None,
        "weight_norm": "weight_hook",
    },
)
