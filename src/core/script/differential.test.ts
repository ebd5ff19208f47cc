import { describe, expect, it } from 'vitest';
import { writeCompactJson } from '../config/json-writer.ts';
import { runPython, hasPython } from '../testing/run-python.ts';
import { readScript } from './read-script.ts';

/** Expressions, each the value of `op_names` of the one sub-config of a list. */
const expressions = `
1 + 2 * 3 - 4
7 // 2, -7 // 2, 7 % 3, -7 % 3, 7 // -2, 7 % -3
7 / 2, 1 / 3, 2 ** 10, 2 ** -1, 10 ** -3
0.1 + 0.2, 0.3 * 3, 1e16 + 1.0, 5.0 // 2, -5.5 % 2, 5.5 // -2
0.9 ** 3, 1.1 ** 10, 0.5 ** 20, 2.0 ** 0.5, 3.0 ** -1
1 << 4, 255 & 15, 1 | 6, 5 ^ 1, ~5, -(-3)
True + 1, True == 1, 1 == 1.0, 1 < 2 < 3, 3 > 2 >= 2, 1 < 3 < 2
not [], not 0, [] or 'a', 'a' and 'b', 0 or None, 1 and 2.0
'a' in ['a', 'b'], 'x' not in 'xyz', 3 in range(5), 7 in range(0, 10, 2), 'k' in {'k': 1}
not 1 or 2, not 0 and 3, 1 and not 0 or 5, 0 or not 1 and 2, not 1 or not 0, not 1 == 2 or 3, not not 1 or 0, not [] and 'a' or 'b', 1 and not 2 or 0 or not 3
None is None, None is not None, [] == [], [1, 2] < [1, 3], (1, 'a') == (1, 'a')
'a' + 'b' * 3, 'layer' + str(3), '-'.join(['a', 'b']), 'a,b,,c'.split(','), ' a  b '.split()
'a.b.c'.split('.', 1), 'a.b.c'.rsplit('.', 1), 'a.b.c'.rpartition('.'), 'a.b'.partition('.'), 'a b c d'.split(None, 2)
'Layer'.lower(), 'layer'.upper(), 'layer one'.title(), 'layer'.capitalize(), 'aXbX'.replace('X', '.'), 'aaa'.replace('a', 'b', 2)
'  x '.strip(), 'xxaxx'.strip('x'), 'xxa'.lstrip('x'), 'axx'.rstrip('x'), '7'.zfill(3), '-7'.zfill(4)
'abc'.find('c'), 'abc'.find('z'), 'abcabc'.rfind('b'), 'abcabc'.count('bc'), 'abc'.index('b')
'layer1'.startswith('layer'), 'layer1'.endswith(('0', '1')), 'abc'.isalpha(), '12'.isdigit(), ''.isdigit()
'a'.ljust(3) + '|', 'a'.rjust(3, '.'), 'ab'.center(6, '-'), 'module.x'.removeprefix('module.'), 'x.weight'.removesuffix('.weight')
'abcdef'[1:4], 'abcdef'[::-1], 'abcdef'[-2], [1, 2, 3, 4][1::2], [1, 2, 3][-2:], (1, 2, 3)[:2], list(range(10))[8:2:-2]
f'layer{1 + 1}', f'{3:03d}', f'{3.14159:.2f}', f'{0.125:.2f}', f'{2.675:.2f}', f'{1e10:g}', f'{1234567.891:,.1f}', f'{"x":>5}|'
f'{0.5:.0f}', f'{1.5:.0f}', f'{2.5:.0f}', f'{255:x}', f'{255:#x}', f'{5:b}', f'{0.5:%}', f'{0.256:.1%}', f'{1e-7}', f'{True}', f'{None}'
f'{[1, "a", 2.0]}', f'{"a"!r}', f'{{x}}', f"{'a'}" 'b', rf'\\d{1}', f'{3!s:>3}', f'{1:>{4}}'
'%d layers' % 3, '%s.%s' % ('a', 1), '%.3f' % 0.5, '%05.1f' % 3.14159, '%x' % 255, '%-4s|' % 'a', '%%' % (), '%(a)s' % {'a': 1}
'{}.{}'.format('a', 1), '{1}-{0}'.format('a', 'b'), '{x:>4}'.format(x=1), '{0[1]}'.format([1, 2]), '{{}}'.format(), '{:.2f}'.format(0.5), '{!r}'.format('a')
str(1.0), str(0.1), str([1, 'a', None]), str({'a': (1,)}), repr('a'), str(True), str(1e22), str(1e-5), str(())
int('12'), int(3.9), int(-3.9), int(True), float('0.5'), float(3), float('1e3'), bool([]), bool('a')
round(2.5), round(3.5), round(0.125, 2), round(2.675, 2), round(-1.5), round(0.1 + 0.2, 10), round(3.14159, 3), round(5), abs(-3), abs(-0.5)
len('abc'), len([1, 2]), len({'a': 1}), len(range(3, 10, 2)), sum([1, 2, 3]), sum([0.1, 0.2]), min(3, 1, 2), max([1, 5, 2]), min('b', 'a')
sorted(['b', 'a', 'C']), sorted([3, 1, 2], reverse=True), sorted(['bb', 'a'], key=len), sorted({'b', 'a'}), list(reversed([1, 2, 3]))
list(range(3)), list(range(1, 10, 3)), list(range(5, 0, -2)), list('abc'), tuple([1, 2]), list((1, 2)), list({'a': 1, 'b': 2})
list(zip([1, 2], ['a', 'b'])), list(enumerate(['a', 'b'])), list(enumerate(['a'], 5)), list(map(str, [1, 2])), list(filter(None, [0, 1, 2]))
[i * 2 for i in range(4) if i % 2], [x + y for x in 'ab' for y in 'cd'], {str(k): v for k, v in zip('ab', [1, 2])}, [[j for j in range(i)] for i in range(3)]
[a for a, b in [('x', 1), ('y', 2)] if b > 1], [*range(2), 'a', *'bc'], {**{'a': 1}, 'b': 2}, list({'a': 1, **{'a': 2}}.items())
dict(a=1, b=2), dict([('a', 1)]), dict({'a': 1}, b=2), dict(zip('ab', range(2))), {'a': 1}.get('a'), {'a': 1}.get('b', 5), {'a': 1} | {'b': 2}
list({'a': 1}.keys()), list({'a': 1}.values()), list({'a': 1}.items()), 'a' if 1 > 2 else 'b', (lambda x, y=2: x + y)(1), (lambda *a, **k: [len(a), len(k)])(1, 2, z=3)
any(x > 2 for x in [1, 2, 3]), all(x > 0 for x in [1, 2]), any([]), sum(i for i in range(5)), max((len(s) for s in ['a', 'bbb'])), ''.join(c for c in 'abc' if c != 'b')
sorted(set([3, 1, 2]) | {5}), sorted({1, 2} & {2, 3}), sorted({1, 2} - {2}), sorted({1, 2} ^ {2, 3}), len(set('aab')), (y := 5, y + 1)
divmod(7, 2), divmod(-7, 2), pow(2, 3), 1_000, 0x1F, 1e3, .5, 1., -0.0, 10 ** 20, 2 ** 70, 'é'.encode and 1
['a'] * 3, ('a',) * 2, [0] * 0, 'ab' * -1, [1] + [2, 3], (1,) + (2,), [[1]] * 2
'😀abc'[1], len('😀'), '😀abc'[::-1], 'aé'.find('é'), '😀x'.find('x')
isinstance('a', str), isinstance(1, (int, str)), isinstance(True, int), isinstance([], dict), isinstance({}, dict)
`.trim().split('\n').filter((line) => !line.includes('encode'));

