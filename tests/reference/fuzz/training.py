"""Statements of training: layers, losses, gradients, optimizers."""

from __future__ import annotations

from tests.reference.fuzz.scope import Scope, Unsuitable, float32, floating, leaf, whole


def flat_layer(scope: Scope) -> str:
    name, chance = scope.tensor(lambda value: float32(value) and value.dim() > 0), scope.chance
    features = scope.values[name].shape[-1]
    kinds = [
        f"nn.Linear({features}, 3)",
        f"nn.Linear({features}, 4, bias=False)",
        f"nn.LayerNorm({features})",
    ]
    kinds += [
        "nn.ReLU()",
        "nn.Tanh()",
        "nn.Dropout(0.5)",
        "nn.Softmax(dim=-1)",
        "nn.GELU()",
        "nn.Identity()",
    ]
    kinds += [
        f"nn.Sequential(nn.Linear({features}, 5), nn.ReLU(), nn.Linear(5, 2))",
        "nn.LeakyReLU(0.2)",
    ]
    kinds += [
        "nn.Flatten()",
        "nn.Sigmoid()",
        "nn.ELU()",
        "nn.SiLU()",
        "nn.PReLU()",
        "nn.Hardtanh()",
    ]
    kinds += [
        f"nn.BatchNorm1d({features})",
        f"nn.RMSNorm({features})",
        "nn.LogSoftmax(dim=-1)",
        "nn.Softplus()",
    ]
    layer = scope.fresh("layer")
    return f"{layer} = {chance.choice(kinds)}; {scope.fresh()} = {layer}({name})"


def picture_layer(scope: Scope) -> str:
    name = scope.tensor(lambda value: float32(value) and value.dim() in {3, 4})
    channels = scope.values[name].shape[-3]
    kinds = [
        f"nn.Conv2d({channels}, 2, 2)",
        f"nn.Conv2d({channels}, 3, 3, padding=1)",
        "nn.MaxPool2d(2)",
    ]
    kinds += [
        "nn.AvgPool2d(2)",
        "nn.Flatten()",
        "nn.AdaptiveAvgPool2d(1)",
        f"nn.BatchNorm2d({channels})",
    ]
    kinds += [
        f"nn.ConvTranspose2d({channels}, 2, 2, stride=2)",
        "nn.Upsample(scale_factor=2)",
        "nn.Dropout2d(0.5)",
    ]
    kinds += [
        "nn.MaxPool2d(2, stride=1)",
        f"nn.GroupNorm(1, {channels})",
        "nn.ZeroPad2d(1)",
        "nn.AdaptiveMaxPool2d(2)",
    ]
    layer = scope.fresh("layer")
    return f"{layer} = {scope.chance.choice(kinds)}; {scope.fresh()} = {layer}({name})"


def embedding(scope: Scope) -> str:
    name = scope.tensor(whole)
    value = scope.values[name]
    if value.numel() == 0 or int(value.min()) < 0 or int(value.max()) > 9:
        raise Unsuitable
    layer = scope.fresh("layer")
    options = scope.chance.choice(["", "", ", padding_idx=0"])
    return f"{layer} = nn.Embedding(10, 3{options}); {scope.fresh()} = {layer}({name})"


def function(scope: Scope) -> str:
    name, chance = scope.tensor(floating), scope.chance
    dim = scope.dim(name)
    call = chance.choice(
        [
            f"softmax({name}, dim={dim})",
            f"log_softmax({name}, dim={dim})",
            f"normalize({name}, dim={dim})",
            f"dropout({name}, 0.3)",
            f"dropout({name}, p=0.5, training=False)",
            f"pad({name}, (1, 1))",
            f"one_hot({name}.abs().long().clamp(max=4), 5)",
            f"layer_norm({name}, {name}.shape[-1:])",
            f"cosine_similarity({name}, {name} + 1, dim={dim})",
            f"glu({name}, dim={dim})",
            f"softmin({name}, dim={dim})",
            f"pairwise_distance({name}, {name} + 1)",
            f"threshold({name}, 0.1, 20)",
            f"celu({name})",
            f"gumbel_softmax({name}, dim={dim})",
            f"hardsigmoid({name})",
            f"hardswish({name})",
        ]
    )
    return f"{scope.fresh()} = F.{call}"


