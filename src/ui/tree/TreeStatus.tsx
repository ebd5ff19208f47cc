import { showKeys } from '../actions/keys.ts';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { memo } from 'react';
import { formatCount } from '../../core/text/format-count.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import type { OpenedTree } from '../../worker/protocol.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { formatLarge, formatQuantity } from '../shared/format.ts';
import { lazyPart } from '../shared/late-parts/lazy-part.tsx';
import { useActions, useDerived, useStores, useView } from '../shared/use-app.ts';
import { stepToHit } from './search/search-hits.ts';
import { whenFound } from './search/when-found.ts';
import { whenMatched } from './search/when-matched.ts';
import { LatePart } from '../shared/late-parts/LatePart.tsx';

const UseSearch = lazyPart(async () => (await import('./search/UseSearch.tsx')).UseSearch);

const selectMatches = (state: DerivedState) => state.matches;
const selectTyped = ({ preview }: DerivedState) =>
  preview && (preview.draft.pattern !== '' || preview.draft.config) ? preview.shown : null;
const selectFirstFocus = (state: ViewState) => state.focus[0];
const selectOnlyMatches = (state: ViewState) => state.onlyMatches;
const selectMultiplyAddsShown = (state: ViewState) => state.multiplyAddsShown;

/** The line below the tree: how many modules there are, are found or match the typed pattern, and the way to them. */
export function TreeStatus({ opened }: { readonly opened: OpenedTree }) {
  const matches = useDerived(selectMatches);
  const typed = useDerived(selectTyped);
  const { setView, focusModules } = useActions();
  const { view, derived } = useStores();
  const multiplyAddsShown = useView(selectMultiplyAddsShown);
  const { tree, parameterCount } = opened;
  return (
    <>
      {matches ? (
        <>
          <FoundCount matches={matches} />
          <LatePart part="Use as selector">{matches.length > 0 && <UseSearch />}</LatePart>
          {matches.length > 0 && (
            <Button kind="plain" size="small" title={`In the tree: ${showKeys('Mod+A')}`} onClick={() => whenFound(derived, view, (found) => focusModules([...(found.matches ?? [])]))}>
              Choose all
            </Button>
          )}
        </>
      ) : (
        <p role="status" className="mr-auto truncate">
          {typed
            ? `${formatQuantity(typed.count, 'module')} ${typed.count === 1 ? 'matches' : 'match'}`
            : `${formatQuantity(tree.size, 'module')}${parameterCount === null ? '' : ` · ${formatLarge(parameterCount)} parameters`}`}
        </p>
      )}
      {!matches && typed && typed.count > 0 && <HitSteps />}
      {/* Where they have no room next to the count, they go to the next line together. */}
      <span className="ml-auto flex items-center gap-1">
        {!typed && (
          <Switch
            label="Multiply-adds"
            hint={
              tree.graph === null
                ? 'Multiply-adds need the data flow, and the file of this model has none. The tab Flow says how to add it.'
                : 'Show the multiply-adds of each module, on the input that the file was recorded with'
            }
            isPossible={tree.graph !== null}
            checked={multiplyAddsShown && tree.graph !== null}
            onChange={(shown) => setView(shown ? { multiplyAddsShown: true } : { multiplyAddsShown: false, sortedByMultiplyAdds: false })}
          />
        )}
        {!matches && <OnlyMatches />}
      </span>
    </>
  );
}

/** Drawn apart from the count, which changes with each letter of a pattern. */
const OnlyMatches = memo(function OnlyMatches() {
  const { setView } = useActions();
  return (
    <Switch
      label="Only matches"
      hint="While a pattern is typed or a sub-config is pointed at, show only its matches"
      checked={useView(selectOnlyMatches)}
      onChange={(only) => setView({ onlyMatches: only })}
    />
  );
});

/** A checkbox of the line below the tree. */
function Switch({ label, hint, isPossible = true, checked, onChange }: {
  readonly label: string;
  readonly hint: string;
  readonly isPossible?: boolean;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <label title={hint} className={`flex h-6 items-center gap-1.5 rounded px-1.5 whitespace-nowrap ${isPossible ? 'hover:bg-hover' : ''}`}>
      <input
        type="checkbox"
        checked={checked}
        aria-disabled={isPossible ? undefined : true}
        title={isPossible ? undefined : hint}
        onChange={(event) => isPossible && onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}

function FoundCount({ matches }: { readonly matches: Uint32Array }) {
  const focus = useView(selectFirstFocus);
  const at = focus === undefined ? -1 : matches.indexOf(focus);
  return (
    <p role="status" className="mr-auto truncate">
      {at >= 0 && `${formatCount(at + 1)} of `}
      {formatQuantity(matches.length, 'module')} found
    </p>
  );
}

const upIcon = <ChevronUp size={14} />;
const downIcon = <ChevronDown size={14} />;

/**
 * Goes from one match of the typed pattern to the next; the field that is typed in keeps the focus. The matches are read when a button is
 * pressed: the buttons stay as they are while letters are typed.
 */
const HitSteps = memo(function HitSteps() {
  const { focusModules, revealModule } = useActions();
  const stores = useStores();
  const step = (by: 1 | -1) =>
    whenMatched(stores, (mask) => {
      const hit = stepToHit(hitsIn(mask), stores.view.getState().focus[0], by);
      if (hit !== null) revealModule(hit);
    });
  const keepFocus = (event: React.MouseEvent) => event.preventDefault();
  const all = () => whenMatched(stores, (mask) => focusModules([...hitsIn(mask)]));
  return (
    <>
      <Button kind="plain" size="small" onMouseDown={keepFocus} onClick={all}>
        Choose them
      </Button>
      <IconButton size="small" label="Previous match" icon={upIcon} onMouseDown={keepFocus} onClick={() => step(-1)} />
      <IconButton size="small" label="Next match" icon={downIcon} onMouseDown={keepFocus} onClick={() => step(1)} />
    </>
  );
});

function hitsIn(mask: Uint8Array): Uint32Array {
  const hits: number[] = [];
  mask.forEach((bit, module) => {
    if (bit === 1) hits.push(module);
  });
  return Uint32Array.from(hits);
}
