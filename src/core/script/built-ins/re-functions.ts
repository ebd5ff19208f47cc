import { matchName } from '../../python-re/match/match-name.ts';
import { compilePattern } from '../../python-re/pattern.ts';
import { defaultPythonVersion } from '../../python-re/python-version.ts';
import { NotSupported } from '../values/exceptions.ts';
import { decided, PyBuiltin, PyReference } from '../values/values.ts';

const modes: ReadonlyMap<string, 'match' | 'search' | 'fullmatch'> = new Map([
  ['re.match', 'match'],
  ['re.search', 'search'],
  ['re.fullmatch', 'fullmatch'],
]);

/** `re.match`, `re.search` and `re.fullmatch`, as a condition asks for them. */
export function findReFunction(path: string): PyBuiltin | undefined {
  const mode = modes.get(path);
  if (!mode) return undefined;
  return new PyBuiltin(path, ({ positional, named }) => {
    const [pattern = null, text = null, ...more] = positional.map((value) => decided(value));
    if (typeof pattern !== 'string' || typeof text !== 'string' || more.length + named.size > 0) throw new NotSupported();
    const compiled = compilePattern(pattern, defaultPythonVersion);
    const found = compiled.ok ? matchName(compiled.value, text, mode) : null;
    if (!found || found.type === 'slow') throw new NotSupported();
    return found.type === 'match' ? new PyReference('re.Match()') : null;
  });
}
