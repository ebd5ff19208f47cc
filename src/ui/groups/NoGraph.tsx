import { CopyLines } from '../shared/CopyLines.tsx';

const recipe = `import torch
from export_module_tree import export_module_tree
export_module_tree(model, "tree.json.gz", dummy_input=torch.rand(1, 3, 224, 224))`;

const command = 'python export_module_tree.py torchvision.models:resnet18 --input 1,3,224,224 -o tree.json.gz';

/** How to get a file that says how the data flows. */
export function NoGraph() {
  return (
    <div className="flex flex-col gap-2">
      <p>The file of this model does not say how the data flows from module to module. One forward pass shows it.</p>
      <p className="text-muted">
        Run{' '}
        <a href="./export_module_tree.py" download className="text-text underline">
          export_module_tree.py
        </a>{' '}
        with an input of your model, as you would give it to NNI, and open the file that it writes.
      </p>
      <CopyLines text={recipe} />
      <p className="text-muted">Or on the command line:</p>
      <CopyLines text={command} label="Command" />
    </div>
  );
}