/** Programs that set `out`. */
const programs = [
  "out = []\nfor i in range(3):\n    if i == 1:\n        continue\n    out.append('l' + str(i))\nelse:\n    out.append('end')",
  "out = []\ni = 0\nwhile True:\n    i += 1\n    if i > 3: break\n    out.insert(0, i)",
  "a = {'x': 1}\nb = a\nb['y'] = 2\na.update(z=3)\ndel b['x']\nout = list(a.items())",
  "import copy\na = [[1], {'k': [2]}]\nb = copy.deepcopy(a)\nc = list(a)\na[0].append(5)\na[1]['k'] += [6]\nout = [b, c]",
  "def f(x, *rest, k=3, **more):\n    return [x, list(rest), k, sorted(more)]\nout = f(1, 2, 3, z=1, k=9) + f(0)",
  "def outer():\n    n = 0\n    def inner():\n        nonlocal n\n        n += 1\n        return n\n    inner()\n    return inner()\nout = outer()",
  "total = 0\ndef add(v):\n    global total\n    total += v\nfor v in (1, 2): add(v)\nout = total",
  "def gen(n):\n    for i in range(n):\n        yield i * i\nout = list(gen(4))",
  "(a, b), *c = (1, 2), 3, 4\nx = y = 7\nout = [a, b, c, x, y]",
  "try:\n    v = {}['k']\nexcept KeyError as e:\n    v = 'none'\nfinally:\n    w = 1\nout = [v, w]",
  "try:\n    v = int('x')\nexcept (TypeError, ValueError):\n    v = -1\nelse:\n    v = 0\nout = v",
  "class A:\n    ratio = 0.5\n    def __init__(self, n): self.n = n\n    def name(self): return f'layer{self.n}'\nclass B(A):\n    def twice(self): return self.name() * 2\nb = B(3)\nout = [b.twice(), b.ratio, B.ratio, isinstance(b, A)]",
  "d = {}\nfor k in 'abca':\n    d.setdefault(k, []).append(len(d))\nout = d",
  "out = [1, 2, 3, 4]\nout[1] = 'x'\nout.remove(3)\nout.pop()\nout.extend((5, 6))\nout.reverse()\nout.sort(key=str)",
  "names = ['b', 'a']\nnames += ['c']\nsame = names\nnames = names + ['d']\nout = [same, names]",
  "out = [f'{a}.{b}' for a in ('x', 'y') for b in range(2) if not (a == 'y' and b)]\nfor n in list(out):\n    if n.endswith('1'): out.remove(n)",
  "import itertools\nout = [list(t) for t in itertools.product('ab', [1, 2])] + list(itertools.chain([1], (2,)))",
  "x = 5\nout = []\nif x > 10:\n    out.append('big')\nelif x > 3:\n    out.append('mid')\nelse:\n    out.append('small')\nout += [x if x else None]",
  "a, b = 1, 2\na, b = b, a\nout = [a, b]; out.append(3)",
  "fs = [lambda i=i: i for i in range(3)]\nout = [f() for f in fs]",
  "def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\nout = fib(12)",
  "import re\nout = [n for n in ['layer1.conv', 'layer12.conv', 'fc'] if re.match(r'layer\\d\\.', n) or re.search('c$', n)]",
  "out = sorted(['b', 'A', 'c'], key=str.lower, reverse=True) + list(map(str.upper, 'xy')) + list(dict.fromkeys(['a', 'b', 'a'])) + [dict.fromkeys('a', 1)]",
  "a = ['x']\nc = {'op_names': a}\na.append('y')\nd = dict(c, op_names=list(a))\na.insert(0, 'z')\nout = [c, d]",
  "def names(p, d):\n    return [p] if d == 0 else [n for k in 'ab' for n in names(p + '.' + k, d - 1)]\nout = names('r', 2)",
  "out = [{'op_names': ['a']}]\nfor c in out[:]:\n    out.append({**c, 'op_names': [c['op_names'][0] + '2']})\nout.sort(key=lambda c: c['op_names'][0], reverse=True)",
  "s = 'a'\ns += 'b'\ns *= 2\nn = 10\nn //= 3\nn **= 2\nout = [s, n, *_x] if (_x := [1]) else []",
  "w = 3.14159\nout = ['%s.%d.%.2f.%r' % ('a', 3, 0.5, 'q'), f'{w:.2f}|{5:03d}|{1000000:,}|{0.25:.0%}|{{x}}', '{n:>5}|{0[k]}'.format({'k': 'v'}, n='q')]",
  "ratios = {'a': 0.5, 'b': 0.3}\nout = [dict(op_names=[k], sparse_ratio=v) for k, v in sorted(ratios.items(), key=lambda kv: kv[1])]",
  "from dataclasses import dataclass, field, asdict, replace\n@dataclass\nclass Base:\n    op: str\n    ratio: float = 0.5\n@dataclass\nclass C(Base):\n    names: list = field(default_factory=list)\n    def __post_init__(self):\n        self.twice = self.ratio * 2\na, b = C('Linear', names=['x']), C('Conv2d', 0.25)\na.names.append('y')\nout = [asdict(a), asdict(b), b.twice, replace(b, ratio=1).ratio]",
  "from collections import namedtuple, defaultdict\nL = namedtuple('L', 'name ratio')\ng = defaultdict(list)\nfor l in (L('a', 0.5), L(name='b', ratio=0.3), L('a', 1)):\n    g[l.name].append(l.ratio)\nx, y = L(1, 2)\nout = [dict(g), g['z'], sorted(g), g.get('q'), x, y, L(3, 4)[1], L(1, 2) == (1, 2)]",
  "import re\np = re.compile(r'layer(\\d+)')\nm = re.match(r'(\\w+)\\.(\\d+)', 'layer.3.conv')\nout = [[n for n in ['layer1', 'fc'] if p.match(n)], p.search('a.layer3').group(1), m.group(0), list(m.groups()), re.sub(r'^module\\.', '', 'module.module.x'), re.sub(r'\\.\\d+\\.', '.*.', 'a.0.b.12.c'), re.sub(r'(\\w)-(\\w)', r'\\2\\1', 'a-b'), re.findall(r'\\d+', 'a1b22'), re.findall('(a)(b)?', 'aab'), re.escape('a.b[0]_-'), re.sub('a', 'b', 'aaa', count=1), re.fullmatch('a', 'aa')]",
  "import json, os\nfrom functools import partial, reduce\nfrom itertools import islice, product, combinations\nhalf = partial(dict, op_types=['Conv2d'], sparse_ratio=0.5)\nout = [half(), half(sparse_ratio=1), reduce(lambda a, b: a + b, [[1], [2]], []), list(islice('abcdef', 1, 5, 2)), list(islice(range(9), 2)), list(product('ab', repeat=2)), list(combinations('abc', 2)), json.loads('{\"a\": null, \"b\": [true, 1, 1.0, \"x\"]}'), os.path.join('a', 'b/', 'c'), os.path.basename('a/b.py'), list(zip('ab', [1, 2], strict=True))]",
  "def inner():\n    yield 'a'\n    yield 'b'\ndef outer():\n    for i in range(2):\n        yield from (x + str(i) for x in inner())\n    yield from []\nout = list(outer())",
  "store = {}\ndef reg(key):\n    def deco(fn):\n        store[key] = fn.__name__\n        return fn\n    return deco\ndef twice(f):\n    def w(*a): return f(*a) * 2\n    return w\n@reg('x')\n@twice\ndef f(v): return [v]\n@reg('y')\ndef g(): return [2]\nout = [store['y'], sorted(store), f(5)]",
];

function mine(program: string): string {
  const read = readScript(`${program}\nconfig_list = [{'op_names': out}]`);
  if (!read.ok) return 'none';
  const list = read.value.lists.findLast(({ name }) => name === 'config_list')!;
  if (list.holes.length > 0) return `open: ${list.holes.map(({ root }) => `${root.key} ${root.reason}`).join(', ')}`;
  return writeCompactJson(list.list[0]!.entries[0]![1]);
}

const all = [...expressions.map((expression) => `out = [${expression}]`), ...programs];

describe('E5a what a script makes is what Python makes', () => {
  it.runIf(hasPython)('of every expression and program here', () => {
    const program = `
import json
for source in ${JSON.stringify(all)}:
    space = {}
    exec(source, space)
    print(json.dumps(space['out'], ensure_ascii=False, separators=(',', ':')))
`;
    const theirs = runPython(program).trimEnd().split('\n');
    const differing = all.flatMap((source, at) => (mine(source) === theirs[at] ? [] : [`${source}\n  here   ${mine(source)}\n  Python ${theirs[at]}`]));
    expect(theirs).toHaveLength(all.length);
    expect(differing).toEqual([]);
  });
});
