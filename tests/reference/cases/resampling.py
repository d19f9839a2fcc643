"""Images in another size, taken apart and put together, with margins, and unpooled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases, of_layer

CASES = Cases()

Make = Callable[[Any], Any]

SERIES, IMAGES, VOLUMES = (2, 2, 5), (1, 2, 3, 4), (1, 2, 2, 3, 2)
UPSAMPLED: dict[str, tuple[Make, tuple[int, ...]]] = {
    "nearest 1d": (lambda nn: nn.Upsample(scale_factor=2), SERIES),
    "nearest 2d": (lambda nn: nn.Upsample(scale_factor=2), IMAGES),
    "nearest 3d": (lambda nn: nn.Upsample((3, 3, 5)), VOLUMES),
    "nearest uneven": (lambda nn: nn.Upsample(scale_factor=1.7), IMAGES),
    "nearest uneven recomputed": (
        lambda nn: nn.Upsample(scale_factor=1.7, recompute_scale_factor=True),
        IMAGES,
    ),
    "nearest smaller": (lambda nn: nn.Upsample(3), SERIES),
    "nearest exact": (lambda nn: nn.Upsample((5, 3), mode="nearest-exact"), IMAGES),
    "linear": (lambda nn: nn.Upsample(scale_factor=2, mode="linear"), SERIES),
    "linear aligned": (lambda nn: nn.Upsample(8, mode="linear", align_corners=True), SERIES),
    "bilinear": (lambda nn: nn.Upsample(scale_factor=2, mode="bilinear"), IMAGES),
    "bilinear aligned": (
        lambda nn: nn.Upsample((5, 7), mode="bilinear", align_corners=True),
        IMAGES,
    ),
    "bilinear smaller": (lambda nn: nn.Upsample(2, mode="bilinear"), IMAGES),
    "bilinear factors": (lambda nn: nn.Upsample(None, (1.5, 2.3), mode="bilinear"), IMAGES),
    "bicubic": (lambda nn: nn.Upsample(scale_factor=2, mode="bicubic"), IMAGES),
    "bicubic aligned": (
        lambda nn: nn.Upsample((5, 3), mode="bicubic", align_corners=True),
        IMAGES,
    ),
    "trilinear": (lambda nn: nn.Upsample(scale_factor=2, mode="trilinear"), VOLUMES),
    "area": (lambda nn: nn.Upsample((2, 3), mode="area"), IMAGES),
    "nearest layer": (lambda nn: nn.UpsamplingNearest2d(scale_factor=2), IMAGES),
    "bilinear layer": (lambda nn: nn.UpsamplingBilinear2d((5, 5)), IMAGES),
}
OTHERS: dict[str, tuple[Make, tuple[int, ...]]] = {
    "unfold": (lambda nn: nn.Unfold(2), IMAGES),
    "unfold options": (lambda nn: nn.Unfold((2, 3), (1, 2), 1, (2, 1)), (2, 5, 6)),
    "fold": (lambda nn: nn.Fold((3, 4), 2), (2, 8, 6)),
    "fold options": (lambda nn: nn.Fold(5, (2, 3), padding=1, stride=2), (6, 9)),
    "pixel shuffle": (lambda nn: nn.PixelShuffle(2), (2, 8, 2, 3)),
    "pixel unshuffle": (lambda nn: nn.PixelUnshuffle(2), (2, 4, 6)),
    "channel shuffle": (lambda nn: nn.ChannelShuffle(2), (2, 6, 2, 2)),
    "zero 1d": (lambda nn: nn.ZeroPad1d((2, 1)), SERIES),
    "zero 2d": (lambda nn: nn.ZeroPad2d(1), IMAGES),
    "zero 3d": (lambda nn: nn.ZeroPad3d((1, 0, 0, 1, 1, 1)), VOLUMES),
    "constant 1d": (lambda nn: nn.ConstantPad1d(1, 2.5), SERIES),
    "constant 2d": (lambda nn: nn.ConstantPad2d((1, -1, 0, 2), 3), IMAGES),
    "constant 3d": (lambda nn: nn.ConstantPad3d(1, -1.0), VOLUMES),
    "reflection 1d": (lambda nn: nn.ReflectionPad1d((3, 1)), SERIES),
    "reflection 2d": (lambda nn: nn.ReflectionPad2d((3, 1, 2, -1)), IMAGES),
    "reflection 3d": (lambda nn: nn.ReflectionPad3d(1), VOLUMES),
    "replication 1d": (lambda nn: nn.ReplicationPad1d(3), SERIES),
    "replication 2d": (lambda nn: nn.ReplicationPad2d((3, 1, 2, 0)), IMAGES[1:]),
    "replication 3d": (lambda nn: nn.ReplicationPad3d(2), VOLUMES),
    "circular 1d": (lambda nn: nn.CircularPad1d((2, 5)), SERIES),
    "circular 2d": (lambda nn: nn.CircularPad2d((1, 2, 3, 0)), IMAGES),
    "circular 3d": (lambda nn: nn.CircularPad3d(1), VOLUMES),
    "lp 1d": (lambda nn: nn.LPPool1d(2, 2), SERIES),
    "lp 2d": (lambda nn: nn.LPPool2d(2, (2, 3), stride=1), IMAGES),
    "lp 2d ceil": (lambda nn: nn.LPPool2d(4, 2, ceil_mode=True), IMAGES),
    "lp 3d": (lambda nn: nn.LPPool3d(2, 2), VOLUMES),
}
for _name, (_make, _shape) in {**UPSAMPLED, **OTHERS}.items():
    CASES[_name] = of_layer(_make, _shape)


@CASES
def antialias(torch: Any) -> dict[str, Any]:
    torch.manual_seed(1)
    found = {}
    for mode in ("bilinear", "bicubic"):
        for size in ((2, 3), (5, 9)):
            x = torch.randn(1, 2, 6, 7).requires_grad_()
            y = torch.nn.functional.interpolate(x, size, mode=mode, antialias=True)
            (y * y).sum().backward()
            found[f"{mode} {size}"], found[f"{mode} {size} grad"] = y.detach(), x.grad
            found[f"{mode} {size} printed"] = repr(y).split("grad_fn=")[-1]
    return found


@CASES
def places_of_a_grid(torch: Any) -> dict[str, Any]:
    functional = torch.nn.functional
    found = {}
    for aligned in (True, False):
        torch.manual_seed(1)
        theta = torch.randn(2, 2, 3).requires_grad_()
        grid = functional.affine_grid(theta, [2, 1, 3, 4], align_corners=aligned)
        (grid * grid).sum().backward()
        found[f"grid {aligned}"], found[f"grid {aligned} grad"] = grid.detach(), theta.grad
        found[f"grid {aligned} printed"] = repr(grid).split("grad_fn=")[-1]
        for mode in ("bilinear", "nearest"):
            for padding in ("zeros", "border", "reflection"):
                x = torch.randn(2, 2, 4, 5).requires_grad_()
                places = (torch.randn(2, 3, 4, 2) * 1.5).requires_grad_()
                y = functional.grid_sample(x, places, mode, padding, aligned)
                (y * y).sum().backward()
                name = f"{mode} {padding} {aligned}"
                found |= {name: y.detach(), f"{name} grad": x.grad, f"{name} places": places.grad}
                found[f"{name} printed"] = repr(y).split("grad_fn=")[-1]
    return found


@CASES
def unpooled(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    torch.manual_seed(1)
    found = {}
    for name, pool, back, shape in (
        ("1d", nn.MaxPool1d, nn.MaxUnpool1d, (2, 2, 6)),
        ("2d", nn.MaxPool2d, nn.MaxUnpool2d, (2, 2, 4, 6)),
        ("2d of one", nn.MaxPool2d, nn.MaxUnpool2d, (2, 5, 6)),
        ("3d", nn.MaxPool3d, nn.MaxUnpool3d, (1, 2, 2, 4, 3)),
    ):
        x = torch.rand(shape).requires_grad_()
        layer = back(2)
        y = layer(
            *pool(2, return_indices=True)(x), output_size=None if "one" in name else shape[2:]
        )
        (y * torch.arange(float(y.numel())).reshape(y.shape)).sum().backward()
        found[name], found[f"{name} grad"] = y.detach(), x.grad
        found[f"{name} printed"] = repr(layer) + repr(y).split("grad_fn=")[-1]
    return found


@CASES
def sizes_refused(torch: Any) -> dict[str, Any]:
    functional = torch.nn.functional
    x, ones = torch.ones(1, 1, 2, 2), torch.ones
    place = torch.tensor([[[[7]]]])
    found = {}
    for name, provoke in {
        "no size": lambda: functional.interpolate(x),
        "two sizes": lambda: functional.interpolate(x, 2, 2),
        "size of three": lambda: functional.interpolate(x, (2, 2, 2)),
        "factors of three": lambda: functional.interpolate(x, scale_factor=(2, 2, 2)),
        "corners": lambda: functional.interpolate(x, 2, align_corners=True),
        "mode of series": lambda: functional.interpolate(x, 2, mode="linear"),
        "no mode": lambda: functional.interpolate(x, 2, mode="cubic"),
        "matrix": lambda: functional.interpolate(ones(2, 2), 2),
        "nearest antialias": lambda: functional.interpolate(x, 2, antialias=True),
        "recomputed size": lambda: functional.interpolate(x, 2, recompute_scale_factor=True),
        "window": lambda: functional.unfold(x, 3),
        "fold channels": lambda: functional.fold(ones(1, 7, 4), (3, 3), 2),
        "fold windows": lambda: functional.fold(ones(1, 8, 5), (3, 3), 2),
        "shuffle": lambda: functional.pixel_shuffle(ones(1, 7, 2, 2), 2),
        "shuffle matrix": lambda: functional.pixel_shuffle(ones(2, 2), 2),
        "unshuffle": lambda: functional.pixel_unshuffle(ones(1, 1, 3, 4), 2),
        "channels": lambda: functional.channel_shuffle(ones(1, 3, 2, 2), 2),
        "mirror": lambda: functional.pad(ones(1, 1, 2), (2, 0), "reflect"),
        "twice around": lambda: functional.pad(ones(1, 1, 2), (3, 0), "circular"),
        "vector": lambda: functional.pad(ones(2), (1, 0), "reflect"),
        "margin mode": lambda: functional.pad(ones(1, 1, 2), (1, 0), "foo"),
        "odd margins": lambda: functional.pad(ones(1, 1, 2), (1,)),
        "many margins": lambda: functional.pad(ones(2), (1, 1, 1, 1)),
        "mirror value": lambda: functional.pad(ones(1, 1, 3), (1, 1), "reflect", 1.0),
        "place": lambda: functional.max_unpool2d(ones(1, 1, 1, 1), place, 2),
        "unpooled size": lambda: functional.max_unpool2d(
            ones(1, 1, 1, 1), place, 2, output_size=(9, 9)
        ),
        "float places": lambda: functional.max_unpool2d(ones(1, 1, 1, 1), place.float(), 2),
        "fewer places": lambda: functional.max_unpool2d(ones(1, 1, 1, 1), place[0], 2),
    }.items():
        try:
            provoke()
        except Exception as error:
            found[name] = f"{type(error).__name__}: " + str(error).split("\n")[0]
    return found
