import { childrenOf } from './python-literals.ts';
import type { SyntaxNode, SyntaxTree } from './python-source.ts';

/** Statements and expressions that give names a value, other than assignments. */
const binding =
  /^(?:ImportStatement|ForStatement|ParamList|FunctionDefinition|ClassDefinition|DeleteStatement|NamedExpression|TryStatement|WithStatement|ScopeStatement|UpdateStatement|\w*ComprehensionExpression)$/;

/**
 * The names whose value is plain to see: set once in the whole source, by an assignment at its top level, and
 * never changed in place. Gives the expression that each is set to.
 */
export function findConstants(tree: SyntaxTree, source: string): ReadonlyMap<string, SyntaxNode> {
  const values = new Map<string, SyntaxNode>();
  const bound = new Map<string, number>();
  const changed = new Set<string>();
  const nameOf = (node: SyntaxNode) => source.slice(node.from, node.to);
  tree.iterate({
    enter: ({ node }) => {
      if (node.name === 'AssignStatement') {
        const [target, ...rest] = childrenOf(node).filter(({ name }) => name !== 'TypeDef');
        const [operator, value] = rest;
        const isPlain = target?.name === 'VariableName' && operator?.name === 'AssignOp' && rest.length === 2;
        if (isPlain && value && node.parent?.name === 'Script') values.set(nameOf(target), value);
      } else if (node.name === 'VariableName') {
        const { parent } = node;
        if (!parent) return;
        if (binding.test(parent.name) || isTarget(node)) bound.set(nameOf(node), (bound.get(nameOf(node)) ?? 0) + 1);
        // `NAMES.append(…)`, `NAMES[0] = …`
        else if (parent.name === 'MemberExpression' && parent.firstChild?.from === node.from && isChanged(parent)) {
          changed.add(nameOf(node));
        }
      }
    },
  });
  for (const name of values.keys()) if (bound.get(name) !== 1 || changed.has(name)) values.delete(name);
  return values;
}

/** Whether a name stands left of the last `=` of an assignment, itself or as one of several. */
function isTarget(name: SyntaxNode): boolean {
  let node: SyntaxNode = name;
  while (node.parent && /^(?:TupleExpression|ArrayExpression|ParenthesizedExpression)$/.test(node.parent.name)) {
    node = node.parent;
  }
  return node.parent?.name === 'AssignStatement' && standsBeforeEquals(node);
}

/** Whether `a.b` or `a[0]` is called, set, or deleted. */
function isChanged(member: SyntaxNode): boolean {
  const { parent } = member;
  if (!parent) return false;
  switch (parent.name) {
    case 'CallExpression':
      return parent.firstChild?.from === member.from;
    case 'AssignStatement':
      return standsBeforeEquals(member);
    case 'UpdateStatement':
    case 'DeleteStatement':
      return true;
    default:
      return false;
  }
}

function standsBeforeEquals(node: SyntaxNode): boolean {
  for (let next = node.nextSibling; next; next = next.nextSibling) if (next.name === 'AssignOp') return true;
  return false;
}
