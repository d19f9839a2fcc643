"""Softmax and cross-entropy.

A network that chooses between classes gives each a score. Softmax makes probabilities of the scores:
exponentiate, so that all are positive, and divide by the sum. Cross-entropy then asks one thing, which
probability the right class got, and is minus its logarithm. Together they have the simplest of gradients:
the blame of a score is its probability, minus 1 if it is the right class. Blame that is negative asks for
more.

Things to try: make the right class the first one, and watch the loss and the signs. Add 1000 to every
score: by hand the numbers overflow, while the library takes the largest score away first.

Order: 33
Tags: classification, loss
PyTorch: without the diagram
"""

import torch
import torch.nn.functional as F
from backprop import viz

classes = ["cat", "dog", "fish"]
right = 1
scores = torch.tensor([2.0, 1.0, -1.0], requires_grad=True)


def surprise(scores):
    """Cross-entropy by hand."""
    exponentials = scores.exp()
    probabilities = exponentials / exponentials.sum()
    return -probabilities[right].log()


loss = surprise(scores)
loss.backward()
probabilities = torch.softmax(scores, dim=0).tolist()

print("         score  probability  d loss / d score")
for place, name in enumerate(classes):
    score, blame = scores[place].item(), scores.grad[place].item()
    print(f"{name:>5}  {score:7.1f}  {probabilities[place]:11.4f}  {blame:16.4f}")
print(f"\nby hand        {loss.item():.4f}")
print(f"the library    {F.cross_entropy(scores, torch.tensor(right)).item():.4f}")

# Only differences count: the same number added to all scores changes nothing.
print(f"all scores +5  {surprise(scores + 5).item():.4f}")

# What a few steps against the gradient do to the probabilities.
print()
for step in range(16):
    if step % 5 == 0:
        shares = torch.softmax(scores, dim=0).tolist()
        now = "   ".join(f"{name} {share:4.0%}" for name, share in zip(classes, shares))
        print(f"after {step:2d} steps   {now}")
    scores.grad = None
    surprise(scores).backward()
    with torch.no_grad():
        scores -= 0.5 * scores.grad

scores = torch.tensor([2.0, 1.0, -1.0], requires_grad=True)  # as in the beginning, for the picture
viz.graph(lambda: surprise(scores))