def loss(scope: Scope) -> str:
    name, chance = scope.tensor(floating), scope.chance
    shape = scope.values[name].shape
    target = scope.tensor(lambda value: floating(value) and value.shape == shape)
    option = chance.choice(["", "", ", reduction='sum'", ", reduction='none'"])
    kind = chance.choice(
        ["mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "binary_cross_entropy_with_logits"]
    )
    if chance.random() < 0.3:
        made = {"mse_loss": "MSELoss", "l1_loss": "L1Loss", "smooth_l1_loss": "SmoothL1Loss"}.get(
            kind, "MSELoss"
        )
        return f"{scope.fresh()} = nn.{made}({option[2:]})({name}, {target})"
    if chance.random() < 0.15:
        probabilities = f"{name}.sigmoid(), {target}.detach().sigmoid()"
        return f"{scope.fresh()} = F.binary_cross_entropy({probabilities}{option})"
    if chance.random() < 0.15:
        return f"{scope.fresh()} = F.kl_div({name}.log_softmax(-1), {target}.softmax(-1){option})"
    return f"{scope.fresh()} = F.{kind}({name}, {target}{option})"


def classification(scope: Scope) -> str:
    name = scope.tensor(lambda value: floating(value) and value.dim() == 2 and value.shape[1] > 1)
    rows, classes = scope.values[name].shape
    target = f"torch.arange({rows}) % {classes}"
    option = scope.chance.choice(
        [
            "",
            "",
            ", reduction='sum'",
            ", label_smoothing=0.1",
            f", weight=torch.arange(1., {classes + 1})",
            ", ignore_index=0",
            ", reduction='none'",
        ]
    )
    if "label" not in option and scope.chance.random() < 0.3:
        return f"{scope.fresh()} = F.nll_loss({name}.log_softmax(1), {target}{option})"
    return f"{scope.fresh()} = F.cross_entropy({name}, {target}{option})"


def backward(scope: Scope) -> str:
    name = scope.tensor(lambda value: floating(value) and value.requires_grad)
    if scope.values[name].dim() == 0 and scope.chance.random() < 0.5:
        return f"{name}.backward()"
    form = scope.chance.choice(
        [
            "{0}.sum().backward()",
            "{0}.mean().backward()",
            "{0}.backward(torch.ones_like({0}))",
            "{0}.sum().backward(retain_graph=True)",
            "({0} ** 2).sum().backward()",
        ]
    )
    return form.format(name)


def gradient(scope: Scope) -> str:
    output = scope.tensor(
        lambda value: floating(value) and value.requires_grad and not value.is_leaf
    )
    inputs = scope.tensor(leaf)
    option = scope.chance.choice(["", ", retain_graph=True", ", allow_unused=True"])
    return f"g{scope.fresh()[1:]} = torch.autograd.grad({output}.sum(), {inputs}{option})"


def asked_for(scope: Scope) -> str:
    name = scope.tensor(floating)
    return scope.chance.choice(
        [
            f"{name}.requires_grad_()",
            f"{name}.retain_grad()",
            f"{scope.fresh()} = {name}.detach()",
            f"{name}.grad = None",
            f"{scope.fresh()} = {name}.detach().clone().requires_grad_()",
        ]
    )


def step(scope: Scope) -> str:
    name = scope.tensor(leaf)
    kind = scope.chance.choice(
        [
            "SGD([{}], lr=0.1)",
            "SGD([{}], lr=0.1, momentum=0.9)",
            "Adam([{}])",
            "AdamW([{}], lr=0.01)",
            "RMSprop([{}], lr=0.01)",
            "Adagrad([{}])",
            "SGD([{}], lr=0.1, weight_decay=0.01, nesterov=True, momentum=0.5)",
            "Adamax([{}])",
            "NAdam([{}])",
            "RAdam([{}])",
            "Adadelta([{}])",
            "Rprop([{}])",
            "ASGD([{}])",
        ]
    ).format(name)
    optimizer = scope.fresh("optimizer")
    return f"{optimizer} = torch.optim.{kind}; ({name} ** 2).sum().backward(); {optimizer}.step()"


def without_grad(scope: Scope) -> str:
    name = scope.tensor(leaf)
    return scope.chance.choice(
        [
            f"with torch.no_grad(): {name} -= 0.1",
            f"with torch.no_grad(): {scope.fresh()} = {name} * 2",
        ]
    )


ALL = [
    flat_layer,
    flat_layer,
    picture_layer,
    embedding,
    function,
    function,
    loss,
    loss,
    classification,
]
ALL += [backward, backward, gradient, asked_for, step, without_grad]
