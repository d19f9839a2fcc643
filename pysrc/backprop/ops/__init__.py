"""The operations: each computes its result, and its local gradient stands directly below.

From easy to hard: `arithmetic`, `exponential`, `rounding`, `comparison`, `shape`, `joining`,
`reduction`, `linear_algebra`, `indexing`, `inplace`; `linear` is one of them made fast. To add an
operation, write a function that calls `record` with its result and its rule, and decorate it with
`method` if it is to be a method of tensors too.
"""

from . import inplace
from .arithmetic import *  # noqa: F403
from .comparison import *  # noqa: F403
from .conversion import *  # noqa: F403
from .creation import *  # noqa: F403
from .exponential import *  # noqa: F403
from .indexing import *  # noqa: F403
from .joining import *  # noqa: F403
from .linear_algebra import *  # noqa: F403
from .reduction import *  # noqa: F403
from .rounding import *  # noqa: F403
from .shape import *  # noqa: F403
