"""The operations: each computes its result, and its local gradient stands directly below.

From easy to hard: `arithmetic`, `exponential`, `rounding`, `comparison`, `shape`, `joining`,
`reduction`, `linear_algebra`, `indexing`, `inplace`; `linear` is one of them made fast. To add an
operation, write a function that calls `record` with its result and its rule, and decorate it with
`method` if it is to be a method of tensors too.
"""

from . import inplace
from .arithmetic import *
from .comparison import *
from .conversion import *
from .creation import *
from .exponential import *
from .indexing import *
from .joining import *
from .linear_algebra import *
from .reduction import *
from .rounding import *
from .shape import *
