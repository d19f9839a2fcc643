"""A convolution on tiny digits.

A convolution is a small window of weights that slides over an image and looks for the same thing at every
place. The digits below are drawn in the code and covered with noise. While the network learns, they stand
in the left half of the image; then they are moved to the right half, where it has never seen any. A window
does not mind, because its weights are the same everywhere. A network in which every pixel has a weight of
its own has to learn each place anew, and guesses. In the picture: a 7 in the right half, and which pixels
speak for it.

Things to try: draw your initial in place of a digit. Give the convolution 4 windows, or windows of 3 by 3
(the pooling then goes over 7 by 10), and see what it confuses.

Order: 90
Tags: convolution, classification, training
PyTorch: without the diagram
Tolerance: 0.05
"""

import torch
import torch.nn as nn
from backprop import viz

drawn = [
    ".###. #...# #...# #...# #...# #...# .###.",
    "..#.. .##.. ..#.. ..#.. ..#.. ..#.. .###.",
    ".###. #...# ....# ...#. ..#.. .#... #####",
    "####. ....# ....# .###. ....# ....# ####.",
    "#..#. #..#. #..#. ##### ...#. ...#. ...#.",
    "##### #.... ####. ....# ....# #...# .###.",
    ".###. #.... #.... ####. #...# #...# .###.",
    "##### ....# ...#. ...#. ..#.. ..#.. ..#..",
    ".###. #...# #...# .###. #...# #...# .###.",
    ".###. #...# #...# .#### ....# ....# .###.",
]
ink = [[[float(pixel == "#") for pixel in row] for row in digit.split()] for digit in drawn]
shapes = torch.tensor(ink)  # (10, 7, 5)


def images(count, leftmost):
    """Digits of 7 by 5 in images of shape (count, 1, 9, 12), and which digit each of them is."""
    X = 0.15 * torch.randn(count, 1, 9, 12)
    y = torch.randint(10, (count,))
    for image, digit in zip(X, y.tolist()):
        top, left = torch.randint(3, (2,)).tolist()
        image[0, top : top + 7, leftmost + left : leftmost + left + 5] += shapes[digit]
    return X, y


torch.manual_seed(0)
X, y = images(300, leftmost=0)
new = {"left": images(200, leftmost=0), "right": images(200, leftmost=5)}

convolution = nn.Sequential(
    nn.Conv2d(1, 16, kernel_size=(7, 5)),  # 16 windows as large as a digit: 16 images of 3 by 8
    nn.ReLU(),
    nn.MaxPool2d((3, 8)),  # how well each window fitted, where it fitted best
    nn.Flatten(),
    nn.Linear(16, 10),
)
every_pixel = nn.Sequential(nn.Flatten(), nn.Linear(9 * 12, 32), nn.ReLU(), nn.Linear(32, 10))
loss_fn = nn.CrossEntropyLoss()


def read(model, half):
    """The share of digits that it reads."""
    X, y = new[half]
    with torch.no_grad():
        return (model(X).argmax(dim=1) == y).float().mean().item()


for name, model in [("every pixel", every_pixel), ("convolution", convolution)]:
    print(f"{name}: {sum(parameter.numel() for parameter in model.parameters()):,} weights")
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    for epoch in range(1, 13):
        for batch in torch.randperm(len(X)).split(30):
            optimizer.zero_grad()
            loss_fn(model(X[batch]), y[batch]).backward()
            optimizer.step()
        if epoch % 4 == 0:
            left, right = read(model, "left"), read(model, "right")
            print(f"  epoch {epoch:2d}   reads: left half {left:4.0%}, right half {right:4.0%}")

X, y = new["right"]
viz.saliency(convolution, X[y == 7][:1], target=7)
