"""`import torch` as another name of backprop: only where it is asked for."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

PYSRC = Path(__file__).resolve().parent.parent.parent / "pysrc"


def python(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter that sees nothing but the library and NumPy."""
    prelude = f"import sys; sys.path.insert(0, {str(PYSRC)!r})\n"
    return subprocess.run(
        [sys.executable, "-c", prelude + textwrap.dedent(code)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_importing_backprop_shadows_nothing() -> None:
    result = python("import backprop; print('torch' in sys.modules)")
    assert result.stdout == "False\n"


def test_the_alias_covers_the_modules_of_a_course() -> None:
    result = python(
        """
        import backprop
        backprop.alias_as_torch()
        backprop.alias_as_torch()
        import torch, torch.nn as nn, torch.nn.functional as F
        from torch import optim
        from torch.nn import Linear
        print(torch.__name__, torch.__version__ == backprop.__version__, nn.Linear is Linear, F.relu)
        """
    )
    assert result.stderr == ""
    assert result.stdout.startswith("backprop True True <function relu")


def test_the_alias_covers_the_rarer_modules_too() -> None:
    result = python(
        """
        import backprop
        backprop.alias_as_torch()
        import torch.nn.utils, torch.nn.init, torch.utils.data, torch.optim.lr_scheduler
        from torch.utils.data import DataLoader, TensorDataset
        from torch.optim.lr_scheduler import StepLR
        from torch.optim import Adam
        from torch.nn import Conv2d, Parameter
        from torch.nn.functional import cross_entropy
        from torch.nn.utils import clip_grad_norm_
        import torch.nn as nn
        from torch.nn import *
        print(torch.utils.data.DataLoader is DataLoader, torch.optim.Adam is Adam)
        print(torch.optim.lr_scheduler.StepLR is StepLR, nn.Conv2d is Conv2d, BatchNorm1d.__name__)
        print(torch.save.__name__, torch.load.__name__, torch.nn.utils.clip_grad_norm_.__name__)
        """
    )
    assert result.stderr == ""
    assert result.stdout == "True True\nTrue True BatchNorm1d\nsave load clip_grad_norm_\n"


def test_what_is_missing_in_the_rarer_modules_is_named() -> None:
    result = python(
        """
        import backprop
        backprop.alias_as_torch()
        import torch
        for ask in (lambda: torch.nn.functional.ctc_loss, lambda: torch.nn.utils.fuse_conv_bn_eval,
                    lambda: torch.nn.utils.memory_format, lambda: torch.utils.tensorboard,
                    lambda: torch.utils.data.DistributedSampler,
                    lambda: torch.optim.lr_scheduler.WarmupLR, lambda: torch.nn.ReLU().ipu):
            try:
                ask()
            except AttributeError as error:
                print(str(error).partition(" does not exist here")[0])
        """
    )
    assert result.stdout.splitlines() == [
        "nn.functional.ctc_loss",
        "nn.utils.fuse_conv_bn_eval",
        "nn.utils.memory_format",
        "utils.tensorboard",
        "utils.data.DistributedSampler",
        "module 'torch.optim.lr_scheduler' has no attribute 'WarmupLR'",
        "ReLU.ipu",
    ]


def test_a_real_pytorch_is_left_alone() -> None:
    result = python(
        """
        import types
        real = sys.modules["torch"] = types.ModuleType("torch")
        import backprop
        try:
            backprop.alias_as_torch()
        except ImportError as error:
            print("refused:", "real PyTorch" in str(error), sys.modules["torch"] is real)
        """
    )
    assert result.stdout == "refused: True True\n"


def test_what_is_missing_is_named() -> None:
    result = python(
        """
        import backprop
        backprop.alias_as_torch()
        import torch
        for ask in (lambda: torch.export, lambda: torch.nn.SyncBatchNorm, lambda: torch.optim.Lion,
                    lambda: torch.ones(1).ipu):
            try:
                ask()
            except AttributeError as error:
                print(error)
        try:
            from torch.nn import SyncBatchNorm
        except ImportError as error:
            print(error)
        """
    )
    lines = result.stdout.splitlines()
    assert lines[0].startswith("torch.export does not exist here: this is backprop")
    assert "Use BatchNorm1d to 3d" in lines[1]
    assert lines[2] == "module 'torch.optim' has no attribute 'Lion'"
    assert lines[3].startswith("Tensor.ipu")
    assert "SyncBatchNorm" in lines[4]


def test_importing_is_cheap_on_what_it_loads() -> None:
    result = python(
        """
        import backprop as torch
        model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU(), torch.nn.Linear(3, 1))
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        loss = torch.nn.MSELoss()(model(torch.randn(4, 2)), torch.zeros(4, 1))
        loss.backward()
        optimizer.step()
        rest = "viz utils nn.conv nn.check optim.lr_scheduler autograd.gradcheck ops.running ops.einsum cuda"
        print([name for name in rest.split() if f"backprop.{name}" in sys.modules])
        print([name for name in ("zipfile", "asyncio", "inspect", "dataclasses") if name in sys.modules])
        print(len([name for name in sys.modules if name.startswith("backprop")]) < 110)
        """
    )
    assert result.stdout == "[]\n[]\nTrue\n"


def test_infinities_are_values_and_no_warnings() -> None:
    result = python(
        """
        import backprop as torch, numpy
        x = torch.tensor([1e38, 0.0], requires_grad=True)
        y = (x * 1e38) @ torch.tensor([0.0, 1.0])
        print(y.item(), (x / 0)[0].item())
        numpy.float32(1e38) * numpy.float32(1e38)
        """
    )
    assert result.stdout == "nan inf\n"
    # The program's own NumPy warns as ever.
    assert result.stderr.count("RuntimeWarning") == 1


def test_a_module_is_one_whatever_the_path() -> None:
    result = python(
        """
        import backprop
        backprop.alias_as_torch()
        import torch, torch.optim.optimizer, torch.utils.data.dataset, torch.nn.modules.module
        import torch.optim.adamw, torch.nn.parallel.data_parallel, torch.cuda.amp, torch._tensor
        import torch.backends.cudnn as cudnn
        from torch.utils.data.sampler import SubsetRandomSampler
        from torch.utils.data.dataloader import DataLoader, default_collate
        from torch.nn.modules.linear import Linear
        from torch.nn.modules import Conv2d
        from torch.autograd.variable import Variable
        from torch.autograd.function import Function
        from torch.nn.parameter import Parameter
        from torch.optim.lr_scheduler import StepLR
        from torch.cuda.amp import GradScaler
        import backprop.utils.data.sampler as own
        print(torch.tensor([1.0]), own.SubsetRandomSampler is SubsetRandomSampler)
        print(torch.nn.Linear is Linear, torch.nn.Conv2d is Conv2d, cudnn is torch.backends.cudnn)
        print(torch.autograd.Variable is Variable, torch.utils.data.DataLoader is DataLoader)
        modules = {}
        for name, module in sys.modules.items():
            if name.startswith(("torch", "backprop")):
                modules.setdefault(module.__file__, set()).add(id(module))
        print([file for file, ids in modules.items() if len(ids) > 1])
        """
    )
    assert result.stderr == ""
    assert result.stdout == "tensor([1.]) True\nTrue True True\nTrue True\n[]\n"


def test_what_pytorch_calls_no_module_is_none() -> None:
    result = python(
        """
        import backprop
        backprop.alias_as_torch()
        import torch
        for name in ("tensor", "device", "fx", "nn.utils.fusion", "utils.tensorboard"):
            try:
                __import__(f"torch.{name}")
            except ModuleNotFoundError as error:
                print(error.name, str(error).splitlines()[0])
        print(torch.tensor([1.0]), torch.device("cpu"))
        """
    )
    assert result.stdout.splitlines() == [
        "torch.tensor No module named 'torch.tensor'",
        "torch.device No module named 'torch.device'",
        "torch.fx No module named 'torch.fx'",
        "torch.nn.utils.fusion No module named 'torch.nn.utils.fusion'",
        "torch.utils.tensorboard No module named 'torch.utils.tensorboard'",
        "tensor([1.]) cpu",
    ]


def test_classes_say_where_pytorch_has_them() -> None:
    result = python(
        """
        import backprop
        print(backprop.Tensor, backprop.nn.Linear)
        backprop.alias_as_torch()
        import torch, inspect, pickle
        from torch import nn
        kinds = (
            type(torch.ones(1)), nn.Linear, nn.Conv2d, nn.Embedding, nn.Module, nn.Parameter, torch.Size,
            torch.dtype, torch.optim.SGD, torch.optim.AdamW, torch.optim.lr_scheduler.StepLR,
            torch.utils.data.DataLoader, torch.autograd.Function, torch.autograd.Variable,
        )
        for kind in kinds:
            print(kind)
        print("class Linear" in inspect.getsource(nn.Linear))
        for each in (nn.Linear(1, 1), torch.float32, torch.device("cuda:0"), torch.Size([1])):
            print(pickle.loads(pickle.dumps(each)))
        """
    )
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "<class 'backprop.tensor.Tensor'> <class 'backprop.nn.linear.Linear'>",
        "<class 'torch.Tensor'>",
        "<class 'torch.nn.modules.linear.Linear'>",
        "<class 'torch.nn.modules.conv.Conv2d'>",
        "<class 'torch.nn.modules.sparse.Embedding'>",
        "<class 'torch.nn.modules.module.Module'>",
        "<class 'torch.nn.parameter.Parameter'>",
        "<class 'torch.Size'>",
        "<class 'torch.dtype'>",
        "<class 'torch.optim.sgd.SGD'>",
        "<class 'torch.optim.adamw.AdamW'>",
        "<class 'torch.optim.lr_scheduler.StepLR'>",
        "<class 'torch.utils.data.dataloader.DataLoader'>",
        "<class 'torch.autograd.function.Function'>",
        "<class 'torch.autograd.variable.Variable'>",
        "True",
        "Linear(in_features=1, out_features=1, bias=True)",
        "torch.float32",
        "cuda:0",
        "torch.Size([1])",
    ]


def test_layers_are_found_in_the_files_where_pytorch_has_them() -> None:
    result = python(
        """
        import backprop
        backprop.alias_as_torch()
        from torch.nn.modules.activation import GLU, PReLU, ReLU
        from torch.nn.modules.batchnorm import LazyBatchNorm2d
        from torch.nn.modules.container import ParameterDict
        from torch.nn.modules.conv import Conv2d, ConvTranspose2d, LazyConv2d
        from torch.nn.modules.lazy import LazyModuleMixin
        from torch.nn.modules.linear import Bilinear, LazyLinear
        from torch.nn.modules.loss import GaussianNLLLoss, TripletMarginLoss
        from torch.nn.modules.pooling import AdaptiveAvgPool2d, MaxUnpool2d
        from torch.nn.modules.sparse import EmbeddingBag
        from torch.nn.parameter import UninitializedParameter
        from torch.nn.utils.prune import L1Unstructured
        import torch
        for kind in (PReLU, LazyBatchNorm2d, ParameterDict, ConvTranspose2d, LazyConv2d, LazyLinear,
                     Bilinear, TripletMarginLoss, AdaptiveAvgPool2d, MaxUnpool2d, EmbeddingBag,
                     UninitializedParameter, L1Unstructured):
            print(kind.__module__, getattr(torch.nn, kind.__name__, kind) is kind)
        try:
            from torch.nn.modules.conv import Linear
        except ImportError as error:
            print("cannot import" in str(error))
        """
    )
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "torch.nn.modules.activation True",
        "torch.nn.modules.batchnorm True",
        "torch.nn.modules.container True",
        "torch.nn.modules.conv True",
        "torch.nn.modules.conv True",
        "torch.nn.modules.linear True",
        "torch.nn.modules.linear True",
        "torch.nn.modules.loss True",
        "torch.nn.modules.pooling True",
        "torch.nn.modules.pooling True",
        "torch.nn.modules.sparse True",
        "torch.nn.parameter True",
        "torch.nn.utils.prune True",
        "True",
    ]


def test_the_version_is_the_librarys_own_and_compares() -> None:
    result = python(
        """
        import backprop
        backprop.alias_as_torch()
        import torch, importlib.metadata
        print(importlib.metadata.version("torch") == torch.__version__ == backprop.__version__)
        print(torch.__version__ > "0.0.9", torch.__version__ < (99, 0), torch.__version__.split(".")[0])
        Version = type(torch.__version__)
        print(Version("1.10.0") > "1.9", Version("1.10.0a0") < "1.10", Version("2.0") == "2.0.0+cpu")
        print(Version("2.0") != "2.0.0", Version("abc") < "abd")
        """
    )
    assert result.stderr == ""
    assert result.stdout == "True\nTrue True 0\nTrue True True\nFalse True\n"
