"""What PyTorch's messages call the types of elements."""

from __future__ import annotations

from ..dtypes import dtype

NAMES = {
    "float16": "Half",
    "float32": "Float",
    "float64": "Double",
    "uint8": "Byte",
    "int8": "Char",
    "int16": "Short",
    "int32": "Int",
    "int64": "Long",
    "bool": "Bool",
}


def scalar_type(kind: dtype) -> str:
    """The older name of a type, such as ``Long`` for ``int64``."""
    return NAMES[kind.name]
