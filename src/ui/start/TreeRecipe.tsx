import { CopyLines } from '../shared/CopyLines.tsx';

const recipe = `import json, torch
json.dump({name: type(module).__name__ for name, module in model.named_modules(remove_duplicate=False)},
          open("tree.json", "w"))`;

/** How to get a tree out of a model. */
export function TreeRecipe() {
  return (
    <section aria-label="How to get a tree">
      <h2 className="mb-1.5 font-semibold">How to get a file of your model</h2>
      <ul className="mb-2 list-disc space-y-1 pl-5 text-muted">
        <li>
          Quickest: <code className="font-mono">print(model)</code> and paste what it prints.
        </li>
        <li>
          With everything NNI looks at (parameters, sharing, forward arguments): run{' '}
          <a href="./export_module_tree.py" download className="text-text underline">
            export_module_tree.py
          </a>{' '}
          in the folder of your model.
        </li>
        <li>Names and types in one line:</li>
      </ul>
      <CopyLines text={recipe} />
    </section>
  );
}
