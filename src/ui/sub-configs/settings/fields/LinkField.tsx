import { X } from 'lucide-react';
import { useState } from 'react';
import { isConfigList } from '../../../../core/config/value.ts';
import { IconButton } from '../../../shared/Button.tsx';
import { useValueEditor } from '../../card/card-context.ts';
import { Combobox } from '../../../shared/Combobox.tsx';
import { wholeField, WholeText } from '../../../shared/WholeText.tsx';
import { textOf } from '../field-text.ts';
import { fieldId } from '../../card/finding-places.ts';
import type { TypedFieldProps } from './typed-field.ts';
import type { OptionSource } from '../../../shared/use-completions.ts';

const teacherNames: OptionSource = {
  type: 'names',
  role: 'teacher',
  first: [{ value: 'auto', hint: 'the module of the same name' }],
};

/** The module of the teacher to learn from; with a second one the value becomes a list. */
export function LinkField({ path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const [typed, setTyped] = useState('');
  const names = isConfigList(value) ? value.map(textOf) : [textOf(value)];
  const write = (next: readonly string[]) => set(path, next.length === 1 && !isConfigList(value) ? next[0]! : next);
  const add = (name: string) => {
    setTyped('');
    if (name.trim() !== '') write([...names, name]);
  };
  return (
    <>
      {names.map((name, at) => (
        <div key={at} className="flex items-center gap-1">
          <WholeText text={name}>
            <Combobox
              label={at === 0 ? label : `Link ${at + 1} of ${label}`}
              text={name}
              source={teacherNames}
              onText={(text) => write(names.with(at, text))}
              placeholder="auto, or a module of the teacher"
              selectOnFocus={name === 'auto'}
              field={at === 0 ? fieldId(path) : fieldId([...path, at])}
              className={wholeField}
            />
          </WholeText>
          {names.length > 1 && (
            <IconButton
              size="small"
              label={`Remove link ${at + 1} of ${label}`}
              icon={<X size={12} />}
              onClick={() => write(names.toSpliced(at, 1))}
            />
          )}
        </div>
      ))}
      <Combobox
        label={`Link ${names.length + 1} of ${label}`}
        text={typed}
        source={teacherNames}
        onText={setTyped}
        onChoose={add}
        onEnter={() => add(typed)}
        onLeave={() => add(typed)}
        placeholder="Add another module"
        look="dashed"
        className="w-full"
      />
    </>
  );
}
