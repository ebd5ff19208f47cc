import { PyClass } from './values.ts';

/** Exceptions of Python, each below the one that it is a kind of. */
const hierarchy = `
BaseException
  SystemExit
  KeyboardInterrupt
  GeneratorExit
  Exception
    StopIteration
    ArithmeticError
      FloatingPointError
      OverflowError
      ZeroDivisionError
    AssertionError
    AttributeError
      FrozenInstanceError
    BufferError
    EOFError
    ImportError
      ModuleNotFoundError
    LookupError
      IndexError
      KeyError
    MemoryError
    NameError
      UnboundLocalError
    OSError
      FileExistsError
      FileNotFoundError
      IsADirectoryError
      NotADirectoryError
      PermissionError
      TimeoutError
      ConnectionError
    RuntimeError
      NotImplementedError
      RecursionError
    SyntaxError
    SystemError
    TypeError
    ValueError
      UnicodeError
      JSONDecodeError
    Warning
      DeprecationWarning
      FutureWarning
      RuntimeWarning
      UserWarning
`;

const exceptions = new Map<string, PyClass>();
const levels: PyClass[] = [];
for (const line of hierarchy.trim().split('\n')) {
  const depth = line.search(/\S/) / 2;
  const base = levels[depth - 1];
  const made = new PyClass(line.trim(), new Map(), base ? [base] : []);
  made.kind = 'exception';
  levels[depth] = made;
  exceptions.set(made.name, made);
}

/** Names that Python gives to a class a second time. */
const otherNames: Readonly<Record<string, string>> = { IOError: 'OSError', EnvironmentError: 'OSError' };

/** An exception class of Python; those that Python has in a module are found by their paths. */
export function findException(path: string): PyClass | undefined {
  if (path === 'dataclasses.FrozenInstanceError' || path === 'json.JSONDecodeError' || path === 'json.decoder.JSONDecodeError') {
    return exceptions.get(path.slice(path.lastIndexOf('.') + 1));
  }
  if (path === 'FrozenInstanceError' || path === 'JSONDecodeError') return undefined;
  return exceptions.get(Object.hasOwn(otherNames, path) ? otherNames[path]! : path);
}

/** The class of an exception that an operation raised, by its name. */
export function raisedClass(name: string): PyClass | undefined {
  return exceptions.get(name);
}
