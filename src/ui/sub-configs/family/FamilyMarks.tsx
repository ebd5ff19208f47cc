import { SubConfigMark, type SubConfigMarkProps } from '../../shared/SubConfigMark.tsx';

/** The marks of the first and the last of several neighbours. */
export function FamilyMarks({ first, last, state = 'selected' }: {
  readonly first: Pick<SubConfigMarkProps, 'number' | 'color'>;
  readonly last: Pick<SubConfigMarkProps, 'number' | 'color'>;
  readonly state?: 'selected' | 'off';
}) {
  return (
    <span className="inline-flex shrink-0 items-center gap-0.5 text-muted">
      <SubConfigMark number={first.number} color={first.color} state={state} />–
      <SubConfigMark number={last.number} color={last.color} state={state} />
    </span>
  );
}
