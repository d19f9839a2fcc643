"""What the layers compute, as functions: each formula with its slope directly below it.

From easy to hard: `activation`, `piecewise`, `smooth`, `loss`, `probability`, `classification`,
`regularization`, `lookup`, `bags`, `distance`, `margin`, `class_margin`, `likelihood`, `padding`,
`normalization`, `bilinear_form`, `windows`, `max_pooling`, `average_pooling`, `adaptive_pooling`,
`unpooling`, `interpolation`, `folding`, `sampling`, `scaling`, `convolution`, `transposed_convolution`,
`attention`, `multi_head_attention`;
`recurrence`, which `elman`, `gru` and `lstm` are made of.
"""

from typing import TYPE_CHECKING

from ...lazy import lazily, listing
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
    from .adaptive_pooling import *
    from .attention import *
    from .average_pooling import *
    from .bags import *
    from .bilinear_form import *
    from .class_margin import *
    from .classification import *
    from .convolution import *
    from .distance import *
    from .folding import *
    from .interpolation import *
    from .likelihood import *
    from .lookup import *
    from .margin import *
    from .max_pooling import *
    from .multi_head_attention import *
    from .normalization import *
    from .padding import *
    from .piecewise import *
    from .probability import *
    from .regularization import *
    from .sampling import *
    from .scaling import *
    from .smooth import *
    from .transposed_convolution import *
    from .unpooling import *

#: The functions whose file is read when they are first asked for, by that file.
_LATER = {
    "adaptive_pooling": """
        adaptive_avg_pool1d adaptive_avg_pool2d adaptive_avg_pool3d
        adaptive_max_pool1d adaptive_max_pool2d adaptive_max_pool3d
        adaptive_max_pool1d_with_indices adaptive_max_pool2d_with_indices
        adaptive_max_pool3d_with_indices
    """,
    "attention": "scaled_dot_product_attention",
    "average_pooling": "avg_pool1d avg_pool2d avg_pool3d lp_pool1d lp_pool2d lp_pool3d",
    "bags": "embedding_bag",
    "bilinear_form": "bilinear",
    "class_margin": """
        multi_margin_loss multilabel_margin_loss multilabel_soft_margin_loss soft_margin_loss
    """,
    "classification": "cross_entropy nll_loss",
    "convolution": "conv1d conv2d conv3d",
    "distance": "cosine_similarity normalize pairwise_distance pdist",
    "folding": """
        channel_shuffle fold native_channel_shuffle pixel_shuffle pixel_unshuffle unfold
    """,
    "interpolation": "interpolate upsample upsample_bilinear upsample_nearest",
    "likelihood": "gaussian_nll_loss poisson_nll_loss",
    "lookup": "embedding one_hot",
    "margin": """
        cosine_embedding_loss hinge_embedding_loss margin_ranking_loss triplet_margin_loss
        triplet_margin_with_distance_loss
    """,
    "max_pooling": """
        max_pool1d max_pool2d max_pool3d
        max_pool1d_with_indices max_pool2d_with_indices max_pool3d_with_indices
    """,
    "multi_head_attention": "multi_head_attention_forward",
    "normalization": "batch_norm group_norm instance_norm layer_norm",
    "padding": "pad",
    "piecewise": """
        hardshrink hardsigmoid hardswish hardtanh prelu relu6 rrelu softshrink threshold
    """,
    "probability": "binary_cross_entropy binary_cross_entropy_with_logits kl_div",
    "regularization": """
        alpha_dropout dropout dropout1d dropout2d dropout3d feature_alpha_dropout
    """,
    "sampling": "affine_grid grid_sample",
    "scaling": "local_response_norm rms_norm",
    "smooth": """
        celu glu gumbel_softmax logsigmoid mish selu softmin softsign tanhshrink
    """,
    "transposed_convolution": "conv_transpose1d conv_transpose2d conv_transpose3d",
    "unpooling": "max_unpool1d max_unpool2d max_unpool3d",
}
_FILES = {name: file for file, names in _LATER.items() for name in names.split()}

__all__ = [
    "elu",
    "gelu",
    "huber_loss",
    "l1_loss",
    "leaky_relu",
    "linear",
    "log_softmax",
    "mse_loss",
    "relu",
    "sigmoid",
    "silu",
    "smooth_l1_loss",
    "softmax",
    "softplus",
    "tanh",
    *_FILES,
]

__getattr__ = lazily(__name__, "nn.functional", _FILES)

__dir__ = listing(__name__, __all__)
