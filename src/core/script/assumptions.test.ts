import { expect, it, test } from 'vitest';
import { writeCompactJson } from '../config/json-writer.ts';
import { readText } from '../testing/read-text.ts';
import { readScript } from './read-script.ts';

const model = readText(
  'Net(\n  (conv): Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1))\n  (deep): Conv2d(8, 8, kernel_size=(1, 1), stride=(1, 1), groups=8)\n  (act): ReLU()\n  (fc): Linear(in_features=8, out_features=4, bias=True)\n)',
);
const tree = 'code' in model ? null : model;

function read(script: string) {
  const result = readScript(script, { tree });
  if (!result.ok) throw new Error(result.error.type);
  const { list, holes } = result.value.lists.at(-1)!;
  return { json: holes.length > 0 ? `open: ${holes.map(({ root }) => root.key).join(', ')}` : writeCompactJson(list), assumed: result.value.assumed };
}

test.each([
  ['that code in try raises nothing', "try:\n    m = load('x')\n    t = ['Linear']\nexcept Exception:\n    t = ['Conv2d']\nconfig_list = [{'op_types': t}]", 'Line 1: the code below “try” is taken to raise no exception.'],
  ['that an imported function leaves the list alone', "from utils import extend\nconfig_list = [{'op_types': ['Linear']}]\nextend(config_list)", 'Line 3: extend(…) is not in the source. It is taken not to change the list.'],
])('E5f it is said %s', (_title, script, sentence) => {
  expect(read(script).assumed).toContain(sentence);
});

it('E5f whether a package is there can be said', () => {
  const script = "try:\n    import apex\n    t = 'Linear'\nexcept ImportError:\n    t = 'Conv2d'\nconfig_list = [{'op_types': [t]}]";
  const filled = (value: string) => {
    const result = readScript(script, { given: new Map([['import apex', value]]) });
    return result.ok ? writeCompactJson(result.value.lists.at(-1)!.list) : result.error.type;
  };
  expect([filled('True'), filled('False')]).toEqual(['[{"op_types":["Linear"]}]', '[{"op_types":["Conv2d"]}]']);
});

test.each([
  ['a handler that only prints', "try:\n    m = load('x')\nexcept Exception as e:\n    print(e)\nconfig_list = [{'op_types': ['Linear']}]"],
  ['a function of torch or of logging', "import torch, logging\nconfig_list = [{'op_types': ['Linear']}]\ntorch.save(config_list, 'x')\nlogging.info(config_list)\nprint(config_list)"],
])('E5f nothing is assumed of %s', (_title, script) => {
  expect(read(script).assumed).toEqual([]);
});

/** Values are those of torch. */
test.each([
  ['sizes and arguments of layers', 'isinstance(m, nn.Linear) and m.out_features == 4 and m.in_features > 4', '["fc"]'],
  ['the shape of a weight', 'hasattr(m, "weight") and m.weight.shape[1:] == (1, 3, 3) or n == "fc" and m.weight.numel() == 32', '["fc"]'],
  ['what a convolution does not print', 'isinstance(m, nn.Conv2d) and m.groups == 1 and m.padding == (0, 0) and m.dilation[0] == 1', '["conv"]'],
  ['layers that are grouped by their channels', 'isinstance(m, nn.Conv2d) and m.groups == m.in_channels', '["deep"]'],
  ['layers without a weight', 'n and not hasattr(m, "weight")', '["act"]'],
])('E5a of the open model %s', (_title, condition, names) => {
  expect(read(`import torch.nn as nn\nL1NormPruner(model, [{'op_names': [n for n, m in model.named_modules() if n and (${condition})]}])`).json).toBe(`[{"op_names":${names}}]`);
});

it('E5a a model that is handed to a function is the open one', () => {
  const walk = 'def walk(module, prefix=""):\n    if type(module).__name__ == "Linear": return [prefix]\n    return [n for k, c in module.named_children() for n in walk(c, prefix + k)]\n';
  expect(read(`${walk}model = build()\nL1NormPruner(model, [{'op_names': walk(model)}])`).json).toBe('[{"op_names":["fc"]}]');
});

test.each([
  ['made of layers in the script', 'model = torch.nn.Sequential(torch.nn.Linear(2, 2))'],
  ['of another class of the script', 'class Other(torch.nn.Module):\n    def __init__(self): super().__init__()\nmodel = Other()'],
])('E5f a model %s is not the open one', (_title, made) => {
  expect(read(`import torch\n${made}\nL1NormPruner(model, [{'op_names': [n for n, _ in model.named_modules()]}])`).json).toMatch(/^open: model/);
});
