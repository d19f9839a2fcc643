"""Datasets, samplers and batches: their order, for a seed and for a generator, and what they hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()


def _ten(torch: Any) -> Any:
    return torch.utils.data.TensorDataset(torch.arange(10.0) * 2, torch.arange(10))


LOADERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "in order": lambda torch: {"batch_size": 3},
    "one by one": lambda torch: {},
    "shuffled": lambda torch: {"batch_size": 3, "shuffle": True},
    "dropped": lambda torch: {"batch_size": 4, "shuffle": True, "drop_last": True},
    "generator": lambda torch: {
        "batch_size": 4,
        "shuffle": True,
        "generator": torch.Generator().manual_seed(5),
    },
    "no batches": lambda torch: {"batch_size": None},
    "sampler": lambda torch: {
        "batch_size": 2,
        "sampler": torch.utils.data.SubsetRandomSampler([1, 3, 5, 7, 9]),
    },
    "numbers": lambda torch: {"batch_size": 2, "sampler": [3, 3, 1]},
    "replacement": lambda torch: {
        "batch_size": 50,
        "sampler": torch.utils.data.RandomSampler(_ten(torch), replacement=True, num_samples=70),
    },
    "fewer": lambda torch: {"sampler": torch.utils.data.RandomSampler(range(10), num_samples=4)},
    "more": lambda torch: {"sampler": torch.utils.data.RandomSampler(range(10), num_samples=13)},
    "batch sampler": lambda torch: {
        "batch_sampler": torch.utils.data.BatchSampler(
            torch.utils.data.SequentialSampler(range(10)), 4, True
        )
    },
    "collate": lambda torch: {"batch_size": 4, "collate_fn": lambda rows: rows[-1]},
}


def _loader(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        torch.manual_seed(11)
        loader = torch.utils.data.DataLoader(_ten(torch), **LOADERS[name](torch))
        found: dict[str, Any] = {"length": repr(len(loader))}
        for epoch in range(3):
            batches = list(loader)
            found[f"epoch {epoch}"] = repr([(x.tolist(), y.tolist()) for x, y in batches])
            found[f"type {epoch}"] = type(batches[0]).__name__ + repr(batches[0][0].dtype)
        return found | {"then": torch.rand(1)}

    CASES[f"loader {name}"] = run


for _name in LOADERS:
    _loader(_name)


@CASES
def splits(torch: Any) -> dict[str, Any]:
    data = torch.utils.data
    torch.manual_seed(2)
    generator = torch.Generator().manual_seed(42)
    ten = _ten(torch)
    found = {
        "sizes": repr([part.indices for part in data.random_split(ten, [6, 4])]),
        "shares": repr([part.indices for part in data.random_split(ten, [0.5, 0.3, 0.2])]),
        "left over": repr([len(part) for part in data.random_split(range(11), [0.25] * 4)]),
        "generator": repr(
            [list(part) for part in data.random_split(range(10), [3, 7], generator=generator)]
        ),
        "empty": repr([len(part) for part in data.random_split(range(1), [0.5, 0.5])]),
        "then": torch.rand(1),
    }
    subset = data.Subset(ten, [4, 2])
    both = ten + subset
    return found | {
        "subset": repr((len(subset), subset[0], subset[[1, 0]])),
        "both": repr((len(both), both[10], both[-1], both[-12])),
    }


@CASES
def examples_put_together(torch: Any) -> dict[str, Any]:
    collate = torch.utils.data.default_collate
    one, two = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0])
    batches = [
        [one, two],
        [1, 2],
        [1.5, 2],
        [True, False],
        ["a", "b"],
        [(one, 0), (two, 1)],
        [[1, 2], [3, 4]],
        [{"x": one, "y": 1}, {"x": two, "y": 2}],
        [(one, {"a": [1, "b"]}), (two, {"a": [2, "c"]})],
        [one.numpy(), two.numpy()],
        [one.numpy()[0], two.numpy()[0]],
    ]
    return {f"{place}": repr(collate(batch)) for place, batch in enumerate(batches)}


@CASES
def examples_in_a_stream(torch: Any) -> dict[str, Any]:
    class Stream(torch.utils.data.IterableDataset):  # type: ignore[misc]
        def __iter__(self) -> Any:
            return iter(range(5))

    loader = torch.utils.data.DataLoader
    return {
        "batches": repr([batch.tolist() for batch in loader(Stream(), batch_size=2)]),
        "dropped": repr([batch.tolist() for batch in loader(Stream(), 2, drop_last=True)]),
        "one by one": repr(list(loader(Stream(), batch_size=None))),
    }


@CASES
def training_a_small_classifier(torch: Any) -> dict[str, Any]:
    """All of it together: batches in random order, dropout, batch norm, convolution, Adam, a schedule."""
    nn = torch.nn
    torch.manual_seed(0)
    images, truth = torch.randn(40, 1, 8, 8), torch.randint(3, (40,))
    images[truth == 1, :, :4] += 1
    images[truth == 2, :, :, :4] -= 1
    model = nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Dropout(0.2),
        nn.Linear(64, 3),
    )
    loader = torch.utils.data.DataLoader(
        torch.utils.data.TensorDataset(images, truth), batch_size=10, shuffle=True
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, 3, gamma=0.5)
    loss_fn = nn.CrossEntropyLoss()
    losses = []
    for _ in range(6):
        for x, y in loader:
            optimizer.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.detach())
        schedule.step()
    model.eval()
    with torch.no_grad():
        right = (model(images).argmax(dim=1) == truth).sum()
    return {"losses": torch.stack(losses), "right": right}


@CASES
def one_pass(torch: Any) -> dict[str, Any]:
    batches = iter(torch.utils.data.DataLoader(list(range(5)), batch_size=2))
    try:
        batches.next()
    except AttributeError as error:
        text = str(error).split("\n")[0]
    found = {"old way": text, "kind": type(batches).__name__, "length": repr(len(batches))}
    found |= {"first": next(batches), "again": repr(iter(batches) is batches)}
    return found | {"rest": repr(list(batches)), "after": repr(next(batches, None))}
