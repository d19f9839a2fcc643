"""Files of weights: what comes back, that PyTorch's are understood, and that nothing in them is run."""

from __future__ import annotations

import base64
import io
import os
import pickle
import zipfile
import zlib
from collections import OrderedDict
from pathlib import Path
from typing import Any

import backprop as torch
import numpy as np
import pytest


def through_a_file(value: Any) -> Any:
    file = io.BytesIO()
    torch.save(value, file)
    file.seek(0)
    return torch.load(file)


def archive(instructions: bytes, **records: bytes) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        target.writestr("archive/data.pkl", instructions)
        for name, content in records.items():
            target.writestr(f"archive/data/{name[1:]}", content)
    file.seek(0)
    return file


VALUES = [
    None,
    True,
    0,
    -(2**31),
    2**31,
    -(2**63),
    2**100,
    1.5,
    float("inf"),
    "ä\n\0🙂",
    [],
    (),
    {},
    [1, [2.0, ("x", None)]],
    {"a": {3: [True]}, (1, 2): "b"},
    OrderedDict(b=1, a=2),
    torch.float64,
    torch.Size([2, 3]),
    torch.device("cpu"),
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_values_come_back(value: Any) -> None:
    found = through_a_file(value)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "kind", ["float16", "float32", "float64", "uint8", "int8", "int16", "int32", "int64", "bool"]
)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3), (2, 0, 3)])
def test_tensors_come_back(kind: str, shape: tuple[int, ...]) -> None:
    value = torch.arange(int(np.prod(shape))).reshape(shape).to(getattr(torch, kind))
    found = through_a_file(value)
    assert repr(found) == repr(value)
    assert (found.dtype, found.shape) == (value.dtype, value.shape)


def test_views_of_every_kind_come_back() -> None:
    x = torch.arange(12.0).reshape(3, 4)
    for view in (x.T, x[1], x[:, ::2], x[1:, 1:], x.expand(2, 3, 4)):
        assert torch.equal(through_a_file(view), view)


def test_what_is_learned_is_remembered() -> None:
    found = through_a_file([torch.ones(1, requires_grad=True), torch.nn.Parameter(torch.ones(2))])
    assert found[0].requires_grad
    assert type(found[0]) is torch.Tensor
    assert type(found[1]) is torch.nn.Parameter
    assert found[1].requires_grad


def test_shared_numbers_stay_shared_and_can_be_changed() -> None:
    x = torch.zeros(2)
    first, second = through_a_file([x, x.detach()])
    first[0] = 5
    assert second.tolist() == [5, 0]


def test_training_goes_on_from_a_file(tmp_path: Path) -> None:
    def made() -> tuple[Any, Any]:
        torch.manual_seed(0)
        model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))
        return model, torch.optim.Adam(model.parameters(), lr=0.1)

    def step(model: Any, optimizer: Any) -> None:
        optimizer.zero_grad()
        (model(torch.tensor([[1.0, 2.0], [3.0, -1.0]])) ** 3).sum().backward()
        optimizer.step()

    model, optimizer = made()
    step(model, optimizer)
    path = tmp_path / "checkpoint.pt"
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, path)
    step(model, optimizer)
    again, other = made()
    checkpoint = torch.load(str(path))
    again.load_state_dict(checkpoint["model"])
    other.load_state_dict(checkpoint["optimizer"])
    step(again, other)
    for name, value in model.state_dict().items():
        assert torch.equal(again.state_dict()[name], value)


