/** The name of a module's parent; the root's parent is itself. */
export function parentName(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(0, dot);
}
