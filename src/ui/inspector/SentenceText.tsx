import { createContext, Fragment, useContext } from 'react';
import type { KeyPath } from '../../core/config/value.ts';
import { SubConfigMark } from '../shared/SubConfigMark.tsx';
import { useActions } from '../shared/use-app.ts';
import { nameParts, pathText } from './wording.ts';
import type { SelectsByType, Sentence, SentencePart } from './sentences.ts';
import type { NumberedSubConfig } from '../shared/use-resolved-sub-configs.ts';

/** The sub-configs behind the indices in sentences. */
export const ResolvedSubConfigs = createContext<readonly (NumberedSubConfig | null)[]>([]);

/** Says which sub-configs choose by type alone. */
export function useSelectsByType(): SelectsByType {
  const resolved = useContext(ResolvedSubConfigs);
  return (subConfig) => resolved[subConfig]?.selectsByType === true;
}

/** A sentence with marks, names and links to the cards. */
export function SentenceText({ sentence }: { readonly sentence: Sentence }) {
  return numbered(sentence).map(({ item, id }) => (
    <Part key={id} part={isLink(sentence[id - 1]) && typeof item === 'string' ? item.slice(startMark(item).length) : item} after={isLink(item) ? startMark(sentence[id + 1]) : ''} />
  ));
}

/** The same to be read only: nothing in it can be pressed. */
export function SentenceWords({ sentence }: { readonly sentence: Sentence }) {
  const resolved = useContext(ResolvedSubConfigs);
  return numbered(sentence).map(({ item, id }) => {
    if (typeof item === 'string') return item;
    if (item.type !== 'mark') {
      return (
        <code key={id} className="font-mono text-xs">
          <BreakableName name={item.text} />
        </code>
      );
    }
    const own = resolved[item.subConfig];
    if (!own) return 'a sub-config that is gone';
    const { number, color } = own;
    return <SubConfigMark key={id} number={number} color={color} label={`sub-config #${number}`} />;
  });
}

function isLink(part: SentencePart | undefined): boolean {
  return typeof part === 'object' && part.type === 'link';
}

/** The punctuation mark that a part begins with. */
function startMark(part: SentencePart | undefined): string {
  return typeof part === 'string' ? /^[,;]?/.exec(part)![0] : '';
}

function Part({ part, after }: {
  readonly part: SentencePart;
  /** The punctuation mark that follows a link. */
  readonly after: string;
}) {
  if (typeof part === 'string') return part;
  switch (part.type) {
    case 'mark':
      return <Mark subConfig={part.subConfig} />;
    case 'code':
      return (
        <code className="font-mono text-xs">
          <BreakableName name={part.text} />
        </code>
      );
    case 'link':
      return <CardLink text={part.text} subConfig={part.subConfig} path={part.path} after={after} />;
  }
}

/** Parts of a text have no identity but their place. */
function numbered<Item>(items: readonly Item[]): readonly { readonly item: Item; readonly id: number }[] {
  return items.map((item, id) => ({ item, id }));
}

/** A sub-config's mark; leads to its card. */
export function Mark({ subConfig }: { readonly subConfig: number }) {
  const { reveal } = useActions();
  const resolved = useContext(ResolvedSubConfigs)[subConfig];
  if (!resolved) return <span>a sub-config that is gone</span>;
  const { id, number, label, color } = resolved;
  const name = `#${number}${label === '' ? '' : ` ${label}`}`;
  return (
    <button
      type="button"
      aria-label={`Go to sub-config ${name}`}
      title={`Go to ${name}`}
      onClick={() => reveal({ type: 'sub-config', subConfigId: id })}
      className="inline-flex rounded-sm align-baseline hover:opacity-80"
    >
      <SubConfigMark number={number} color={color} />
    </button>
  );
}

interface CardLinkProps {
  readonly text: string;
  readonly subConfig: number;
  readonly path: KeyPath;
  /** A punctuation mark, within the button so that no line begins with it: a button of several lines takes the whole width. */
  readonly after: string;
}

function CardLink({ text, subConfig, path, after }: CardLinkProps) {
  const { reveal } = useActions();
  const own = useContext(ResolvedSubConfigs)[subConfig];
  const isKey = path.length > 0 && typeof path.at(-1) === 'number';
  return (
    <button
      type="button"
      disabled={!own}
      title={`Go to ${pathText(path)} in the card`}
      onClick={() => own && reveal({ type: 'sub-config', subConfigId: own.id, path })}
      className="group/link text-left select-text"
    >
      <span className={`underline decoration-line-strong underline-offset-2 group-hover/link:decoration-text ${isKey ? 'font-mono text-xs' : ''}`}>
        {isKey ? <BreakableName name={text} /> : text}
      </span>
      {after !== '' && <span aria-hidden="true">{after}</span>}
    </button>
  );
}

/** A name that may break behind its dots. */
export function BreakableName({ name }: { readonly name: string }) {
  return numbered(nameParts(name)).map(({ item, id }) => (
    <Fragment key={id}>
      {id > 0 && <wbr />}
      <span className="[overflow-wrap:anywhere]">{item}</span>
    </Fragment>
  ));
}