# By PyTorch 2.13: torch.save({"w": nn.Linear(2, 2).weight, "t": torch.arange(6.0).reshape(2, 3).T,
# "state": nn.BatchNorm1d(1).state_dict(), "n": [1, 2.5, True, None, ("ä", 2**40)]}, path), compressed.
FROM_PYTORCH = """
eNrFVstvG0UYX78dN+8EkoY2tOHllNTxY3dtN23smrAFtoJghLRCQqu1Pdjb2ut8u+NURQpEoIaWE60qLqAKJIQ4wIETBw6V4C/g
wgmpB5AQJ/4AkGBm13Z3J82jCRJj74x2d36PeXzf7KocCHJcNMptK6PcOKeZ1Ya+jhZrGtYSa5ebUmmYe8NTNv0bwMUVHwFcAV8V
twkioXaw3rRiqokqHb1ZU9c0U2shjMwY+HfogpFhtU11PR2DQDyuRAifRXpqdQRBBxKTmm0Nv+Y8jEHI1kxCWAmQtrrWgYgcxBB9
VeZkv+zfggHS+LYgdqNabTebqIr1tmHFXjFryES1Fb2KY3BkvgyDGIbKMHy9QW9GPoDRMozZ1BjGG8RKI9hwpFIw0YjIYQyTVCJA
JR6RfXJgCx69YYOnMEyX4agSsr1rGMGM/fyxuBKm04P0egPDMQ9pGo4TUh+GWUrquwaP0+qEQ3gSw1wZnlDIAnEVXbPgSQ82A085
2Ke72GdoFXew8xhOleFZZZB0NDuGoRt1tYU0AxY8HDycdjgSXY5FWiUdjhSGdBkyyhEXx7pmAu+hEEBwKMQuRZZWOYcij+FMGZaU
CdLR6LTUioarDWSp2NSql1ENzjpU3RW+2Dbq/QU+Z7OLsOywFwj7/LzDWsRwvgylzgY8pwyQTmRkWKN7FFbs988rdAODtAEX7J20
jkyLrD68IPsty6rYxAa8+Ca8FJd9F4pBZ8Nff1nxk+bHL0D+MGw/IdvnIuokVuVI9MvgP6d+I6/ptbpjzEyRXy9mEm+1zZaG1a64
VJpgQscuKUr+3Z+/vE890Wtn8hkue5+8Gxyq1tTrRgsZWCplHsS/VxF5aqBwBf6gY/fvamCMK/QNVK5i1KaxJJWWDqLbK00d4yai
Hq6d+/Uonfbwrh6GuWVPVlpMSqUzhzAwd/Wb7z8Vf1j+9u/Ju8dzobvUyXt/vfPJqJ0Bd3fCe52kpFLyoZ04XJsFUhXJn1yb5Pqs
SH1MffT7zWnyYnoPHwteH2mpFOf2r79ZoFqXLn3+NY2D4B5aRa9WRiqdPczy2+On+sfurZw8gD7/P+sLh9c/1PyL/8X4e3Og35tD
VDS6q4cRbqnvoZ/bsgc1kYlR5Z/u1F/fO//Mcun7CdAevoVMnWTAtzV6uKt6TSolHtJIUszlhXReEPlsTkgnRUHI5lJ8XhSyqSyf
zqTEVCYv8Hyeunz351tbceIjbrv0UbN9n+7zYXSbc/Y7ikW7D4ApD5IPcDudKCyJO4nPeEhuukm2nRwsjzsRj3l4xoPc9gOAhbuz
57AH/nGQY3I3i3VnPC/2RIjBplisO4K82K9YbJrFuqPfi50MM9jM/rG3WSy/f8+TEQYrsFh3tDK6LFZkse54G/Fgp6McG90s2B0G
sx7wLRf4wQG6KofDC71wDpzuI4eYNhtw2txALz2F6Ycc1x507p0vpVDYwQzZ/Z2+/wIXoNbb
"""


def test_files_of_pytorch_are_understood() -> None:
    found = torch.load(io.BytesIO(zlib.decompress(base64.b64decode(FROM_PYTORCH))))
    assert type(found["w"]) is torch.nn.Parameter
    assert found["w"].shape == (2, 2)
    assert found["t"].tolist() == [[0, 3], [1, 4], [2, 5]]
    assert list(found["state"])[-1] == "num_batches_tracked"
    assert found["state"]["running_var"].tolist() == [1]
    assert found["n"] == [1, 2.5, True, None, ("ä", 2**40)]


