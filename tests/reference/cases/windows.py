"""Layers of windows over series and volumes: convolutions, the transposed ones too, and pools."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases, of_layer

CASES = Cases()

Make = Callable[[Any], Any]

SERIES, IMAGES, VOLUMES = (2, 4, 7), (2, 4, 4, 5), (1, 2, 3, 4, 3)
CONVOLUTIONS: dict[str, tuple[Make, tuple[int, ...]]] = {
    "conv1d": (lambda nn: nn.Conv1d(4, 3, 3), SERIES),
    "conv1d of one": (lambda nn: nn.Conv1d(4, 3, 2, stride=2, padding=1), SERIES[1:]),
    "conv1d options": (
        lambda nn: nn.Conv1d(4, 2, (2,), 1, (1,), 2, 2, False, "circular"),
        SERIES,
    ),
    "conv1d same": (lambda nn: nn.Conv1d(4, 2, 4, padding="same", padding_mode="reflect"), SERIES),
    "conv3d": (lambda nn: nn.Conv3d(2, 2, 2), VOLUMES),
    "conv3d of one": (lambda nn: nn.Conv3d(2, 1, (1, 3, 2), (1, 2, 1), "valid"), VOLUMES[1:]),
    "conv3d options": (
        lambda nn: nn.Conv3d(2, 2, (3, 2, 1), padding=1, groups=2, padding_mode="replicate"),
        VOLUMES,
    ),
    "transposed 1d": (lambda nn: nn.ConvTranspose1d(4, 3, 3), SERIES),
    "transposed 1d of one": (lambda nn: nn.ConvTranspose1d(4, 3, 3, 2, 1, 1), SERIES[1:]),
    "transposed 2d": (lambda nn: nn.ConvTranspose2d(4, 3, 3), IMAGES),
    "transposed 2d stride": (
        lambda nn: nn.ConvTranspose2d(4, 2, 4, stride=2, padding=1, bias=False),
        IMAGES,
    ),
    "transposed 2d options": (
        lambda nn: nn.ConvTranspose2d(4, 6, (2, 3), (3, 1), (0, 1), (2, 1), 2, True, (1, 2)),
        IMAGES,
    ),
    "transposed 2d of one": (lambda nn: nn.ConvTranspose2d(4, 1, 1), IMAGES[1:]),
    "transposed 3d": (lambda nn: nn.ConvTranspose3d(2, 2, 2, stride=2), VOLUMES),
}
for _name, (_make, _shape) in CONVOLUTIONS.items():
    CASES[_name] = of_layer(_make, _shape)
CASES["transposed 2d float64"] = of_layer(CONVOLUTIONS["transposed 2d"][0], IMAGES, kind="float64")

POOLS: dict[str, tuple[Make, tuple[int, ...]]] = {
    "max 1d": (lambda nn: nn.MaxPool1d(2), SERIES),
    "max 1d options": (lambda nn: nn.MaxPool1d(3, 2, 1, 2, ceil_mode=True), SERIES),
    "max 3d": (lambda nn: nn.MaxPool3d(2), VOLUMES),
    "max 3d options": (lambda nn: nn.MaxPool3d((1, 3, 2), 1, (0, 1, 1)), VOLUMES),
    "average 1d": (lambda nn: nn.AvgPool1d(2), SERIES),
    "average 1d options": (lambda nn: nn.AvgPool1d(3, 2, 1, True, False), SERIES),
    "average 3d": (lambda nn: nn.AvgPool3d(2), VOLUMES),
    "average 3d options": (
        lambda nn: nn.AvgPool3d((1, 3, 2), 1, (0, 1, 1), divisor_override=5),
        VOLUMES,
    ),
    "adaptive average 1d": (lambda nn: nn.AdaptiveAvgPool1d(3), SERIES),
    "adaptive average 1d of one": (lambda nn: nn.AdaptiveAvgPool1d(1), SERIES),
    "adaptive average 2d": (lambda nn: nn.AdaptiveAvgPool2d(3), IMAGES),
    "adaptive average 2d larger": (lambda nn: nn.AdaptiveAvgPool2d((7, None)), IMAGES),
    "adaptive average 2d of one": (lambda nn: nn.AdaptiveAvgPool2d((1, 1)), IMAGES),
    "adaptive average 3d": (lambda nn: nn.AdaptiveAvgPool3d((2, 3, 1)), VOLUMES),
    "adaptive max 1d": (lambda nn: nn.AdaptiveMaxPool1d(3), SERIES),
    "adaptive max 2d": (lambda nn: nn.AdaptiveMaxPool2d(3), IMAGES),
    "adaptive max 2d larger": (lambda nn: nn.AdaptiveMaxPool2d((7, None)), IMAGES),
    "adaptive max 3d": (lambda nn: nn.AdaptiveMaxPool3d((2, 3, 1)), VOLUMES),
}
for _name, (_make, _shape) in POOLS.items():
    CASES[_name] = of_layer(_make, _shape, _shape[1:])


@CASES
def winners(torch: Any) -> dict[str, Any]:
    functional = torch.nn.functional
    torch.manual_seed(3)
    found = {}
    for name, pool, shape in (
        ("1d", lambda x: functional.max_pool1d(x, 3, 2, 1, return_indices=True), SERIES),
        ("3d", lambda x: functional.max_pool3d(x, 2, 1, return_indices=True), VOLUMES),
        ("adaptive 1d", lambda x: functional.adaptive_max_pool1d(x, 3, True), SERIES),
        ("adaptive 2d", lambda x: functional.adaptive_max_pool2d(x, (3, 2), True), IMAGES),
        ("adaptive 3d", lambda x: functional.adaptive_max_pool3d(x, 2, True), VOLUMES),
        ("with 1d", lambda x: functional.max_pool1d_with_indices(x, 3), SERIES),
        ("with 2d", lambda x: functional.max_pool2d_with_indices(x, 2, 1), IMAGES),
        ("with 3d", lambda x: functional.max_pool3d_with_indices(x, 2), VOLUMES),
        ("with adaptive", lambda x: functional.adaptive_max_pool2d_with_indices(x, 2), IMAGES),
    ):
        found[name], found[f"{name} places"] = pool((torch.rand(shape) * 5).round())
    return found


@CASES
def sizes_of_transposed_convolutions(torch: Any) -> dict[str, Any]:
    layer = torch.nn.ConvTranspose2d(1, 1, 3, stride=2, padding=1)
    x = torch.rand(1, 1, 4, 4)
    found = {
        "plain": repr(layer(x).shape),
        "asked": repr(layer(x, output_size=(8, 7)).shape),
        "asked as a whole": repr(layer(x, output_size=x.new_empty(1, 1, 7, 8).size()).shape),
    }
    for size in ((9, 9), (7,)):
        try:
            layer(x, output_size=size)
        except ValueError as error:
            found[f"{size}"] = str(error).split("\n")[0]
    return found


@CASES
def dropout_of_channels(torch: Any) -> dict[str, Any]:
    functional = torch.nn.functional
    torch.manual_seed(4)
    found = {}
    for name, drop, shape in (
        ("1d", functional.dropout1d, (3, 4, 2)),
        ("1d of one", functional.dropout1d, (6, 2)),
        ("2d", functional.dropout2d, (2, 5, 2, 2)),
        ("2d of three", functional.dropout2d, (2, 5, 2)),
        ("3d", functional.dropout3d, (2, 5, 1, 2, 2)),
        ("3d of one", functional.dropout3d, (5, 1, 2, 2)),
        ("alpha", functional.alpha_dropout, (4, 5)),
        ("feature alpha", functional.feature_alpha_dropout, (2, 5, 3)),
    ):
        for p in (0.3, 0.5, 1.0):
            x = torch.rand(shape).requires_grad_()
            y = drop(x, p, training=True)
            (y * y).sum().backward()
            found[f"{name} {p}"], found[f"{name} {p} grad"] = y.detach(), x.grad
            found[f"{name} {p} printed"] = repr(y).split("grad_fn=")[-1]
        if "of one" not in name:
            found[f"{name} in use"] = repr(drop(x, training=False) is x)
    return found


@CASES
def dropouts_as_layers(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    layers = [nn.Dropout1d(), nn.Dropout2d(0.2), nn.Dropout3d(inplace=True), nn.AlphaDropout(0.1)]
    layers.append(nn.FeatureAlphaDropout())
    found = {str(place): repr(layer) for place, layer in enumerate(layers)}
    torch.manual_seed(2)
    for place, layer in enumerate(layers):
        found[f"{place} y"] = layer(torch.ones((4, 3, 2, 2, 2)[: 3 if place == 0 else 5]))
    return found


@CASES
def batch_norm_of_volumes(torch: Any) -> dict[str, Any]:
    return of_layer(lambda nn: nn.BatchNorm3d(2), (3, 2, 2, 2, 3))(torch)
