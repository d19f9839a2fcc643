/** What stands behind a dot in a program: found in its text alone, without running it. */

/** A name, what it is, its arguments, and what it does in a sentence. */
export type Name = readonly [name: string, kind: string, parameters: string, sentence: string];

/** What the library offers, by what stands before the dot: a module's full name, or a kind of object. */
export type Names = Record<string, readonly Name[]>;

/** What lessons import; a cell need not repeat it. */
const USUAL = new Map([
  ['torch', 'torch'],
  ['nn', 'torch.nn'],
  ['F', 'torch.nn.functional'],
  ['optim', 'torch.optim'],
  ['viz', 'backprop.viz'],
  ['ui', 'backprop.ui'],
]);

const IMPORT = /^[ \t]*import[ \t]+([\w.]+)(?:[ \t]+as[ \t]+(\w+))?/gm;
const FROM = /^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+\(?([\w \t,]+)/gm;
const CLASS = /^[ \t]*class[ \t]+(\w+)[ \t]*\([ \t]*([\w.]+)/gm;
const ASSIGNMENT = /^[ \t]*(\w+)[ \t]*=[ \t]*([\w.]+)[ \t]*\(/gm;

/** The key of `names` whose members can follow `path` in `code`, or null where that can't be told. */
export function ownerOf(code: string, path: string, names: Names): string | null {
  const known = meanings(code);
  const full = expand(path, known);
  if (Object.hasOwn(names, full)) return full;
  if (path.includes('.')) return null;
  // The last assignment before the cursor would be better still; programs rarely change what a name is.
  const made = [...code.matchAll(ASSIGNMENT)].findLast(([, name]) => name === path)?.[2];
  return made === undefined ? null : kindOf(expand(made, known), names);
}

/** What each imported or defined name stands for. */
function meanings(code: string): Map<string, string> {
  const known = new Map(USUAL);
  for (const [, module = '', alias] of code.matchAll(IMPORT)) {
    const first = module.split('.')[0] ?? '';
    known.set(alias ?? first, alias === undefined ? first : module);
  }
  for (const [, module = '', list = ''] of code.matchAll(FROM)) {
    for (const [, name = '', alias] of list.matchAll(/(\w+)(?:[ \t]+as[ \t]+(\w+))?/g)) {
      known.set(alias ?? name, `${module}.${name}`);
    }
  }
  for (const [, name = '', base = ''] of code.matchAll(CLASS)) known.set(name, expand(base, known));
  return known;
}

function expand(path: string, known: Map<string, string>): string {
  const [first = '', ...rest] = path.split('.');
  const full = [known.get(first) ?? first, ...rest].join('.');
  // The library itself goes by both names.
  return full === 'backprop' || (full.startsWith('backprop.') && !isOwn(full))
    ? `torch${full.slice('backprop'.length)}`
    : full;
}

/** Whether it is one of the modules that PyTorch does not have. */
function isOwn(path: string): boolean {
  return /^backprop\.(viz|ui)\b/.test(path);
}

/** What a call of `path` returns. */
function kindOf(path: string, names: Names): string | null {
  const dot = path.lastIndexOf('.');
  const [module, name] = [path.slice(0, dot), path.slice(dot + 1)];
  const kind = names[module]?.find(([each]) => each === name)?.[1];
  if (kind === 'class' && module === 'torch.nn') return 'Module';
  if (kind === 'class' && module === 'torch.optim') return 'Optimizer';
  return kind === 'function' && /^torch(\.nn\.functional)?$/.test(module) ? 'Tensor' : null;
}
