"""What the layers compute, as functions: each formula with its slope directly below it.

From easy to hard: `activation`, `loss`, `probability`, `classification`, `regularization`, `lookup`,
`distance`, `padding`, `normalization`, `windows`, `pooling`, `convolution`.
"""

from typing import TYPE_CHECKING

from ...lazy import lazily
from ...ops.linear import linear
from .activation import (
    elu,
    gelu,
    leaky_relu,
    log_softmax,
    relu,
    sigmoid,
    silu,
    softmax,
    softplus,
    tanh,
)
from .loss import huber_loss, l1_loss, mse_loss, smooth_l1_loss

if TYPE_CHECKING:
    from .classification import cross_entropy, nll_loss
    from .convolution import conv2d
    from .distance import cosine_similarity, normalize
    from .lookup import embedding, one_hot
    from .normalization import batch_norm, layer_norm
    from .padding import pad
    from .pooling import avg_pool2d, max_pool2d
    from .probability import (
        binary_cross_entropy,
        binary_cross_entropy_with_logits,
        kl_div,
    )
    from .regularization import dropout

__all__ = [
    "avg_pool2d",
    "batch_norm",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "conv2d",
    "cosine_similarity",
    "cross_entropy",
    "dropout",
    "elu",
    "embedding",
    "gelu",
    "huber_loss",
    "kl_div",
    "l1_loss",
    "layer_norm",
    "leaky_relu",
    "linear",
    "log_softmax",
    "max_pool2d",
    "mse_loss",
    "nll_loss",
    "normalize",
    "one_hot",
    "pad",
    "relu",
    "sigmoid",
    "silu",
    "smooth_l1_loss",
    "softmax",
    "softplus",
    "tanh",
]

__getattr__ = lazily(
    __name__,
    "nn.functional",
    {
        "binary_cross_entropy": "probability",
        "binary_cross_entropy_with_logits": "probability",
        "cross_entropy": "classification",
        "kl_div": "probability",
        "nll_loss": "classification",
        "conv2d": "convolution",
        "cosine_similarity": "distance",
        "normalize": "distance",
        "dropout": "regularization",
        "embedding": "lookup",
        "one_hot": "lookup",
        "batch_norm": "normalization",
        "layer_norm": "normalization",
        "pad": "padding",
        "avg_pool2d": "pooling",
        "max_pool2d": "pooling",
    },
)
