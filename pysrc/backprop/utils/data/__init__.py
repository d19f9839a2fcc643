"""Data in batches. Read in this order: `dataset`, `sampler`, `collate`, `dataloader`."""

from typing import Any

from ...lazy import listing
from ...missing import missing_attribute
from .collate import default_collate
from .dataloader import DataLoader, get_worker_info
from .dataset import ConcatDataset, Dataset, IterableDataset, Subset, TensorDataset, random_split
from .sampler import (
    BatchSampler,
    RandomSampler,
    Sampler,
    SequentialSampler,
    SubsetRandomSampler,
    WeightedRandomSampler,
)

__all__ = [
    "BatchSampler",
    "ConcatDataset",
    "DataLoader",
    "Dataset",
    "IterableDataset",
    "RandomSampler",
    "Sampler",
    "SequentialSampler",
    "Subset",
    "SubsetRandomSampler",
    "TensorDataset",
    "WeightedRandomSampler",
    "default_collate",
    "get_worker_info",
    "random_split",
]


__dir__ = listing(__name__, __all__)


def __getattr__(name: str) -> Any:
    raise missing_attribute("utils.data", name)
