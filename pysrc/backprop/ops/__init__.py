"""The operations: each computes its result, and its local gradient stands directly below.

From easy to hard: `arithmetic`, `powers`, `compound`, `bounds`, `exponential`, `trigonometry`, `rounding`,
`comparison`, and the less common `hyperbolic`, `error_function` and `pairs`; then `shape`, `repetition`,
`joining`, `parting` and `arranging`; `reduction`, `extremes`, `ordering`, `cumulative`, and `running`,
`ranking`, `without_nan`, `counting` and `spread_of_data`; then `norm`, `length`,
`linear_algebra`, `matrices`, `batches`, `einsum`, `diagonal`; and `indexing`, `picking`, `searching`,
`scattering`, `inplace`, `inplace_shape`, `memory`.
`linear` is one of them made fast, and `interop` leads out to Python and NumPy.

To add an operation, write a function that calls `tape` with its result and its rule, and decorate it with
`method` if it is to be a method of tensors too. What a first program does not need is named in `deferred`.
"""

from . import constructor, deferred, indexing, inplace, interop
from .arithmetic import *
from .bounds import *
from .comparison import *
from .conversion import *
from .creation import *
from .exponential import *
from .extremes import *
from .facts import *
from .joining import *
from .linear_algebra import *
from .old_order import *
from .operands import *
from .parting import *
from .picking import *
from .powers import *
from .reduction import *
from .repetition import *
from .rounding import *
from .shape import *
from .spacing import *
from .trigonometry import *
