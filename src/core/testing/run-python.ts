import { spawnSync } from 'node:child_process';

/** Whether a python3 is available; without it, tests compare only with the built-in answers. */
export const hasPython: boolean = spawnSync('python3', ['-c', 'import ast']).status === 0;

const program = `
import ast, json, sys

def plain(value):
    if isinstance(value, dict):
        return {'type': 'object', 'entries': [[key, plain(item)] for key, item in value.items()]}
    if isinstance(value, tuple):
        return {'tuple': [plain(item) for item in value]}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return {'type': type(value).__name__, 'text': repr(value)}
    if isinstance(value, str):
        return {'units': list(memoryview(value.encode('utf-16-le', 'surrogatepass')).cast('H'))}
    raise TypeError(type(value))

for line in sys.stdin:
    try:
        value = {'literal': ast.literal_eval, 'json': json.loads}[sys.argv[1]](json.loads(line))
        print(json.dumps({'value': plain(value)}))
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError) as error:
        print(json.dumps({'error': type(error).__name__}))
`;

/**
 * The result of Python's `ast.literal_eval` or `json.loads` for each source, as JSON: strings as UTF-16 units, tuples marked.
 */
export function evaluateInPython(sources: readonly string[], reader: 'literal' | 'json' = 'literal'): readonly unknown[] {
  const input = sources.map((source) => `${JSON.stringify(source)}\n`).join('');
  const run = spawnSync('python3', ['-W', 'ignore', '-c', program, reader], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

/** Whether Python's parser takes a whole file. */
export function parsesInPython(source: string): boolean {
  const program = 'import ast, sys; ast.parse(sys.stdin.read())';
  return spawnSync('python3', ['-c', program], { input: source }).status === 0;
}

/** Runs a program and returns its output. */
export function runPython(program: string): string {
  return spawnSync('python3', ['-'], { input: program, encoding: 'utf8' }).stdout;
}
