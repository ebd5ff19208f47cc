import { useId, useState } from 'react';
import type { AlgorithmArgument } from '../../../core/algorithms/call.ts';
import type { PlannedAlgorithm } from '../../../core/algorithms/planned-algorithm.ts';
import { allArguments, argumentText, isNeeded, parseArgument, withArgument } from './algorithm-draft.ts';

const kinds: Readonly<Record<AlgorithmArgument['kind'], string>> = { int: 'a whole number', float: 'a number', bool: 'True or False' };

/** The arguments of the constructor and of compress(), by Python's names. */
export function AlgorithmArguments({ draft, onDraft }: {
  readonly draft: PlannedAlgorithm;
  readonly onDraft: (draft: PlannedAlgorithm) => void;
}) {
  const given = allArguments(draft.algorithm);
  if (given.length === 0) return null;
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Arguments</legend>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-2">
        {given.map((argument) => (
          <ArgumentField key={argument.name} argument={argument} draft={draft} onDraft={onDraft} />
        ))}
      </div>
      <p className="mt-1 text-xs text-muted">An empty field is left to NNI, or to you in the exported script.</p>
    </fieldset>
  );
}

function ArgumentField({ argument, draft, onDraft }: {
  readonly argument: AlgorithmArgument;
  readonly draft: PlannedAlgorithm;
  readonly onDraft: (draft: PlannedAlgorithm) => void;
}) {
  const id = useId();
  const known = argumentText(draft, argument);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? known;
  const isBad = parseArgument(text, argument).type === 'bad';
  const type = (next: string) => {
    const parsed = parseArgument(next, argument);
    // A text that is no value, or only the start of one, stays as it is typed.
    setTyped(next);
    if (parsed.type !== 'bad') onDraft(withArgument(draft, argument.name, parsed));
  };
  return (
    <div className="flex flex-col gap-0.5">
      <label htmlFor={id} className="font-mono text-xs">
        {argument.name}
      </label>
      <input
        id={id}
        value={text}
        inputMode={argument.kind === 'bool' ? 'text' : 'decimal'}
        placeholder={argument.fallback ?? argument.start}
        aria-invalid={isBad}
        aria-describedby={isBad ? `${id}-error` : undefined}
        onChange={(event) => type(event.target.value)}
        className="h-7 min-w-0 rounded border border-line bg-surface px-2 font-mono text-xs"
      />
      {text.trim() === '' && isNeeded(draft.algorithm, argument) && <span className="text-xs text-later">{argument.name} is needed: {argument.start}, for example.</span>}
      {isBad && (
        <span id={`${id}-error`} className="text-xs text-refused">
          Write {kinds[argument.kind]}.
        </span>
      )}
    </div>
  );
}
