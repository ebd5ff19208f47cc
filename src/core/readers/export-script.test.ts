import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parser } from '@lezer/python';
import { afterAll, describe, expect, test } from 'vitest';
import { findDependencies } from '../graph/dependencies.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName } from '../module-tree/tree-index.ts';
import { describeTree, frozenIn } from '../testing/describe-tree.ts';
import { readTree } from './read-tree.ts';

const script = fileURLToPath(new URL('../../../public/export_module_tree.py', import.meta.url));
const source = readFileSync(script, 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'export-module-tree-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Interpreters of this machine, and the ones among them that have torch; ESPALIER_PYTHON names one more. */
const pythons = ['python3', '/usr/bin/python3', process.env['ESPALIER_PYTHON'] ?? 'python3'].filter((python, at, all) => all.indexOf(python) === at).filter((python) => runs(python, 'pass'));
const withTorch = pythons.filter((python) => runs(python, 'import torch'));

function runs(python: string, code: string): boolean {
  try {
    execFileSync(python, ['-c', code], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function run(python: string, args: readonly string[], input = ''): string {
  const env = { ...process.env, PYTHONPATH: join(script, '..'), PYTHONDONTWRITEBYTECODE: '1' };
  return execFileSync(
    python,
    args,
    { cwd: folder, encoding: 'utf8', input, env, stdio: ['pipe', 'pipe', 'pipe'] },
  );
}

function treeOf(file: string): ModuleTree {
  const read = readTree({ name: file, bytes: new Uint8Array(readFileSync(join(folder, file))) });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

/** Classes with a `forward`, as models have them; the line of each function matters. */
const codeOfNets = `
class Base:
    training = False
    def forward(self, x): return abs(x)
class Plain(Base):
    def helper(self, x): return [abs(y) for y in range(x)]
    def forward(self, x):
        def inner(y):
            return abs(y) if y is not None else 0
        return inner(x) + sum(self.helper(x))

class Lambda(Base):
    def forward(self, x):
        f = lambda y: abs(y)
        return f(x)
class HeldLambda(Base):
    def __init__(self):
        self.act = lambda y: abs(y)
    def forward(self, x): return self.act(x)
class LambdaWithoutCall(Base):
    def __init__(self):
        self.act = lambda y: y * 2
    def forward(self, x):
        return self.act(x)

class Below(Base):
    def forward(me, x):
        return super().forward(x)
class Middle(Base):
    def forward(self, x):
        return super().forward(x)

class Training(Base):
    def forward(self, x):
        return abs(x) if self.training else x
class Pieces(Base):
    def forward(self, x): return [abs(len(y)) for y in 'a b'.split()]
class Defaults(Base):
    def forward(self, x, act=abs): return act(x)
class Values(Base):
    def forward(self, x): return list({'a': x}.values())
`;

describe('T25a the exporter', () => {
  test('is Python, and imports the standard library and torch only', () => {
    const errors: number[] = [];
    const imported: string[] = [];
    parser.parse(source).iterate({
      enter(node) {
        if (node.type.isError) errors.push(node.from);
        if (node.name === 'ImportStatement') imported.push(source.slice(node.from, node.to).trim());
      },
    });
    expect(errors).toEqual([]);
    expect([...new Set(imported.map((line) => line.replace('import ', '')))].toSorted()).toEqual([
      'argparse', 'ast', 'difflib', 'gzip', 'importlib', 'inspect', 'io', 'json', 'os', 're', 'sys', 'textwrap', 'torch',
    ]);
  });

  test.each(pythons)('T25c: %s notes code that ModelSpeedup’s own tracer does not take', (python) => {
    writeFileSync(join(folder, 'nets.py'), codeOfNets);
    const found = run(python, ['-c', [
      'import json, nets', 'from export_module_tree import _SourceWatch', 'found = {}',
      'for kind in vars(nets).values():',
      '    if not isinstance(kind, type): continue',
      '    with _SourceWatch(kind()) as watch: kind().forward(3)',
      '    found[kind.__name__] = watch.found',
      'print(json.dumps(found))',
    ].join('\n')]);
    expect(JSON.parse(found)).toEqual({
      Base: [],
      Plain: [],
      Lambda: ['a lambda in nets, line 14'],
      HeldLambda: ['a lambda in nets, line 18'],
      LambdaWithoutCall: [],
      Below: ['super() in nets, line 27'],
      Middle: [],
      Training: ['a branch on self.training in nets, line 34'],
      Pieces: ['a loop where a tensor is split in nets, line 37'],
      Defaults: ['a function as default of an argument of forward'],
      Values: ['a list of what a dict holds in nets, line 41'],
    });
  });
});

/** Modules that look like torch's to the exporter, with all that is odd about real ones. */
const standIn = String.raw`
class Tensor:
    def __init__(self, *shape, dtype="torch.float32", requires_grad=True):
        self.shape, self.dtype, self.requires_grad = shape, dtype, requires_grad
class Lazy:
    dtype = "torch.float32"
    @property
    def shape(self): raise RuntimeError("no shape yet")
class Module:
    def __init__(self, **children):
        self._modules, self._parameters, self._buffers = dict(children), {}, {}
    def named_modules(self): pass
    def extra_repr(self): return ""
    def forward(self, input): pass
class Linear(Module):
    def extra_repr(self): return "in_features=3"
class Odd(Module):
    gain, kind = None, "odd"
    @property
    def broken(self): raise RuntimeError("never asked for")
    def forward(self, x, y=None, *rest, mask, flag=True, **others): pass
    def extra_repr(self): raise ValueError("broken")
class NoSignature(Module):
    forward = min
class Argument:
    def __init__(self, name, kwarg_only=False): self.name, self.kwarg_only = name, kwarg_only
class Scripted(Module):
    class forward:
        class schema:
            arguments = [Argument("self"), Argument("x"), Argument("k", True)]
    forward.__signature__ = 7
def build(layers=2):
    shared = Linear()
    shared._parameters = {"weight": Tensor(2, 3), "bias": None}
    model = Odd()
    model.bias, model.sizes, model.training, model._hidden = None, (1, 2), True, 3
    model._modules["a"] = shared
    model._modules["b+\n\u202e層\ud800"] = shared
    model._modules["nothing"] = None
    model._modules["lazy"] = NoSignature()
    model._modules["lazy"]._parameters["weight"] = Lazy()
    model._modules["script"] = Scripted()
    model._modules["head"] = Linear()
    model._modules["head"]._parameters["weight"] = shared._parameters["weight"]
    model._modules["head"]._buffers["count"] = Tensor(dtype="torch.int64", requires_grad=False)
    model._modules["head"]._parameters["bias"] = Tensor(2, requires_grad=False)
    model._modules["list"] = Module(**{str(i): Linear() for i in range(layers)})
    loop = Module()
    loop._modules["self"] = loop
    model._modules["loop"] = loop
    return model
model = build()
`;
const standInTree = [
  ' Odd', 'a Linear weight[2,3] bias=None', 'b+\n\u202e層\ud800 Linear weight[2,3] bias=None', 'lazy NoSignature weight',
  'script Scripted', 'head Linear weight[2,3] bias[2] count[]', 'list Module', 'list.0 Linear', 'list.1 Linear', 'loop Module',
];

for (const python of pythons.slice(0, 1)) {
  describe(`T25a the exporter in ${python}`, () => {
    writeFileSync(join(folder, 'standin.py'), standIn);

    test('as an import', () => {
      run(
        python,
        [
          '-c',
          'from export_module_tree import export_module_tree as e; import standin; print(e(standin.model, "i.json.gz"))',
        ],
      );
      const tree = treeOf('i.json.gz');
      expect(describeTree(tree)).toEqual(standInTree);
      expect(frozenIn(tree)).toEqual(['head.bias']);
      expect(tree.specs[tree.specId[0]!]!.attributes?.map(({ name, type }) => [name, type])).toEqual([
        ['gain', 'NoneType'], ['kind', 'str'], ['bias', 'NoneType'], ['sizes', 'tuple'],
      ]);
      expect([[...tree.sharedWith], [...tree.tiedTo], tree.model, tree.lacks]).toEqual([
        [[2, 1]], [['head.weight', 'a.weight']], 'Odd', ['shapes'],
      ]);
      const specOf = (row: number): unknown => tree.specs[tree.specId[row]!]!.forward;
      expect([specOf(0), specOf(1), specOf(3), specOf(4)]).toEqual([
        { args: ['x', 'y'], kwonly: ['mask', 'flag'], varargs: 'rest', varkw: 'others' },
        { args: ['input'], kwonly: [], varargs: null, varkw: null },
        null,
        { args: ['x'], kwonly: ['k'], varargs: null, varkw: null },
      ]);
    });

    test('arguments of forward are those that NNI finds, decorated ones too', () => {
      const code = String.raw`
import functools, inspect, io, json, standin
from export_module_tree import export_module_tree
def decorated(forward):
    @functools.wraps(forward)
    def inner(self, *args, scale=1, **kwargs): return forward(self, *args, **kwargs)
    return inner
class Decorated(standin.Module):
    @decorated
    def forward(self, hidden, mask=None): pass
class Static(standin.Module):
    @staticmethod
    def forward(x, y): pass
own = standin.Linear()
own.forward = functools.partial(own.forward, input=None)
told = []
for model in (Decorated(), standin.Odd(), standin.Linear(), Static(), own):
    stream = io.StringIO()
    export_module_tree(model, stream)
    written = json.loads(stream.getvalue())["modules"][0]["forward"]
    spec = inspect.getfullargspec(model.forward)
    asked = {"args": [name for name in spec.args if name != "self"], "varargs": spec.varargs, "varkw": spec.varkw, "kwonly": spec.kwonlyargs}
    told.append([written, {key: value for key, value in asked.items() if value or key == "args"}])
print(json.dumps(told))
`;
      const told = JSON.parse(run(python, ['-c', code])) as readonly (readonly [unknown, unknown])[];
      expect(told.map(([written]) => written)).toEqual(told.map(([, asked]) => asked));
      expect(told[0]![0]).toEqual({ args: [], varargs: 'args', varkw: 'kwargs', kwonly: ['scale'] });
    });

    test.each([
      ['standin.Linear', 'not the class Linear'],
      ['{"a.weight": standin.Tensor(2)}', 'not dict'],
    ])('%s is refused before anything is written', (expression, message) => {
      const code = `from export_module_tree import export_module_tree as e; import standin\ntry: e(${expression}, "never.json")\nexcept TypeError as error: print(error)`;
      expect(run(python, ['-c', code])).toContain(message);
      expect(() => treeOf('never.json')).toThrow('ENOENT');
    });

    test('as a command, with arguments', () => {
      run(python, [script, 'standin:build', '-o', 'c.json', '--kwargs', '{"layers": 4}']);
      const tree = treeOf('c.json');
      expect([tree.size, tree.model, tree.source]).toEqual([12, 'build', 'standin.build']);
    });

    test('as a command that writes to standard output', () => {
      expect(JSON.parse(run(python, [script, 'standin:model', '-o', '-', '--name', 'mine']))).toMatchObject({
        format: 'module-tree', version: 1, model: 'mine', source: 'standin.model',
      });
    });

    test('pasted into a notebook', () => {
      // A cell runs as the main module, and has no file.
      const cells = [
        'import standin',
        'scope = {"__name__": "__main__"}',
        `exec(open(${JSON.stringify(script)}, encoding="utf-8").read(), scope)`,
        'print(scope["export_module_tree"](standin.model, "n.json"))',
      ];
      expect(run(python, ['-'], cells.join('\n')).trim()).toBe('10');
      expect(describeTree(treeOf('n.json'))).toEqual(standInTree);
    });

    test('the same model gives the same bytes', () => {
      const twice = 'from export_module_tree import export_module_tree as e; import standin; e(standin.model, "x.json.gz"); e(standin.model, "y.json.gz")';
      run(python, ['-c', twice]);
      expect(readFileSync(join(folder, 'x.json.gz')).equals(readFileSync(join(folder, 'y.json.gz')))).toBe(true);
    });

    test.each([
      ['standin', 'give package.module:name'],
      ['no_such_package:model', 'cannot import no_such_package: ModuleNotFoundError', 'Way out: run this in the folder that holds it'],
      ['lacks.py:model', 'cannot import lacks.py', 'give the module, not its file: lacks:…'],
      ['lacks:model', "No module named 'no_such_package' (", 'lacks.py, line 2)', 'Way out: install no_such_package, or call export_module_tree(model'],
      ['broken:model', 'cannot import broken: SyntaxError', 'broken.py, line 1)', 'Way out: mend it'],
      ['raises:model', 'cannot import raises: ZeroDivisionError: division by zero (', 'raises.py, line 1)'],
      ['program:model', 'cannot import program: SystemExit: 3 (', 'if __name__ == "__main__"'],
      [':model', 'give package.module:name'],
      ['standin:nothing', 'standin has no nothing'],
      ['standin:Linnear', 'standin has no Linnear. Did you mean Linear?'],
      ['standin:Tensor', 'which is no torch.nn.Module'],
      ['standin:__name__', 'standin:__name__ is str, which is no model and builds none'],
      ['raises_late:build', 'raises_late:build does not build a model: TypeError', "'depth'", '--args and --kwargs'],
      ['standin:model -o no_such_folder/tree.json', 'no_such_folder/tree.json cannot be written: No such file or directory'],
      ['standin:build --kwargs 3', '--kwargs a JSON object'],
    ])('%s ends with a message', (target, ...messages) => {
      writeFileSync(join(folder, 'lacks.py'), '\nimport no_such_package\n');
      writeFileSync(join(folder, 'broken.py'), 'model = (\n');
      writeFileSync(join(folder, 'raises.py'), '1 / 0\n');
      writeFileSync(join(folder, 'program.py'), 'import sys\nsys.exit(3)\n');
      writeFileSync(join(folder, 'raises_late.py'), 'def build(depth): pass\n');
      let told = '';
      try {
        run(python, [script, ...target.split(' ')]);
      } catch (error) {
        told = String((error as { readonly stderr?: unknown }).stderr);
      }
      for (const message of messages) expect(told).toContain(message);
      expect(told).not.toContain('Traceback');
    });

    test('30,000 modules are streamed', () => {
      run(python, [script, 'standin:build', '-o', 'big.json.gz', '--kwargs', '{"layers": 30000}']);
      expect(treeOf('big.json.gz').size).toBe(30_008);
    });
  });
}

const realModel = String.raw`
import torch
from torch import nn
from export_module_tree import export_module_tree
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8, affine=False)
        self.again = self.conv
        self.embed = nn.Embedding(10, 4)
        self.head = nn.Linear(4, 10, bias=False)
        self.head.weight = self.embed.weight
    def forward(self, x, *, scale): return x
net = Net()
print(torch.__version__, export_module_tree(net, "net.json.gz"))
torch.save(net, "net.pt")
torch.save(net.state_dict(), "state.pt")
torch.save(net.state_dict(), "legacy.pth", _use_new_zipfile_serialization=False)
open("net.txt", "w").write(str(net))
small = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU())
torch.jit.script(small).save("script.pt")
export_module_tree(small, "small.json")

class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.conv, self.norm, self.relu = nn.Conv2d(3, 8, 1), nn.Conv2d(8, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU()
        self.head = nn.Linear(8, 2)
    def forward(self, x, scale=None):
        x = self.stem(x)
        x = self.relu(x + self.norm(self.conv(x)))
        return self.head(x.mean((2, 3)))
residual = Residual()
residual.norm.eval()
flags = [module.training for module in residual.modules()]
export_module_tree(residual, "residual.json.gz", dummy_input=torch.rand(1, 3, 8, 8))
export_module_tree(residual, "refused.json.gz", dummy_input=torch.rand(1, 4, 8, 8))
print([module.training for module in residual.modules()] == flags)
`;

for (const python of withTorch) {
  describe(`T25a the exporter with the torch of ${python}`, () => {
    const printed = run(python, ['-'], realModel);

    test('a pickled model, its printed text and its weights agree with what is exported', () => {
      expect(printed).toMatch(/ 6\nTrue\n$/);
      const exported = treeOf('net.json.gz');
      expect(describeTree(treeOf('net.pt'))).toEqual(describeTree(exported));
      expect(describeTree(treeOf('net.txt'))).toEqual(describeTree(exported));
      expect([treeOf('net.pt').sharedWith, treeOf('net.pt').tiedTo]).toEqual([
        exported.sharedWith,
        exported.tiedTo,
      ]);
      expect(describeTree(treeOf('legacy.pth'))).toEqual(describeTree(treeOf('state.pt')));
      expect([[...exported.sharedWith], [...exported.tiedTo]]).toEqual([
        [[3, 1]],
        [['head.weight', 'embed.weight']],
      ]);
    });

    test('T25b, G1a, G2: with an input the data flow is written, and what cannot be traced is written as NNI raises it', () => {
      const tree = treeOf('residual.json.gz');
      const found = findDependencies(tree);
      if (found?.ok !== true) throw new Error('no data flow');
      expect(found.value.sets.map((rows) => rows.map((row) => moduleName(tree, row)))).toEqual([['stem', 'conv'], ['head']]);
      expect(tree.graph!.calls.get('head')).toEqual([{ in: [[1, 8]], kw: {}, out: [1, 2], count: 1 }]);
      const refused = treeOf('refused.json.gz');
      expect([refused.size, findDependencies(refused)]).toMatchObject([6, { ok: false, error: { type: 'RuntimeError' } }]);
    });

    test('T25b: inputs from the command line, several and by name', () => {
      writeFileSync(join(folder, 'traced.py'), [
        'from torch import nn',
        'class Net(nn.Module):',
        '    def __init__(self):',
        '        super().__init__(); self.embed = nn.Embedding(9, 4); self.head = nn.Linear(4, 2)',
        '    def forward(self, ids, scale): return self.head(self.embed(ids) * scale)',
      ].join('\n'));
      const inputs = [['--input', '1,5:int64', '--input', '1,5,1'], ['--input', '{"ids": "1,5:int64", "scale": "1,5,1"}']];
      const graphs = inputs.map((options, at) => {
        run(python, [script, 'traced:Net', '-o', `traced${at}.json`, ...options]);
        return treeOf(`traced${at}.json`).graph;
      });
      expect(graphs.map((graph) => [graph?.size, graph?.keywords])).toEqual([[graphs[0]!.size, false], [graphs[0]!.size, true]]);
      expect(graphs[0]!.calls.get('')).toMatchObject([{ in: [[1, 5], [1, 5, 1]], out: [1, 5, 2] }]);
    });

    test('TorchScript has the classes it was made from', () => {
      expect(describeTree(treeOf('script.pt'))).toEqual(describeTree(treeOf('small.json')));
    });
  });
}
