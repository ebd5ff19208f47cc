import { expect, test } from 'vitest';
import { writeCompactJson } from '../config/json-writer.ts';
import { createTemplateRegistry } from '../config/setting-templates.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { treeOf } from '../testing/nni-trees.ts';
import { offerPresets } from './offer-presets.ts';

/** Blocks below a prefix, and a head of that name. */
function transformer(prefix: string, blocks: number, head: string): ModuleTree {
  const outer = prefix.split('.').map((_, at, labels) => ({ name: labels.slice(0, at + 1).join('.'), type: at === labels.length - 1 ? 'ModuleList' : 'Model' }));
  const inner = Array.from({ length: blocks }, (_, at) => [
    { name: `${prefix}.${at}`, type: 'Block' },
    { name: `${prefix}.${at}.fc`, type: 'Linear' },
  ]);
  return treeOf([{ name: '', type: 'Net' }, ...outer, ...inner.flat(), { name: head, type: 'Linear' }]);
}

function blocksPreset(student: ModuleTree, teacher: ModuleTree | null) {
  const offers = offerPresets('distillation', student, createTemplateRegistry('distillation', []), teacher);
  const { configs, isLinked } = offers.find(({ preset }) => preset.id === 'distill-blocks')!;
  return { isLinked, texts: configs.map(writeCompactJson) };
}

const settings = '"lambda":0.9,"apply_method":"mse"';
const ofHead = '{"op_names":["head"],"lambda":0.9,"apply_method":"kl"}';
const asOne = `{"op_names_re":["tiny\\\\.layer\\\\.\\\\d+$"],${settings}}`;
const linkedTo = (...links: readonly string[]) => links.map((link, at) => `{"op_names":["tiny.layer.${at}"],${settings},"link":"${link}"}`);

test.each<[string, ModuleTree | null, boolean, readonly string[]]>([
  ['no teacher', null, false, [asOne, ofHead]],
  ['a teacher of the same names', transformer('tiny.layer', 2, 'head'), false, [asOne, ofHead]],
  ['a deeper teacher of the same names', transformer('tiny.layer', 4, 'head'), true, [...linkedTo('tiny.layer.1', 'tiny.layer.3'), ofHead]],
  ['a deeper teacher of other names', transformer('big.encoder.layer', 6, 'head'), true, [...linkedTo('big.encoder.layer.2', 'big.encoder.layer.5'), ofHead]],
  ['a teacher that is less deep', transformer('big.encoder.layer', 1, 'head'), false, [asOne, ofHead]],
])('F2c, X6c: a preset for the blocks of a student, with %s', (_what, teacher, isLinked, texts) => {
  expect(blocksPreset(transformer('tiny.layer', 2, 'head'), teacher)).toEqual({ isLinked, texts });
});
