import { Plus } from 'lucide-react';
import type { SelectorKey } from '../../../core/config/selector-keys.ts';
import { Button } from '../../shared/Button.tsx';
import { MenuButton } from '../../shared/layers/MenuButton.tsx';
import { MenuItem } from '../../shared/layers/Popover.tsx';
import { useCard } from '../card/card-context.ts';

interface Condition {
  readonly selector: SelectorKey;
  readonly title: string;
}

const selecting: readonly Condition[] = [
  { selector: 'op_names_re', title: 'Names that match a pattern' },
  { selector: 'op_types', title: 'Modules of a type' },
  { selector: 'op_names', title: 'A module by its name' },
];

const excluding: readonly Condition[] = [
  { selector: 'exclude_op_names_re', title: 'Not: names that match a pattern' },
  { selector: 'exclude_op_types', title: 'Not: modules of a type' },
  { selector: 'exclude_op_names', title: 'Not: a module by its name' },
];

/** The menu of the selectors that a sub-config does not use yet. */
export function AddCondition({ present, onAdd }: {
  readonly present: readonly SelectorKey[];
  readonly onAdd: (selector: SelectorKey) => void;
}) {
  const { number } = useCard();
  const label = `Add a condition to sub-config ${number}`;
  const missing = [selecting, excluding]
    .map((conditions) => conditions.filter(({ selector }) => !present.includes(selector)))
    .filter((conditions) => conditions.length > 0);
  if (missing.length === 0) return null;
  return (
    <div className="-ml-1.5">
      <MenuButton
        label={label}
        trigger={(props) => (
          <Button kind="plain" size="small" icon={<Plus size={12} />} aria-label={label} {...props}>
            Add condition
          </Button>
        )}
      >
        {(close) =>
          missing.map((conditions, at) => (
            <div key={conditions[0]!.selector} className={at > 0 ? 'mt-1 border-t border-line pt-1' : ''}>
              {conditions.map(({ selector, title }) => (
                <MenuItem
                  key={selector}
                  hint={selector}
                  onSelect={() => {
                    close();
                    onAdd(selector);
                  }}
                >
                  {title}
                </MenuItem>
              ))}
            </div>
          ))
        }
      </MenuButton>
    </div>
  );
}
