import { readPythonNumber } from '../../config/python-numbers.ts';
import { readPythonString } from '../../config/python-strings.ts';
import type { SyntaxNode } from '../../config/python-source.ts';
import { textAt, unknownAt, type Run } from './run.ts';
import { childrenOf } from './syntax.ts';
import { NotSupported } from '../values/exceptions.ts';
import { formatValue, reprOf, textOf } from '../values/text-of.ts';
import { decided, PyFloat, type PyValue, type Scope } from '../values/values.ts';

/** An int or a float, as written. */
export function numberAt(run: Run, node: SyntaxNode): PyValue {
  const number = readPythonNumber(textAt(run, node));
  if (number === null) return unknownAt(run, node, 'unsupported');
  return number.type === 'int' ? BigInt(number.text) : new PyFloat(Number(number.text), number.text);
}

/** A string, or several in a row; f-strings with their replacements. */
export function stringAt(run: Run, node: SyntaxNode, scope: Scope): PyValue {
  const parts = node.name === 'ContinuedString' ? childrenOf(node) : [node];
  let text = '';
  for (const part of parts) {
    if (part.name === 'FormatString') {
      const made = formattedAt(run, part, scope);
      if (made === null) return unknownAt(run, node, 'unsupported');
      text += made;
      continue;
    }
    const read = readPythonString(textAt(run, part), run.findCharacter);
    if (read.type !== 'text') return unknownAt(run, part, read.type === 'unclosed' || read.type === 'bad-escape' ? 'syntax' : 'unsupported');
    text += read.text;
  }
  return text;
}

/** The text of an f-string: the text between its replacements is read as a string of the same quotes. */
function formattedAt(run: Run, node: SyntaxNode, scope: Scope): string | null {
  const source = textAt(run, node);
  const [, prefix = '', quote = ''] = /^([a-zA-Z]*)('''|"""|'|")/.exec(source) ?? [];
  if (quote === '' || !source.endsWith(quote) || source.length < prefix.length + 2 * quote.length) return null;
  const plainPrefix = prefix.replaceAll(/[fF]/g, '');
  let text = '';
  let at = node.from + prefix.length + quote.length;
  const plain = (end: number): boolean => {
    const written = run.source.slice(at, end).replaceAll('{{', '{').replaceAll('}}', '}');
    const read = readPythonString(plainPrefix + quote + written + quote, run.findCharacter);
    if (read.type === 'text') text += read.text;
    return read.type === 'text';
  };
  for (const child of childrenOf(node)) {
    if (child.name !== 'FormatReplacement') continue;
    if (!plain(child.from)) return null;
    text += replacementAt(run, child, scope);
    at = child.to;
  }
  return plain(node.to - quote.length) ? text : null;
}

function replacementAt(run: Run, node: SyntaxNode, scope: Scope): string {
  const inner = childrenOf(node).filter(({ name }) => name !== '{' && name !== '}');
  const value = inner.find(({ name }) => !/^Format(?:Spec|Conversion|SelfDoc)$/.test(name));
  if (!value) throw new NotSupported();
  const spec = inner.find(({ name }) => name === 'FormatSpec');
  const conversion = inner.find(({ name }) => name === 'FormatConversion');
  const itself = inner.find(({ name }) => name === 'FormatSelfDoc');
  const made = decided(run.evaluate(value, scope));
  const asked = conversion ? textAt(run, conversion).slice(1) : null;
  let converted: PyValue = made;
  if (asked === 's') converted = textOf(made);
  else if (asked !== null || (itself && !spec)) converted = reprOf(made);
  const closing = conversion?.from ?? spec?.from ?? node.to - 1;
  const label = itself ? run.source.slice(node.from + 1, closing) : '';
  return label + formatValue(converted, spec ? specText(run, spec, scope) : '');
}

function specText(run: Run, spec: SyntaxNode, scope: Scope): string {
  let text = '';
  let at = spec.from + 1;
  for (const child of childrenOf(spec)) {
    if (child.name !== 'FormatReplacement') continue;
    text += run.source.slice(at, child.from) + replacementAt(run, child, scope);
    at = child.to;
  }
  return text + run.source.slice(at, spec.to);
}
