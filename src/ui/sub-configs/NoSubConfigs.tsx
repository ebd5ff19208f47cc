import { useMemo } from 'react';
import { readJsonValue } from '../../core/config/json-reader.ts';
import { builtInTemplateTypes } from '../../core/config/setting-templates.ts';
import type { Mode } from '../../core/config/mode.ts';
import { floatOf, isConfigObject, objectOf, type ConfigObject } from '../../core/config/value.ts';
import { countTypes } from '../../core/module-tree/tree-index.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Button } from '../shared/Button.tsx';
import { EmptyState } from '../shared/EmptyState.tsx';
import { useActions, useDerived, useView } from '../shared/use-app.ts';

const selectMode = (state: ViewState) => state.mode;
const selectTree = (state: DerivedState) => state.student?.tree ?? null;

const verbs: Readonly<Record<Mode, string>> = { pruning: 'Prune', quantization: 'Quantize', distillation: 'Distil' };

function startFor(mode: Mode, moduleType: string): ConfigObject {
  switch (mode) {
    case 'pruning':
      return objectOf([
        ['op_types', [moduleType]],
        ['sparse_ratio', floatOf(0.5)],
      ]);
    case 'quantization':
      return objectOf([
        ['op_types', [moduleType]],
        ['target_names', ['_input_', 'weight']],
        ['quant_dtype', 'int8'],
      ]);
    case 'distillation':
      return objectOf([
        ['op_types', [moduleType]],
        ['lambda', floatOf(1)],
        ['link', 'auto'],
        ['apply_method', 'mse'],
      ]);
  }
}

/** What to do first, with types that the model has and NNI knows. */
export function NoSubConfigs() {
  const { addSubConfig, setView } = useActions();
  const mode = useView(selectMode);
  const tree = useDerived(selectTree);
  const types = useMemo(() => {
    if (!tree) return [];
    const counts = countTypes(tree);
    const known = new Set(builtInTemplateTypes(mode));
    return tree.types
      .map((type, id) => ({ type, count: counts[id] ?? 0 }))
      .filter(({ type }) => type !== '' && (known.size === 0 || known.has(type)))
      .toSorted((a, b) => b.count - a.count)
      .slice(0, 3)
      .map(({ type }) => type);
  }, [tree, mode]);
  const byPattern = () => {
    const start = readJsonValue('{"op_names_re": []}');
    addSubConfig(start.ok && isConfigObject(start.value) ? start.value : undefined);
  };
  return (
    <EmptyState
      title={`No sub-config for ${mode} yet`}
      actions={
        <>
          {types.map((type) => (
            <Button key={type} onClick={() => addSubConfig(startFor(mode, type))}>
              {verbs[mode]} all {type}
            </Button>
          ))}
          <Button onClick={byPattern}>Start with a pattern</Button>
          <Button onClick={() => setView({ dialog: 'import' })}>Import a list</Button>
        </>
      }
    >
      A sub-config selects modules by name, pattern or type and says what happens to their tensors. The first one to
      configure a tensor wins.
    </EmptyState>
  );
}
