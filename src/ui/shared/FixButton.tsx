import { Wrench } from 'lucide-react';
import type { Fix } from '../../core/diagnostics/fix.ts';
import { wordFix } from '../../core/diagnostics/fix.ts';
import { Button, type ButtonProps } from './Button.tsx';
import { useActions, useIsReadOnly } from './use-app.ts';
import { useNumberOf } from './use-number-of.ts';

/** Settles a finding in one step; a long name in its words is cut where its row ends. */
export function FixButton({ fix, kind }: { readonly fix: Fix; readonly kind?: ButtonProps['kind'] }) {
  const { applyFix } = useActions();
  const isReadOnly = useIsReadOnly();
  const numberOf = useNumberOf();
  if (isReadOnly) return null;
  const label = wordFix(fix, numberOf);
  return (
    <Button
      {...(kind && { kind })}
      size="small"
      icon={<Wrench size={12} className="shrink-0" />}
      title={label}
      onClick={() => applyFix(fix, label)}
    >
      <span className="truncate">{label}</span>
    </Button>
  );
}
