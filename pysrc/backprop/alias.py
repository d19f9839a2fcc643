"""``import torch`` for this package: an explicit call, for pages and programs that want it.

In an ordinary environment nothing is shadowed. The page calls `alias_as_torch` before a learner's code
runs, and the modules keep their own honest names and version.
"""

from __future__ import annotations

import importlib
import sys

#: PyTorch's modules, and what serves in their place here.
MODULES = {
    "torch": "backprop",
    "torch.autograd": "backprop.autograd",
    "torch.autograd.function": "backprop.autograd.function",
    "torch.backends": "backprop.backends",
    "torch.cuda": "backprop.cuda",
    "torch.nn": "backprop.nn",
    "torch.nn.functional": "backprop.nn.functional",
    "torch.nn.init": "backprop.nn.init",
    "torch.nn.parameter": "backprop.nn.parameter",
    "torch.nn.utils": "backprop.nn.utils",
    "torch.optim": "backprop.optim",
    "torch.optim.lr_scheduler": "backprop.optim.lr_scheduler",
    "torch.utils": "backprop.utils",
    "torch.utils.data": "backprop.utils.data",
}


def alias_as_torch() -> None:
    """Let ``import torch`` give this package, in this process. A second call does nothing.

    >>> import backprop
    >>> backprop.alias_as_torch()
    >>> import torch
    >>> torch.__name__
    'backprop'

    Raises:
        ImportError: the real PyTorch has been imported already.
    """
    present = sys.modules.get("torch")
    if present is not None and present.__name__ != "backprop":
        raise ImportError(
            "the real PyTorch is already imported here, and backprop does not take its place.\n"
            "Use either: 'import backprop as torch', or PyTorch itself."
        )
    for name, own in MODULES.items():
        sys.modules[name] = importlib.import_module(own)
