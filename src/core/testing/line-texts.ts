const linear = 'Linear(in_features=8, out_features=8, bias=True)';
const rule = '='.repeat(40);
const layers = Array.from({ length: 8 }, (_, at) => at);

/** Texts of every kind that is read line by line, and the line of each module but the root. */
export const lineTexts: Readonly<Record<string, readonly string[]>> = {
  'a printed model': ['Net(', '  (stem): Stem(', `    (fc): ${linear}`, '    (act): ReLU()', '  )', '  (body): ModuleList(', `    (0-1): 2 x ${linear}`, '  )', `  (head): ${linear}`, ')'],
  'a printed model in a log': ['Net(', `  (fc): ${linear}`, '  (seq): Sequential(', '    (0): ReLU()', '  )', ')'].map((line, at) => `2024-01-02 10:00:0${at} INFO ${line}`),
  'parameters, one a line': ['stem.fc.weight torch.Size([8, 8])', 'stem.fc.bias torch.Size([8])', 'head.weight torch.Size([4, 8])', 'head.bias torch.Size([4])'],
  'modules, one a line': ['stem Stem', 'stem.fc Linear', 'stem.act ReLU', ...layers.map((at) => `body.${at} Linear`), 'head Linear'],
  'modules, one a line, with numbers and labels': ['0: Name: stem, Type: Stem', '1: Name: stem.fc, Type: Linear', ...layers.map((at) => `${at + 2}: Name: body.${at}, Type: ReLU`), '10: Name: head, Type: Linear'],
  'JSON, one object a line': ['{"name": "stem", "type": "Stem"}', '{"name": "stem.fc", "type": "Linear"}', '{"name": "head", "type": "Linear"}', '{"name": "tail", "type": "ReLU"}'],
  'a drawing': ['Net', '├── stem: Stem', '│   ├── fc: Linear', '│   └── act: ReLU', '└── head: Linear'],
  'children, one after the other': [`stem ${linear}`, 'act ReLU()', 'body Sequential(', `  (0): ${linear}`, '  (1): ReLU()', ')', `head ${linear}`],
  'an error of load_state_dict': ['Error(s) in loading state_dict for Net:', 'Missing key(s) in state_dict: "stem.fc.weight", "head.weight".', 'size mismatch for tail.weight: copying a param with shape torch.Size([8]) from checkpoint, the shape in current model is torch.Size([4]).'],
  'a graph': ['graph():', '    %x : [num_users=1] = placeholder[target=x]', '    %stem : [num_users=1] = call_module[target=stem](args = (%x,), kwargs = {})', '    %head : [num_users=1] = call_module[target=head](args = (%stem,), kwargs = {})', '    return head'],
  'a table of counts': ['| Modules | Parameters |', '|---|---|', '| stem.fc.weight | 64 |', '| stem.fc.bias | 8 |', '| head.weight | 32 |'],
  'a table with bars': ['| Name | Type | Params |', '|---|---|---|', '| stem | Stem | 9 |', '| stem.fc | Linear | 9 |', '| head | Linear | 9 |'],
  'a table of fvcore': ['| module | #parameters or shape | #flops |', '|:---|:---|:---|', '| model | 9 | 9 |', '|  stem | 9 | 9 |', '|   stem.weight | (8, 8) | |', '|  head | 9 | 9 |', '|   head.weight | (4, 8) | |'],
  'a summary': [rule, 'Layer (type (var_name))       Output Shape     Param #', rule, 'Net (Net)         [1, 4]    --', '├─Stem (stem)     [1, 8]    --', '│    └─Linear (fc)    [1, 8]    72', '├─Linear (head)   [1, 4]    36', rule],
};