def test_files_are_in_pytorchs_format() -> None:
    """Python's own unpickler, given PyTorch's names, finds what PyTorch would find."""
    file = io.BytesIO()
    torch.save({"w": torch.nn.Parameter(torch.ones(2, 3)), "n": 3}, file)
    seen = []

    class Reader(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> Any:
            return lambda *arguments: (f"{module}.{name}", arguments)

        def persistent_load(self, key: Any) -> Any:
            seen.append(key)
            return "storage"

    with zipfile.ZipFile(file) as written:
        names = written.namelist()
        found = Reader(io.BytesIO(written.read("archive/data.pkl"))).load()
        content = written.read("archive/data/0")
    assert {"archive/version", "archive/byteorder"} < set(names)
    assert content == np.ones(6, np.float32).tobytes()
    kind, _, place, device, count = seen[0]
    assert (kind, place, device, count) == ("storage", "0", "cpu", 6)
    hooks = ("collections.OrderedDict", ())
    inner = ("torch._utils._rebuild_tensor_v2", ("storage", 0, (2, 3), (3, 1), False, hooks))
    assert found == {"w": ("torch._utils._rebuild_parameter", (inner, True, hooks)), "n": 3}


class Attack:
    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return os.mkdir, (self.path,)


@pytest.mark.parametrize("protocol", range(6))
def test_no_code_in_a_file_is_run(tmp_path: Path, protocol: int) -> None:
    made = tmp_path / "made"
    with pytest.raises(pickle.UnpicklingError, match="Weights only load failed"):
        torch.load(archive(pickle.dumps(Attack(str(made)), protocol)))
    assert not made.exists()


def test_a_name_in_a_file_is_never_imported() -> None:
    with pytest.raises(pickle.UnpicklingError, match=r"GLOBAL this\.s was not an allowed global"):
        torch.load(archive(b"\x80\x02cthis\ns\n."))


TENSOR = b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\nFloatStorage\n"
STORAGE = b"X\x01\0\0\0" + b"0X\x03\0\0\0cpuK\x02tQ"
HOOKS = b"\x89ccollections\nOrderedDict\n)RtR."


def test_a_tensor_cannot_reach_beyond_its_numbers() -> None:
    numbers = np.ones(2, np.float32).tobytes()
    good = TENSOR + STORAGE + b"K\x00K\x02\x85K\x01\x85" + HOOKS
    assert torch.load(archive(good, _0=numbers)).tolist() == [1, 1]
    for offset, size, step in ((1, 2, 1), (0, 3, 1), (0, 2, 2), (2, 1, 1), (0, 2, 200)):
        shape = b"K%cK%c\x85K%c\x85" % (offset, size, step)
        with pytest.raises(pickle.UnpicklingError, match="more numbers than there are"):
            torch.load(archive(TENSOR + STORAGE + shape + HOOKS, _0=numbers))
    negative = b"J\xff\xff\xff\xffK\x01\x85K\x01\x85"
    with pytest.raises(pickle.UnpicklingError, match="negative"):
        torch.load(archive(TENSOR + STORAGE + negative + HOOKS, _0=numbers))
    with pytest.raises(pickle.UnpicklingError, match="bytes for 2 numbers"):
        torch.load(archive(good, _0=numbers + b"\0"))


@pytest.mark.parametrize(
    "damaged", [b"", b"\x80\x02", b"\x80\x02)R.", b"\x80\x02K\x01K\x02b.", b"\x80\x02h\x05.", b"."]
)
def test_damaged_files_are_named_errors(damaged: bytes) -> None:
    with pytest.raises(pickle.UnpicklingError, match="Weights only load failed"):
        torch.load(archive(damaged))


def test_other_files_are_named_errors(tmp_path: Path) -> None:
    with pytest.raises(pickle.UnpicklingError, match=r"no file that torch\.save wrote"):
        torch.load(io.BytesIO(b"not a zip"))
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    with pytest.raises(pickle.UnpicklingError, match=r"no data\.pkl"):
        torch.load(empty)
    with pytest.raises(FileNotFoundError):
        torch.load(tmp_path / "missing.pt")


def test_what_cannot_be_saved_is_named(tmp_path: Path) -> None:
    with pytest.raises((pickle.PicklingError, AttributeError), match="lambda"):
        torch.save([lambda: 1], io.BytesIO())
    with pytest.raises(RuntimeError, match="Parent directory"):
        torch.save(1, tmp_path / "missing" / "x.pt")
    assert not list(tmp_path.iterdir())


def test_another_device_is_refused() -> None:
    with pytest.raises(RuntimeError, match="Attempting to deserialize object on a CUDA device"):
        torch.load(io.BytesIO(), map_location="cuda")
    file = io.BytesIO()
    torch.save(torch.ones(1), file)
    for place in ("cpu", torch.device("cpu"), {"cuda:0": "cpu"}, lambda storage, _: storage):
        file.seek(0)
        assert torch.load(file, map_location=place).tolist() == [1]


class Scaled(torch.nn.Module):
    """A learner's own class, with a buffer, a layer twice, and an attribute of another kind."""

    def __init__(self) -> None:
        super().__init__()
        self.one = torch.nn.Linear(2, 2)
        self.same = self.one
        self.register_buffer("scale", torch.tensor(3.0))
        self.sizes = {"in": 2}

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.same(self.one(x)) * self.scale


def test_a_whole_model_can_be_saved() -> None:
    model, x = Scaled(), torch.ones(1, 2)
    found = through(model, weights_only=False)
    assert type(found) is Scaled
    assert torch.equal(found(x), model(x))
    assert found.one is found.same
    assert found.sizes == {"in": 2}
    assert list(found.state_dict()) == list(model.state_dict())
    optimizer = torch.optim.SGD(found.parameters(), lr=0.1)
    found(x).sum().backward()
    optimizer.step()
    assert not torch.equal(found(x), model(x))


def test_an_optimizer_and_what_else_can_be_pickled_can_be_saved() -> None:
    w = torch.ones(2, requires_grad=True)
    optimizer = torch.optim.Adam([w], lr=0.1)
    w.sum().backward()
    optimizer.step()
    found = through({"optimizer": optimizer, "w": w, "best": np.float32(0.5)}, weights_only=False)
    assert found["optimizer"].param_groups[0]["params"][0] is found["w"]
    found["w"].grad = torch.ones(2)
    found["optimizer"].step()
    assert found["best"] == 0.5
    assert found["optimizer"].state[found["w"]]["step"] == 2


def test_a_whole_model_is_not_read_unasked() -> None:
    file = io.BytesIO()
    torch.save(Scaled(), file)
    for options in ({}, {"weights_only": True}, {"weights_only": None}):
        file.seek(0)
        with pytest.raises(
            pickle.UnpicklingError,
            match=r"^Weights only load failed\. .*\n.*weights_only=False.*\n.*add_safe_globals",
        ):
            torch.load(file, **options)


def test_what_is_allowed_is_read() -> None:
    from backprop import serialization

    model, x = Scaled(), torch.ones(1, 2)
    with serialization.safe_globals([Scaled, torch.nn.Linear]):
        assert len(serialization.get_safe_globals()) == 2
        assert torch.equal(through(model)(x), model(x))
    assert serialization.get_safe_globals() == []


def test_files_name_what_is_pytorchs_as_pytorch_does() -> None:
    file = io.BytesIO()
    torch.save([torch.nn.Linear(1, 1), torch.float32, torch.ones(1).shape], file)
    text = zipfile.ZipFile(file).read("archive/data.pkl")
    for name in (b"torch.nn.modules.linear\nLinear", b"torch\nfloat32", b"torch\nSize"):
        assert name in text
    assert b"backprop" not in text


def through(value: Any, **options: Any) -> Any:
    file = io.BytesIO()
    torch.save(value, file)
    file.seek(0)
    return torch.load(file, **options)
