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
        for ask in (lambda: torch.nn.functional.ctc_loss, lambda: torch.nn.init.xavier,
                    lambda: torch.nn.utils.memory_format, lambda: torch.utils.tensorboard,
                    lambda: torch.utils.data.DistributedSampler,
                    lambda: torch.optim.lr_scheduler.WarmupLR, lambda: torch.nn.ReLU().foo):
            try:
                ask()
            except AttributeError as error:
                print(str(error).partition(" does not exist here")[0])
        """
    )
    assert result.stdout.splitlines() == [
        "nn.functional.ctc_loss",
        "nn.init.xavier",
        "nn.utils.memory_format",
        "utils.tensorboard",
        "utils.data.DistributedSampler",
        "optim.lr_scheduler.WarmupLR",
        "ReLU.foo",
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
        for ask in (lambda: torch.export, lambda: torch.nn.LSTM, lambda: torch.optim.Lion,
                    lambda: torch.ones(1).ipu):
            try:
                ask()
            except AttributeError as error:
                print(error)
        try:
            from torch.nn import GRU
        except ImportError as error:
            print(error)
        """
    )
    lines = result.stdout.splitlines()
    assert lines[0].startswith("torch.export does not exist here: this is backprop")
    assert "Use nn.Linear layers in a Python loop" in lines[1]
    assert lines[2].startswith("optim.Lion")
    assert lines[3].startswith("Tensor.ipu")
    assert "GRU" in lines[4]


def test_importing_is_cheap_on_what_it_loads() -> None:
    result = python(
        "import backprop; print([name for name in ('backprop.viz', 'backprop.utils', 'backprop.nn.conv', "
        "'backprop.optim.lr_scheduler', 'zipfile', 'asyncio') if name in sys.modules])"
    )
    assert result.stdout == "[]\n"


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
