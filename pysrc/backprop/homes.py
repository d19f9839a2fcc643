"""Where PyTorch keeps what a file here holds, and the reverse.

PyTorch's programs import from deep paths (``torch.utils.data.sampler``), print them (``type(layer)``), and
files of whole models name them. Most files here have PyTorch's names; these tables hold the others.
"""

from __future__ import annotations

#: PyTorch's modules that are another file here. Layers are in `nn` itself, not in a folder within it.
OWN = {
    "torch._tensor": "backprop.tensor",
    "torch.cuda.amp": "backprop.amp.cuda",
    "torch.cuda.amp.autocast_mode": "backprop.amp.cuda",
    "torch.cuda.amp.grad_scaler": "backprop.amp.cuda",
    "torch.nn.modules": "backprop.nn",
    "torch.nn.modules.channelshuffle": "backprop.nn.fold",
    "torch.nn.modules.pixelshuffle": "backprop.nn.fold",
    "torch.nn.modules.sparse": "backprop.nn.embedding",
    "torch.nn.parallel.data_parallel": "backprop.nn.parallel",
    "torch.optim.adamw": "backprop.optim.adam",
    "torch.utils.hooks": "backprop.handle",
}
#: PyTorch's homes of the classes in a file, where the rule would give another.
_HOMES = {
    "backprop.autograd.anomaly": "torch.autograd.anomaly_mode",
    "backprop.compilation": "torch._dynamo.eval_frame",
    "backprop.device": "torch",
    "backprop.dtypes": "torch",
    "backprop.generator": "torch._C",
    "backprop.handle": "torch.utils.hooks",
    "backprop.layout": "torch",
    "backprop.linalg.matrices": "torch._C",
    "backprop.nn.adaptive_pooling": "torch.nn.modules.pooling",
    "backprop.nn.attention": "torch.nn.modules.activation",
    "backprop.nn.bilinear": "torch.nn.modules.linear",
    "backprop.nn.embedding": "torch.nn.modules.sparse",
    "backprop.nn.embedding_bag": "torch.nn.modules.sparse",
    "backprop.nn.lazy_conv": "torch.nn.modules.conv",
    "backprop.nn.lazy_linear": "torch.nn.modules.linear",
    "backprop.nn.likelihood_loss": "torch.nn.modules.loss",
    "backprop.nn.margin_loss": "torch.nn.modules.loss",
    "backprop.nn.parallel": "torch.nn.parallel.data_parallel",
    "backprop.nn.parameter_containers": "torch.nn.modules.container",
    "backprop.nn.piecewise": "torch.nn.modules.activation",
    "backprop.nn.rnn_base": "torch.nn.modules.rnn",
    "backprop.nn.rnn_cells": "torch.nn.modules.rnn",
    "backprop.nn.smooth": "torch.nn.modules.activation",
    "backprop.nn.transformer_layers": "torch.nn.modules.transformer",
    "backprop.nn.transposed_conv": "torch.nn.modules.conv",
    "backprop.nn.uninitialized": "torch.nn.parameter",
    "backprop.nn.unpooling": "torch.nn.modules.pooling",
    "backprop.nn.utils.prune.method": "torch.nn.utils.prune",
    "backprop.nn.utils.prune.methods": "torch.nn.utils.prune",
    "backprop.nn.utils.spectral_hook": "torch.nn.utils.spectral_norm",
    "backprop.nn.utils.weight_hook": "torch.nn.utils.weight_norm",
    "backprop.size": "torch",
    "backprop.storage": "torch.storage",
    "backprop.tensor": "torch",
    "backprop.tensortype": "torch",
    "backprop.torch_version": "torch.torch_version",
}
#: As above, for single classes.
_CLASSES = {
    "Adafactor": "torch.optim",
    "AdamW": "torch.optim.adamw",
    "ChannelShuffle": "torch.nn.modules.channelshuffle",
    "Muon": "torch.optim",
    "NonDynamicallyQuantizableLinear": "torch.nn.modules.linear",
    "PixelShuffle": "torch.nn.modules.pixelshuffle",
    "PixelUnshuffle": "torch.nn.modules.pixelshuffle",
    **{f"LazyBatchNorm{n}d": "torch.nn.modules.batchnorm" for n in (1, 2, 3)},
    **{f"LazyInstanceNorm{n}d": "torch.nn.modules.instancenorm" for n in (1, 2, 3)},
}
#: The packages in which a class has the same place as in PyTorch.
_ALIKE = ("amp", "autograd", "cuda", "distributions", "nn", "optim", "utils")
#: What stands in `torch.nn` itself.
_IN_NN = ("functional", "init", "parallel", "parameter", "utils")


def own_module(path: str) -> str:
    """The module here that PyTorch's module `path` is, if there is one.

    >>> own_module("torch.utils.data.sampler"), own_module("torch.nn.modules.linear")
    ('backprop.utils.data.sampler', 'backprop.nn.linear')
    """
    if path in OWN:
        return OWN[path]
    if path.startswith("torch.nn.modules."):
        return f"backprop.nn.{path.removeprefix('torch.nn.modules.')}"
    return f"backprop{path.removeprefix('torch')}"


def home(module: str, name: str) -> str | None:
    """PyTorch's module of the class `name` that is defined in `module` here; None if it has no such class.

    >>> home("backprop.nn.linear", "Linear"), home("backprop.viz.bars", "Bars")
    ('torch.nn.modules.linear', None)
    """
    if not module.startswith("backprop."):
        return None
    if name in _CLASSES:
        return _CLASSES[name]
    if module in _HOMES:
        return _HOMES[module]
    parts = module.split(".")[1:]
    if not parts or parts[0] not in _ALIKE or module == "backprop.nn.check":
        return None
    if parts[:2] == ["optim", "lr_scheduler"]:
        return "torch.optim.lr_scheduler"
    if parts[0] == "nn" and len(parts) > 1 and parts[1] not in _IN_NN:
        return f"torch.nn.modules.{'.'.join(parts[1:])}"
    return f"torch.{'.'.join(parts)}"
