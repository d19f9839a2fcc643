import { describe, expect, it } from 'vitest';
import { type Names, ownerOf } from './names';

const names: Names = {
  torch: [
    ['tensor', 'function', '(data)', ''],
    ['no_grad', 'class', '()', ''],
  ],
  'torch.nn': [
    ['Linear', 'class', '', ''],
    ['Module', 'class', '', ''],
  ],
  'torch.nn.functional': [['relu', 'function', '(input)', '']],
  'torch.optim': [['SGD', 'class', '', '']],
  'backprop.viz': [['graph', 'function', '(loss)', '']],
  Module: [],
  Optimizer: [],
  Tensor: [],
};

describe('what stands behind a dot', () => {
  it.each([
    ['import torch', 'torch', 'torch'],
    ['import torch', 'torch.nn', 'torch.nn'],
    ['import torch as t', 't.nn.functional', 'torch.nn.functional'],
    ['import torch.nn.functional as f', 'f', 'torch.nn.functional'],
    ['from torch import nn as layers, optim', 'layers', 'torch.nn'],
    ['import backprop as torch', 'torch.nn', 'torch.nn'],
    ['from backprop import viz', 'viz', 'backprop.viz'],
    ['', 'F', 'torch.nn.functional'],
  ])('%j: %s is %s', (code, path, owner) => {
    expect(ownerOf(code, path, names)).toBe(owner);
  });

  it.each([
    ['x = torch.tensor([1.0])', 'x', 'Tensor'],
    ['  y = F.relu(x)', 'y', 'Tensor'],
    ['model = nn.Linear(2, 1)', 'model', 'Module'],
    ['class Net(nn.Module):\n  pass\nmodel = Net()', 'model', 'Module'],
    ['from torch.optim import SGD\nopt = SGD(p)', 'opt', 'Optimizer'],
    ['a = 1\na = torch.tensor(1)', 'a', 'Tensor'],
  ])('%j: %s is a %s', (code, path, owner) => {
    expect(ownerOf(code, path, names)).toBe(owner);
  });

  it.each([
    ['nn = 3', 'torch.foo'],
    ['x = [1, 2]', 'x'],
    ['import numpy as np', 'np'],
    ['ctx = torch.no_grad()', 'ctx'],
    ['', 'constructor'],
  ])('%j: of %s nothing is known', (code, path) => {
    expect(ownerOf(code, path, names)).toBeNull();
  });
});
