import type { SetTie } from '../../core/graph/explain-sets.ts';

const verbs: Readonly<Record<string, string>> = {
  add: 'adds', sub: 'subtracts', subtract: 'subtracts', mul: 'multiplies', multiply: 'multiplies', div: 'divides', divide: 'divides',
  addcmul: 'adds the product of', addcdiv: 'adds the quotient of', logical_and: 'combines', logical_or: 'combines', logical_xor: 'combines',
};

/** `aten::add_` → `add`. */
function operationOf(op: string): string {
  return op.replace(/^aten::/, '').replace(/_$/, '');
}

/**
 * Why a set is one, in a sentence: `layer1.0 adds conv1 and layer1.0.conv2`. `nameOf` gives the full name of a row, which is
 * empty for the model.
 */
export function wordTie({ type, op, module, layers, followsAddition }: SetTie, nameOf: (row: number) => string): string {
  const where = nameOf(module) === '' ? 'The model' : nameOf(module);
  const names = layers.map(nameOf);
  if (type === 'depthwise') {
    const reason = op === 'GroupNorm' ? 'norms each channel alone' : 'has one group per channel';
    return `${where} ${reason}, so it follows ${joinNames(names)}`;
  }
  const verb = verbs[operationOf(op)] ?? 'combines';
  const operands = followsAddition ? [...names, 'the layers tied before'] : names;
  return `${where} ${verb} ${joinNames(operands)}`;
}

const namesShown = 4;

/** `a, b and c`; of many the first few and their number. */
export function joinNames(names: readonly string[]): string {
  const shown = names.length > namesShown ? [...names.slice(0, namesShown), `${names.length - namesShown} more`] : names;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)!}`;
}
