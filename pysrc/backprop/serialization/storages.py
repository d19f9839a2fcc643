"""What PyTorch's files call the types of the numbers."""

from __future__ import annotations

from .. import dtypes

STORAGES = {
    "HalfStorage": dtypes.float16,
    "FloatStorage": dtypes.float32,
    "DoubleStorage": dtypes.float64,
    "ByteStorage": dtypes.uint8,
    "CharStorage": dtypes.int8,
    "ShortStorage": dtypes.int16,
    "IntStorage": dtypes.int32,
    "LongStorage": dtypes.int64,
    "BoolStorage": dtypes.bool_,
}
