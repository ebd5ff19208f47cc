/** Versions of CPython whose `re` is implemented; they accept different patterns. */
export type PythonVersion = '3.8' | '3.9' | '3.10' | '3.11' | '3.12' | '3.13' | '3.14';

export const pythonVersions: readonly PythonVersion[] = ['3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14'];

export const defaultPythonVersion: PythonVersion = '3.11';
