import { createContext, useContext } from 'react';
import type { KeyPath } from '../../core/config/value.ts';
import { SubConfigMark } from '../shared/SubConfigMark.tsx';
import { useActions } from '../shared/use-app.ts';
import { nameParts } from './wording.ts';
import type { Sentence } from './sentences.ts';
import type { NumberedSubConfig } from './use-resolved-sub-configs.ts';

/** What the indices in sentences stand for. */
export const ResolvedSubConfigs = createContext<readonly (NumberedSubConfig | null)[]>([]);

/** A sentence with marks, names and links to the cards. */
export function SentenceText({ sentence }: { readonly sentence: Sentence }) {
  return (
    <>
      {sentence.map((part, index) => {
        if (typeof part === 'string') return part;
        switch (part.type) {
          case 'mark':
            return <Mark key={index} subConfig={part.subConfig} />;
          case 'code':
            return (
              <code key={index} className="font-mono text-xs">
                <BreakableName name={part.text} />
              </code>
            );
          case 'link':
            return <CardLink key={index} text={part.text} subConfig={part.subConfig} path={part.path} />;
        }
      })}
    </>
  );
}

/** A sub-config's mark; leads to its card. */
export function Mark({ subConfig }: { readonly subConfig: number }) {
  const { reveal } = useActions();
  const resolved = useContext(ResolvedSubConfigs)[subConfig];
  if (!resolved) return <span>a sub-config that is gone</span>;
  const { number, subConfig: own } = resolved;
  const name = `#${number}${own.label === '' ? '' : ` ${own.label}`}`;
  return (
    <button
      type="button"
      aria-label={`Go to sub-config ${name}`}
      title={`Go to ${name}`}
      onClick={() => reveal({ type: 'sub-config', subConfigId: own.id })}
      className="rounded-sm align-[-3px] hover:opacity-80"
    >
      <SubConfigMark number={number} color={own.color} />
    </button>
  );
}

interface CardLinkProps {
  readonly text: string;
  readonly subConfig: number;
  readonly path: KeyPath;
}

function CardLink({ text, subConfig, path }: CardLinkProps) {
  const { reveal } = useActions();
  const own = useContext(ResolvedSubConfigs)[subConfig]?.subConfig;
  const isKey = path.length > 0 && typeof path.at(-1) === 'number';
  return (
    <button
      type="button"
      disabled={!own}
      title={`Go to ${path.join(' › ')} in the card`}
      onClick={() => own && reveal({ type: 'sub-config', subConfigId: own.id, path })}
      className={`text-left underline decoration-line-strong underline-offset-2 select-text hover:decoration-text ${isKey ? 'font-mono text-xs' : ''}`}
    >
      {isKey ? <BreakableName name={text} /> : text}
    </button>
  );
}

/** A name that may break behind its dots. */
export function BreakableName({ name }: { readonly name: string }) {
  return nameParts(name).map((part, index) => (
    // Parts have no identity but their place.
    <span key={index}>
      {index > 0 && <wbr />}
      <span className="[overflow-wrap:anywhere]">{part}</span>
    </span>
  ));
}
