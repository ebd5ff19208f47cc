import { packNames } from '../module-tree/packed-names.ts';
import { compilePattern } from './pattern.ts';
import { sweepNames } from './sweep.ts';

const names = packNames(
  ['', ...Array.from({ length: 240 }, (_, index) => `layers.${index}.mlp.experts.${index % 7}.gate_proj.weight_observer`)],
);

/** Patterns that need the automaton, the forecast and the interpreter, hard and easy ones. */
const patterns = [String.raw`(\w+\.?)+!`, '(a+)+$', '(.*)*x$', String.raw`layers\.(\d+)\.(?!attn).*_proj(?P<end>.)\w*?$`, '.*norm'];

/**
 * Runs small sweeps, one with each step, so that the first pattern of a person finds compiled code instead of code that is
 * still interpreted: the verdict on a slow pattern takes a part of the time then. Every step takes some tens of milliseconds at most.
 */
export function* warmUp(): Generator<undefined, void> {
  for (const source of patterns) {
    const compiled = compilePattern(source, '3.11');
    if (compiled.ok) sweepNames(compiled.value, names);
    yield;
  }
}
