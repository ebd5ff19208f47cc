import type { TreeRole } from '../../worker/protocol.ts';
import { lazyPart } from '../shared/late-parts/lazy-part.tsx';
import { useOpenStatus } from './use-open-status.ts';
import { LatePart } from '../shared/late-parts/LatePart.tsx';

const OpenProblem = lazyPart(async () => (await import('./OpenProblem.tsx')).OpenProblem);

/** Why a model could not be opened; fetched when one could not. */
export function LateOpenProblem({ role }: { readonly role: TreeRole }) {
  const failed = useOpenStatus(role).type === 'failed';
  return <LatePart part="Why the model was not opened">{failed && <OpenProblem role={role} />}</LatePart>;
}
