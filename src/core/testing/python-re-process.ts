import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { pythonVersions, type PythonVersion } from '../python-re/python-version.ts';

/** A Python found on this machine. */
export interface InstalledPython {
  readonly command: string;
  readonly version: PythonVersion;
  /** The 7 of 3.11.7. */
  readonly patch: number;
}

/** Python's answer for one pattern. */
export type PythonAnswer =
  | { readonly error: { readonly type: string; readonly msg: string; readonly pos: number | null; readonly text: string } }
  | {
      /** For each text: `null`, or the spans of the match and of its groups in code points, or `slow`, or an exception. */
      readonly results: readonly (null | 'slow' | `raises ${string}` | readonly (readonly [number, number])[])[];
      readonly warnings: readonly string[];
      /** Seconds that all texts took. */
      readonly seconds: number;
    };

/** A question to Python. */
export interface PythonQuestion {
  readonly pattern: string;
  readonly mode: 'match' | 'search' | 'fullmatch';
  readonly texts: readonly string[];
}

const script = `
import json, re, signal, sys, time, warnings
class Slow(Exception): pass
def alarm(*_): raise Slow
signal.signal(signal.SIGALRM, alarm)
for line in sys.stdin:
    question = json.loads(line)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter('always')
            re.purge()
            compiled = re.compile(question['pattern'])
    except BaseException as error:
        is_re = isinstance(error, re.error)
        answer = {'error': {'type': 're.error' if is_re else type(error).__name__, 'msg': error.msg if is_re else str(error),
                            'pos': error.pos if is_re else None, 'text': str(error)}}
    else:
        run = getattr(compiled, question['mode'])
        results = []
        begun = time.perf_counter()
        for text in question['texts']:
            try:
                signal.setitimer(signal.ITIMER_REAL, 0.1)
                found = run(text)
                signal.setitimer(signal.ITIMER_REAL, 0)
                results.append(None if found is None else list(found.regs))
            except Slow:
                results.append('slow')
            except BaseException as error:
                signal.setitimer(signal.ITIMER_REAL, 0)
                results.append('raises ' + type(error).__name__)
        answer = {'results': results, 'warnings': [str(item.message) for item in caught], 'seconds': time.perf_counter() - begun}
    print(json.dumps(answer))
`;

/** Finds the versions of Python on the path, one command for each; empty when there is none. */
export function findPythons(): readonly InstalledPython[] {
  const found = new Map<PythonVersion, InstalledPython>();
  for (const command of ['python3', ...pythonVersions.map((version) => `python${version}`)]) {
    const ran = spawnSync(command, ['-c', 'import sys; print("%d.%d %d" % sys.version_info[:3])'], { encoding: 'utf8' });
    if (ran.status !== 0) continue;
    const [name, patch] = ran.stdout.trim().split(' ');
    const version = pythonVersions.find((known) => known === name);
    if (version && !found.has(version)) found.set(version, { command, version, patch: Number(patch) });
  }
  return [...found.values()];
}

/** The table of CPython's own tests, from an installation that has it; else empty. */
export function readReTests(command: string): readonly ReTest[] {
  const source = 'import json, warnings; warnings.simplefilter("ignore"); from test.re_tests import tests; print(json.dumps(tests))';
  const ran = spawnSync(command, ['-c', source], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  return ran.status === 0 ? (JSON.parse(ran.stdout) as ReTest[]) : [];
}

/** Pattern, text, outcome (0 found, 1 not found, 2 refused), and for found ones an expression and its value. */
export type ReTest = readonly [string, string, 0 | 1 | 2, string?, string?];

/** Asks a Python many questions at once. */
export async function askPython(command: string, questions: readonly PythonQuestion[]): Promise<readonly PythonAnswer[]> {
  const child = spawn(command, ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers: PythonAnswer[] = [];
  const reading = (async () => {
    for await (const line of createInterface({ input: child.stdout })) answers.push(JSON.parse(line) as PythonAnswer);
  })();
  for (const question of questions) {
    if (!child.stdin.write(`${JSON.stringify(question)}\n`)) {
      await new Promise((resolve) => child.stdin.once('drain', resolve));
    }
  }
  child.stdin.end();
  await reading;
  return answers;
}
