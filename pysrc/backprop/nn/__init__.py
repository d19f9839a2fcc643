"""Layers, losses, and the modules that hold them.

Read in this order: `parameter`, `module`, `linear`, `activation`, `container`, `loss`, `functional`.
To add a layer, write a class with `forward` in the file of its kind and name it here.
"""

import sys
from typing import TYPE_CHECKING

from ..lazy import lazily, listing
from . import functional, init
from .activation import (
    ELU,
    GELU,
    LeakyReLU,
    LogSoftmax,
    ReLU,
    Sigmoid,
    SiLU,
    Softmax,
    Softplus,
    Tanh,
)
from .container import ModuleDict, ModuleList, Sequential
from .flatten import Flatten, Unflatten
from .linear import Identity, Linear
from .loss import (
    BCELoss,
    BCEWithLogitsLoss,
    CrossEntropyLoss,
    HuberLoss,
    KLDivLoss,
    L1Loss,
    MSELoss,
    NLLLoss,
    SmoothL1Loss,
)
from .module import Module
from .parameter import Parameter
from .uninitialized import UninitializedBuffer, UninitializedParameter

if TYPE_CHECKING:
    from . import parallel, utils
    from .adaptive_pooling import *
    from .attention import *
    from .batchnorm import *
    from .bilinear import *
    from .conv import *
    from .distance import *
    from .dropout import *
    from .embedding import *
    from .embedding_bag import *
    from .fold import *
    from .instancenorm import *
    from .lazy_conv import *
    from .lazy_linear import *
    from .lazy_norm import *
    from .likelihood_loss import *
    from .margin_loss import *
    from .normalization import *
    from .padding import *
    from .parallel import DataParallel as DataParallel
    from .parameter_containers import *
    from .piecewise import *
    from .pooling import *
    from .rnn import *
    from .rnn_base import *
    from .rnn_cells import *
    from .smooth import *
    from .transformer import *
    from .transformer_layers import *
    from .transposed_conv import *
    from .unpooling import *
    from .upsampling import *

#: The layers whose file is read when they are first asked for, by that file.
_LATER = {
    "adaptive_pooling": """
        AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d
        AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d
    """,
    "attention": "MultiheadAttention",
    "batchnorm": "BatchNorm1d BatchNorm2d BatchNorm3d",
    "bilinear": "Bilinear",
    "conv": "Conv1d Conv2d Conv3d",
    "distance": "CosineSimilarity PairwiseDistance",
    "dropout": "AlphaDropout Dropout Dropout1d Dropout2d Dropout3d FeatureAlphaDropout",
    "embedding": "Embedding",
    "embedding_bag": "EmbeddingBag",
    "fold": "ChannelShuffle Fold PixelShuffle PixelUnshuffle Unfold",
    "instancenorm": "InstanceNorm1d InstanceNorm2d InstanceNorm3d",
    "lazy_conv": """
        LazyConv1d LazyConv2d LazyConv3d
        LazyConvTranspose1d LazyConvTranspose2d LazyConvTranspose3d
    """,
    "lazy_linear": "LazyLinear",
    "lazy_norm": """
        LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d
        LazyInstanceNorm1d LazyInstanceNorm2d LazyInstanceNorm3d
    """,
    "likelihood_loss": "GaussianNLLLoss PoissonNLLLoss",
    "margin_loss": """
        CosineEmbeddingLoss HingeEmbeddingLoss MarginRankingLoss MultiLabelMarginLoss
        MultiLabelSoftMarginLoss MultiMarginLoss SoftMarginLoss TripletMarginLoss
        TripletMarginWithDistanceLoss
    """,
    "normalization": "GroupNorm LayerNorm LocalResponseNorm RMSNorm",
    "padding": """
        CircularPad1d CircularPad2d CircularPad3d ConstantPad1d ConstantPad2d ConstantPad3d
        ReflectionPad1d ReflectionPad2d ReflectionPad3d
        ReplicationPad1d ReplicationPad2d ReplicationPad3d ZeroPad1d ZeroPad2d ZeroPad3d
    """,
    "parallel": "DataParallel",
    "parameter_containers": "ParameterDict ParameterList",
    "piecewise": """
        Hardshrink Hardsigmoid Hardswish Hardtanh PReLU RReLU ReLU6 Softshrink Threshold
    """,
    "pooling": """
        AvgPool1d AvgPool2d AvgPool3d LPPool1d LPPool2d LPPool3d MaxPool1d MaxPool2d MaxPool3d
    """,
    "rnn": "GRU LSTM RNN",
    "rnn_base": "RNNBase",
    "rnn_cells": "GRUCell LSTMCell RNNCell RNNCellBase",
    "smooth": "CELU GLU LogSigmoid Mish SELU Softmax2d Softmin Softsign Tanhshrink",
    "transformer": "Transformer TransformerDecoder TransformerEncoder",
    "transformer_layers": "TransformerDecoderLayer TransformerEncoderLayer",
    "transposed_conv": "ConvTranspose1d ConvTranspose2d ConvTranspose3d",
    "unpooling": "MaxUnpool1d MaxUnpool2d MaxUnpool3d",
    "upsampling": "Upsample UpsamplingBilinear2d UpsamplingNearest2d",
}
_FILES = {name: file for file, names in _LATER.items() for name in names.split()}

__all__ = [
    "BCELoss",
    "BCEWithLogitsLoss",
    "CrossEntropyLoss",
    "ELU",
    "Flatten",
    "GELU",
    "HuberLoss",
    "Identity",
    "KLDivLoss",
    "L1Loss",
    "LeakyReLU",
    "Linear",
    "LogSoftmax",
    "MSELoss",
    "Module",
    "ModuleDict",
    "ModuleList",
    "NLLLoss",
    "Parameter",
    "ReLU",
    "Sequential",
    "SiLU",
    "Sigmoid",
    "SmoothL1Loss",
    "Softmax",
    "Softplus",
    "Tanh",
    "Unflatten",
    "UninitializedBuffer",
    "UninitializedParameter",
    "functional",
    "init",
    "parallel",
    "utils",
    *_FILES,
]

#: PyTorch's folder of layers: here they are in `nn` itself.
modules = sys.modules[__name__]

__getattr__ = lazily(__name__, "nn", {**_FILES, "parallel": None, "utils": None})

__dir__ = listing(__name__, __all__)
