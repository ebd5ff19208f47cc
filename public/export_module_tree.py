#!/usr/bin/env python3
"""Write the module tree of a PyTorch model to a file that Espalier opens.

Needs the standard library and torch (1.8 or later) only, and runs nothing of the model: not even a forward pass. With an
input it runs the model as NNI does, in eval mode under torch.jit.trace, and writes the data flow too (key "graph").

In a script or notebook (import this file, or paste it into a cell):

    from export_module_tree import export_module_tree
    export_module_tree(model, "tree.json.gz")
    export_module_tree(model, "tree.json.gz", dummy_input=torch.rand(1, 3, 224, 224))    # with the data flow

From the command line, given something that builds a model when called without arguments (or is one):

    python export_module_tree.py torchvision.models:resnet18 -o tree.json.gz
    python export_module_tree.py "my_package.nets:build" --kwargs '{"depth": 12}' --meta -o tree.json
    python export_module_tree.py torchvision.models:resnet18 --input 1,3,224,224 -o tree.json.gz
    python export_module_tree.py "my_package.nets:bert" --input '{"input_ids": "1,128:int64"}' -o tree.json.gz

A file name that ends in .gz is compressed. Models on the meta device work: shapes need no memory.
"""

import argparse
import ast
import difflib
import gzip
import importlib
import inspect
import io
import json
import os
import re
import sys
import textwrap

__all__ = ["export_module_tree", "iter_module_entries"]

FORMAT_VERSION = 1


def _text(value):
    """A str that can be written as UTF-8: lone surrogates are escaped by json, everything else is kept."""
    return value if isinstance(value, str) else str(value)


def _shape(tensor):
    try:
        return [int(size) for size in tensor.shape]
    except Exception:  # lazy parameters have no shape yet
        return None


def _dtype(tensor):
    try:
        return str(tensor.dtype).replace("torch.", "", 1)
    except Exception:
        return None


def _is_frozen(tensor):
    try:
        return tensor.requires_grad is False
    except Exception:
        return False


def _class_path(module):
    kind = type(module)
    name = getattr(kind, "__qualname__", kind.__name__)
    return "%s.%s" % (getattr(kind, "__module__", "?"), name)


def _forward(module, known):
    """Names of what forward takes, self left out; None where Python cannot tell.

    Asked once a class: `known` remembers. A forward of the instance's own (hooks, scripts) is asked each time.
    """
    kind = type(module)
    plain = "forward" not in getattr(module, "__dict__", {}) and not hasattr(module, "_c")
    if plain and kind in known:
        return known[kind]
    found = _read_forward(module)
    if plain:
        known[kind] = found
    return found


def _read_forward(module):
    try:
        # As NNI asks (getfullargspec): of a decorated forward, the arguments of the decorator.
        signature = inspect.signature(module.forward, follow_wrapped=False)
        parameters = list(signature.parameters.values())
    except Exception:  # built-in, scripted, or not there
        return _script_forward(module)
    result = {"args": []}
    kwonly = []
    for parameter in parameters:
        if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD):
            result["args"].append(parameter.name)
        elif parameter.kind == parameter.KEYWORD_ONLY:
            kwonly.append(parameter.name)
        elif parameter.kind == parameter.VAR_POSITIONAL:
            result["varargs"] = parameter.name
        elif parameter.kind == parameter.VAR_KEYWORD:
            result["varkw"] = parameter.name
    if kwonly:
        result["kwonly"] = kwonly
    return result


def _script_forward(module):
    """Scripted modules keep their signature in a schema."""
    try:
        arguments = module.forward.schema.arguments
        names = [(argument.name, argument.kwarg_only) for argument in arguments if argument.name != "self"]
    except Exception:
        return None
    result = {"args": [name for name, only in names if not only]}
    kwonly = [name for name, only in names if only]
    if kwonly:
        result["kwonly"] = kwonly
    return result


def _extra_repr(module):
    try:
        extra = module.extra_repr()
    except Exception:
        return None
    return extra if isinstance(extra, str) and extra else None


def _own(module, attribute, method):
    """A module's own parameters or buffers with the None ones: [(name, tensor or None)]."""
    registered = None
    try:
        registered = getattr(module, attribute)
        items = list(registered.items())
    except Exception:
        items = None
    if items is None:
        try:  # scripted modules of old versions do not show their dictionaries
            items = list(getattr(module, method)(recurse=False))
        except Exception:
            items = []
    return [(_text(name), tensor) for name, tensor in items]


def _plain_attributes(module, known):
    """Attributes that are no parameters, buffers or children: NNI asks for them when a target has their name.

    None, the shape of a tensor, or the name of the type. Nothing is called: properties and methods are left out, and so is what
    torch's own classes set. `known` remembers what a class has.
    """
    kind = type(module)
    if kind.__module__.startswith("torch.nn."):
        return {}
    if kind not in known:
        known[kind] = {}
        for above in reversed(kind.__mro__[:-1]):
            if not above.__module__.startswith("torch.nn."):
                known[kind].update((name, value) for name, value in vars(above).items()
                                   if isinstance(name, str) and not name.startswith("_") and not hasattr(value, "__get__"))
    held = {name for attribute, method in (("_parameters", "named_parameters"), ("_buffers", "named_buffers"))
            for name, _ in _own(module, attribute, method)} | {name for name, _ in _children(module)}
    found = dict(known[kind])
    found.update((name, value) for name, value in vars(module).items() if isinstance(name, str) and not name.startswith("_"))
    return {_text(name): _described(value) for name, value in found.items() if name not in held and name != "training"}


def _described(value):
    if value is None:
        return None
    kind = type(value)
    if any(above.__name__ == "Tensor" and above.__module__ == "torch" for above in kind.__mro__):
        return {"shape": _shape(value)}
    return kind.__qualname__ if kind.__module__ == "builtins" else "%s.%s" % (kind.__module__, kind.__qualname__)


def _children(module):
    try:
        items = list(module._modules.items())
    except Exception:
        items = list(module.named_children())
    return [(_text(name), child) for name, child in items if child is not None]


def _walk(root):
    """(name, module) in the order of named_modules(remove_duplicate=False), which torch before 1.9 does not have.

    Without recursion, and a module that contains itself is entered once.
    """
    stack = [("", root, ())]
    while stack:
        name, module, above = stack.pop()
        yield name, module
        inside = above + (id(module),)
        prefix = name + "." if name else ""
        for label, child in reversed(_children(module)):
            if id(child) in inside:
                continue
            stack.append((prefix + label, child, inside))


def iter_module_entries(model):
    """One dictionary a module, parents before children, as they stand in the file."""
    # Objects are kept next to their names: an id names an object only as long as that object lives.
    first_module = {}
    first_tensor = {}
    forwards = {}
    attributes = {}
    for name, module in _walk(model):
        entry = {"name": name, "type": type(module).__name__, "class": _class_path(module)}
        shared = first_module.setdefault(id(module), (name, module))[0]
        if shared != name:
            entry["shared_with"] = shared
        prefix = name + "." if name else ""
        for field, attribute, method in (
            ("parameters", "_parameters", "named_parameters"),
            ("buffers", "_buffers", "named_buffers"),
        ):
            described = {}
            for local, tensor in _own(module, attribute, method):
                if tensor is None:
                    described[local] = None
                    continue
                described[local] = {"shape": _shape(tensor), "dtype": _dtype(tensor)}
                if field == "parameters" and _is_frozen(tensor):
                    described[local]["requires_grad"] = False
                # A tensor of a shared module is the same tensor under another name: shared_with says so already.
                tied = first_tensor.setdefault(id(tensor), (prefix + local, tensor))[0]
                if field == "parameters" and shared == name and tied != prefix + local:
                    described[local]["tied_to"] = tied
            if described:
                entry[field] = described
        plain = _plain_attributes(module, attributes)
        if plain:
            entry["attributes"] = plain
        forward = _forward(module, forwards)
        if forward is not None:
            entry["forward"] = forward
        extra = _extra_repr(module)
        if extra is not None:
            entry["extra_repr"] = extra
        yield entry


# ---------------------------------------------------------------- the data flow

GRAPH_VERSION = 1


def _describe(value, depth=0):
    """The shape of what goes into or comes out of a module: [2, 3], {"t": [...]}, {"d": {...}}, None, or a type's name."""
    import torch

    if value is None:
        return None
    if isinstance(value, torch.Tensor):
        return _shape(value)
    if depth <= 4 and isinstance(value, (list, tuple)):
        return {"t": [_describe(item, depth + 1) for item in value]}
    if depth <= 4 and isinstance(value, dict):
        return {"d": {_text(key): _describe(item, depth + 1) for key, item in value.items()}}
    return type(value).__name__


def _calls(model, args, kwargs):
    """Shapes of every call of every module, by the first name of the module, and code that NNI's tracer does not take. One forward pass."""
    import torch

    calls = {}
    handles = []

    def record(name, inputs, keywords, output):
        call = {"in": [_describe(item) for item in inputs], "out": _describe(output)}
        if keywords:
            call["kw"] = {_text(key): _describe(item) for key, item in keywords.items()}
        seen = calls.setdefault(name, [])
        if seen and {key: item for key, item in seen[-1].items() if key != "n"} == call:
            seen[-1]["n"] = seen[-1].get("n", 1) + 1
        else:
            seen.append(call)

    known = set()
    for name, module in _walk(model):
        if id(module) in known or isinstance(module, torch.jit.ScriptModule):
            continue
        known.add(id(module))
        try:  # torch 2.0 and later also show keyword arguments
            handle = module.register_forward_hook(
                lambda _m, inputs, keywords, output, _n=name: record(_n, inputs, keywords, output), with_kwargs=True)
        except TypeError:
            handle = module.register_forward_hook(lambda _m, inputs, output, _n=name: record(_n, inputs, {}, output))
        handles.append(handle)
    watch = _SourceWatch(model)
    try:
        with watch:
            model(*args, **kwargs)
    finally:
        for handle in handles:
            handle.remove()
    return calls, watch.found


class _SourceWatch:
    """Notes code of the model that ModelSpeedup's own tracer does not take, or takes another way than torch.jit.trace.

    NNI reads the source of each function that the model's own code calls, from the root's forward on, and parses it as a function
    of its own: a lambda is part of another statement there, and fails. Code of torch, and code that torch calls, stays as it is.
    """

    def __init__(self, model):
        self.found = []
        self.rewritten = []  # for each Python call under way: whether NNI has rewritten it
        self.codes = set()
        self.before = None
        try:
            defaults = [parameter.default for parameter in inspect.signature(model.forward).parameters.values()]
        except Exception:
            defaults = []
        if any(inspect.isroutine(value) for value in defaults):
            self.found.append("a function as default of an argument of forward")

    def __enter__(self):
        self.before = sys.getprofile()
        sys.setprofile(self._profile)
        return self

    def __exit__(self, *_):
        sys.setprofile(self.before)

    def _profile(self, frame, event, _):
        if event == "call":
            self.rewritten.append(self._enter(frame))
        elif event == "return" and self.rewritten:
            self.rewritten.pop()

    def _enter(self, frame):
        """Whether NNI rewrites the function of a frame that begins."""
        code, where = frame.f_code, frame.f_globals.get("__name__") or ""
        above = self.rewritten[-1] if self.rewritten else True
        caller = frame.f_back.f_globals.get("__name__")
        if where == "torch.nn.modules.module":
            return above  # the way from one forward to the next
        if code.co_name.startswith("<") and code.co_name != "<lambda>":
            return above  # a comprehension
        if where == "torch" or where.startswith(("torch.", "namedtuple_")):
            return False
        is_new = code not in self.codes
        self.codes.add(code)
        if is_new:
            self._note(code, where, _other_flow(code))
        if not above:
            return False
        # Hooks, classes and objects with __call__ are no functions that NNI looks into, nor is anything of torchvision.
        is_hook = caller == "torch.nn.modules.module" and code.co_name != "forward"
        if is_hook or code.co_name.startswith("__") or where.startswith("torch"):
            return False
        if is_new:
            self._note(code, where, _source_fault(code) or _super_fault(frame))
        return True

    def _note(self, code, where, reason):
        if reason is not None:
            self.found.append("%s in %s, line %d" % (reason, where, code.co_firstlineno))


def _statement(code):
    """The statement that defines a function, parsed by itself as NNI does it."""
    lines, start = inspect.findsource(code)
    return ast.parse(textwrap.dedent("".join(inspect.getblock(lines[start:])))).body[0]


def _source_fault(code):
    """What keeps NNI from rewriting a function: a lambda, or that its source is not there or cannot be parsed alone."""
    try:
        statement = _statement(code)
    except SyntaxError:
        return "source that does not parse by itself"
    except Exception:  # typed at a prompt, made by exec
        return "a function without source"
    if isinstance(statement, ast.FunctionDef):
        return None
    # NNI only rewrites calls, `not`, `is` and `in`, and leaves a function without any of them as it is.
    kinds = (ast.Call, ast.Not, ast.Is, ast.IsNot, ast.In, ast.NotIn)
    return "a lambda" if any(isinstance(node, kinds) for node in ast.walk(statement)) else None


def _super_fault(frame):
    """NNI writes super(self.__class__, self) for super(): that is another class where the object is of a class below."""
    code = frame.f_code
    if "__class__" not in code.co_freevars or not code.co_argcount:
        return None
    first = code.co_varnames[0]
    own = frame.f_locals.get("__class__")
    return None if first == "self" and type(frame.f_locals.get(first)) is own else "super()"


_pieces = ("chunk", "split", "unbind", "tensor_split", "split_with_sizes")
_loops = ("zip", "enumerate", "map", "list", "tuple", "reversed", "iter")


def _other_flow(code):
    """Code whose flow NNI takes another way: a branch on `self.training` (it traces in the mode that the model is in), and a loop
    over the pieces of a split, which it takes one by one with `next`."""
    try:
        nodes = list(ast.walk(_statement(code)))
    except Exception:
        return None
    tests = [node.test for node in nodes if isinstance(node, (ast.If, ast.IfExp, ast.While))]
    if any(isinstance(part, ast.Attribute) and part.attr == "training" for test in tests for part in ast.walk(test)):
        return "a branch on self.training"
    called = [getattr(node.func, "attr", getattr(node.func, "id", None)) for node in nodes if isinstance(node, ast.Call)]
    loops = any(isinstance(node, (ast.For, ast.comprehension)) for node in nodes) and any(name in _loops[:3] for name in called)
    loops = loops or any(isinstance(node, (ast.For, ast.comprehension)) and not _is_range(node.iter) for node in nodes)
    if any(name in _loops and any(getattr(getattr(item, "func", None), "attr", None) in ("values", "items") for item in node.args)
           for node, name in zip((node for node in nodes if isinstance(node, ast.Call)), called)):
        return "a list of what a dict holds"
    if any(name in _pieces for name in called) and (loops or any(name in _loops[2:] for name in called)):
        return "a loop where a tensor is split"
    return None


def _is_range(node):
    return isinstance(node, ast.Call) and getattr(node.func, "id", None) == "range"


def _scripted_functions(model, trace):
    """Names of functions that torch.jit.script has compiled and the model's own code calls: NNI's tracer cannot call them."""
    import torch

    scripted = {name for name, module in _walk(model) if isinstance(module, torch.jit.ScriptModule)}
    found = []
    for name, module in _walk(trace):
        if any(name == above or name.startswith(above + ".") for above in scripted):
            continue
        try:
            found.extend(node for node in module.graph.nodes() if node.kind() == "prim::CallFunction")
        except Exception:
            continue
    return ["a function of torch.jit.script"] if found else []


def _traces_names():
    """Whether torch.jit.trace takes inputs by name: torch 2.0 and later."""
    import torch

    return int(str(torch.__version__).split(".")[0]) >= 2


def _by_position(model, kwargs):
    """Inputs by name as positional ones, where they are the first arguments of forward; else as they are."""
    names = (_forward(model, {}) or {}).get("args", [])[:len(kwargs)]
    return (tuple(kwargs[name] for name in names), {}) if set(names) == set(kwargs) else ((), kwargs)


def _trace_once(model, args, kwargs, check):
    import torch

    options = {"strict": False, "check_trace": check}
    if not kwargs:
        return torch.jit.trace(model, args, **options)
    if args:
        raise ValueError("positional and keyword inputs cannot be traced together")
    if not _traces_names():
        raise ValueError("torch before 2.0 traces no inputs by name, and these are not the first arguments of forward")
    return torch.jit.trace(model, example_kwarg_inputs=kwargs, **options)  # torch 2.0 and later


def _refusal(error):
    return {"type": type(error).__name__, "message": str(error)[:300]}


def _trace(model, args, kwargs):
    """The traced model, and what torch's own check of the trace says: NNI traces with it, so a refusal is noted."""
    try:
        return _trace_once(model, args, kwargs, True), None
    except Exception as error:
        if type(error).__name__ != "TracingCheckError":
            raise
        return _trace_once(model, args, kwargs, False), _refusal(error)


def _sizes(value):
    """Shape of a graph value, None where the trace does not know it."""
    try:
        if value.type().kind() != "TensorType":
            return None
        sizes = value.type().sizes()
    except Exception:
        return None
    return None if sizes is None else [int(size) for size in sizes]


def _constant(value):
    try:
        return _plain(value.toIValue())
    except Exception:
        return ["?"]


def _plain(found):
    if found is None or isinstance(found, (bool, int, str)):
        return found
    if isinstance(found, float):
        return found if found == found and abs(found) != float("inf") else [repr(found)]
    if isinstance(found, (list, tuple)):
        return [_plain(item) for item in found]
    return ["tensor"] if hasattr(found, "shape") else ["?"]


def _read_trace(graph):
    """Inputs, scopes, nodes and outputs of an inlined torch graph. Constants and parameters are folded into their users."""
    ids, fixed, constants = {}, {}, {}
    scopes, scope_ids = [""], {"": 0}
    inputs, nodes = [], []
    for value in graph.inputs():
        if value.type().kind() == "ClassType":
            fixed[value.debugName()] = ""
            continue
        ids[value.debugName()] = len(ids)
        inputs.append([value.debugName(), _sizes(value)])
    for node in graph.nodes():
        kind, operands, outputs = node.kind(), list(node.inputs()), list(node.outputs())
        if kind == "prim::Constant":
            constants[outputs[0].debugName()] = _constant(outputs[0])
            continue
        if kind == "prim::GetAttr":
            above = fixed.get(operands[0].debugName())
            fixed[outputs[0].debugName()] = (above + "." if above else "") + node.s("name")
            continue
        described = []
        for value in operands:
            name = value.debugName()
            if name in ids:
                described.append(ids[name])
            elif name in constants:
                described.append([constants[name]])
            else:
                described.append(fixed[name] if name in fixed else ["?"])
        if kind in ("prim::ListConstruct", "prim::TupleConstruct") and all(isinstance(item, list) for item in described):
            constants[outputs[0].debugName()] = [item[0] for item in described]
            continue
        scope = node.scopeName().replace("__module.", "")
        if scope not in scope_ids:
            scope_ids[scope] = len(scopes)
            scopes.append(scope)
        entry = {"op": kind}
        if scope_ids[scope]:
            entry["s"] = scope_ids[scope]
        entry["in"] = described
        entry["out"] = [_sizes(value) for value in outputs]
        for value in outputs:
            ids[value.debugName()] = len(ids)
        nodes.append(entry)
    returned = [ids[value.debugName()] for value in graph.outputs() if value.debugName() in ids]
    return {"inputs": inputs, "scopes": scopes, "nodes": nodes, "outputs": returned}


def _attributes(model):
    """Groups and channels by module; None for a class that only has the name of torch's."""
    import torch

    kinds = {
        "Conv2d": ((torch.nn.Conv2d, torch.nn.ConvTranspose2d), "groups", "out_channels"),
        "ConvTranspose2d": ((torch.nn.Conv2d, torch.nn.ConvTranspose2d), "groups", "out_channels"),
        "GroupNorm": (torch.nn.GroupNorm, "num_groups", "num_channels"),
    }
    found = {}
    for name, module in _walk(model):
        if type(module).__name__ in kinds:
            kind, count, channels = kinds[type(module).__name__]
            found[name] = [int(getattr(module, count)), int(getattr(module, channels))] if isinstance(module, kind) else None
    return found


def _graph(model, dummy_input, dummy_kwargs):
    """The data flow as it stands in the file. What cannot be traced is noted in "refused": NNI raises the same."""
    import torch

    kwargs = dict(dummy_kwargs or {})
    named = bool(kwargs)
    if isinstance(dummy_input, (torch.Tensor, dict)):
        args = (dummy_input,)
    else:
        args = () if dummy_input is None else tuple(dummy_input)
    if kwargs and not args and not _traces_names():
        args, kwargs = _by_position(model, kwargs)
    result = {"version": GRAPH_VERSION, "torch": str(torch.__version__), "dummy": _describe(kwargs if kwargs else list(args))}
    if named:
        result["keywords"] = True
    traced = {"inputs": [], "scopes": [""], "nodes": [], "outputs": []}
    calls, scripted, untraced = {}, [], []
    flags = [(module, module.training) for module in model.modules()]
    draws = _random_state()
    model.eval()
    try:
        with torch.enable_grad():  # without gradients torch's transformers take a path of their own, past their modules
            try:
                trace, refusal = _trace(model, args, kwargs)
                scripted = _scripted_functions(model, trace)
                torch._C._jit_pass_inline(trace.graph)
                traced = _read_trace(trace.graph)
            except Exception as error:
                refusal = _refusal(error)
            try:
                calls, untraced = _calls(model, args, kwargs)
            except Exception as error:
                refusal = refusal or _refusal(error)
    finally:
        for module, training in flags:
            module.training = training
        draws()
    if refusal is not None:
        result["refused"] = refusal
        print("export_module_tree: the model was not traced as NNI traces it: %(type)s: %(message)s" % refusal, file=sys.stderr)
    result["untraced"] = scripted + untraced  # also where there is none: then the code was looked at
    result.update(traced, attrs=_attributes(model), calls=calls)
    return result


def _random_state():
    """Remembers the state of torch's random numbers; the function that it returns puts it back."""
    import torch

    state = torch.get_rng_state()
    devices = torch.cuda.get_rng_state_all() if torch.cuda.is_available() and torch.cuda.is_initialized() else None

    def restore():
        torch.set_rng_state(state)
        if devices is not None:
            torch.cuda.set_rng_state_all(devices)

    return restore


def _tensor(text):
    """An input of the command line: "1,3,224,224", or "1,128:int64" with a dtype. Whole numbers are zeros, others random."""
    import torch

    if isinstance(text, list):  # [1, 128], as JSON writes it
        text = ",".join(str(size) for size in text)
    sizes, _, dtype = (text if isinstance(text, str) else "?").partition(":")
    sizes = re.sub(r"^\s*\[(.*)\]\s*$", r"\1", sizes)
    kind = getattr(torch, dtype.strip().replace("torch.", "", 1) or "float32", None)
    if not isinstance(kind, torch.dtype) or not re.match(r"\s*\d+\s*(,\s*\d+\s*)*,?\s*$", sizes) and (sizes.strip() or not dtype):
        raise SystemExit("export_module_tree: --input is sizes with a dtype if need be, for example 1,128:int64, not %s" % json.dumps(text))
    shape = [int(size) for size in sizes.split(",") if size.strip()]
    try:
        if kind.is_floating_point:
            return torch.rand(shape).to(kind)
        return torch.ones(shape, dtype=kind) if kind is torch.bool else torch.zeros(shape, dtype=kind)
    except Exception as error:  # no memory, or a dtype that this torch cannot fill
        raise SystemExit("export_module_tree: cannot make the input %s: %s" % (text, str(error).splitlines()[0])) from None


def _inputs(texts):
    """(positional inputs or None, keyword inputs or None) of the command line."""
    positional, keywords = [], {}
    for text in texts or []:
        if not text.lstrip().startswith("{"):
            positional.append(_tensor(text))
            continue
        try:
            found = json.loads(text)
        except ValueError as error:
            raise SystemExit("export_module_tree: --input by name is a JSON object: %s" % error)
        keywords.update((name, _tensor(value)) for name, value in found.items())
    return (tuple(positional) or None), (keywords or None)


def _producer():
    # A caller with a model has imported torch.
    version = getattr(sys.modules.get("torch"), "__version__", None)
    return "torch" if version is None else "torch %s" % version


def _write(model, stream, name, source, graph=None):
    header = {
        "format": "module-tree",
        "version": FORMAT_VERSION,
        "model": name or type(model).__name__,
        "source": source or _class_path(model),
        "producer": _producer(),
        "lacks": [],
    }
    # ASCII output: names with odd characters survive any editor, terminal and encoding.
    stream.write(json.dumps(header)[:-1] + ', "modules": [')
    count = 0
    for entry in iter_module_entries(model):
        stream.write(("," if count else "") + "\n" + json.dumps(entry, separators=(",", ":")))
        count += 1
    stream.write("\n]}\n" if graph is None else '\n], "graph": %s}\n' % json.dumps(graph, separators=(",", ":")))
    return count


def export_module_tree(model, path="module_tree.json.gz", name=None, source=None, dummy_input=None, dummy_kwargs=None):
    """Write the module tree of `model` to `path` and return how many modules it has.

    `dummy_input` adds the data flow: a tensor, a tuple or list of what the model takes, or a dict that is its one argument, as NNI
    takes it; `dummy_kwargs` are arguments by name instead (torch 2.0 or later). The model is run in eval mode and left as it was, torch's random
    numbers, too.
    `path` is a file name (compressed if it ends in .gz), or anything with a write method for text.
    The file is written beside its place and moved there when it is complete.
    """
    if inspect.isclass(model) or not hasattr(model, "named_modules"):
        raise TypeError("export_module_tree: give a torch.nn.Module, not %s" % (
            "the class %s" % model.__name__ if inspect.isclass(model) else type(model).__name__))
    graph = None if dummy_input is None and not dummy_kwargs else _graph(model, dummy_input, dummy_kwargs)
    if hasattr(path, "write"):
        return _write(model, path, name, source, graph)
    path = os.fspath(path)
    partial = "%s.part%d" % (path, os.getpid())
    try:
        if path.endswith(".gz"):
            with open(partial, "wb") as raw:
                # No time stamp and no file name inside: the same model gives the same bytes.
                with gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=0) as packed:
                    with io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as stream:
                        count = _write(model, stream, name, source, graph)
        else:
            with open(partial, "w", encoding="utf-8", newline="\n") as stream:
                count = _write(model, stream, name, source, graph)
        os.replace(partial, path)
    finally:
        if os.path.exists(partial):
            os.remove(partial)
    return count


def _reason(error):
    """What went wrong and where, in one line: the innermost place that is no part of Python's own import."""
    text = "%s: %s" % (type(error).__name__, error) if str(error) else type(error).__name__
    place = None
    if isinstance(error, SyntaxError) and error.filename:
        return "%s (%s, line %s)" % (type(error).__name__ + ": " + error.msg, error.filename, error.lineno)
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if not file.startswith("<") and file != globals().get("__file__") and os.sep + "importlib" + os.sep not in file:
            place = "%s, line %d" % (file, trace.tb_lineno)
        trace = trace.tb_next
    return text if place is None else "%s (%s)" % (text, place)


FROM_SCRIPT = "or call export_module_tree(model, \"tree.json.gz\") in your own script where it has the model"


def _import(module_name):
    sys.path.insert(0, os.getcwd())
    try:
        return importlib.import_module(module_name)
    except (Exception, SystemExit) as error:
        stem = re.sub(r"[/\\]+", ".", re.sub(r"^\./|\.py$", "", module_name))
        if stem != module_name:
            way = "give the module, not its file: %s:…" % stem
        elif isinstance(error, ModuleNotFoundError) and error.name and module_name.split(".")[0] == error.name:
            way = "run this in the folder that holds it, or with PYTHONPATH set to that folder"
        elif isinstance(error, ModuleNotFoundError):
            way = "install %s, %s" % (error.name, FROM_SCRIPT)
        elif isinstance(error, SystemExit):
            way = "it runs as a program when it is imported. Put that part below if __name__ == \"__main__\":, " + FROM_SCRIPT
        else:
            way = "mend it, " + FROM_SCRIPT
        raise SystemExit("export_module_tree: cannot import %s: %s\nWay out: %s." % (module_name, _reason(error), way)) from None


def _find(target):
    module_name, _, attribute = target.partition(":")
    if not module_name or not attribute:
        raise SystemExit("export_module_tree: give package.module:name, for example torchvision.models:resnet18")
    found = _import(module_name)
    for part in attribute.split("."):
        try:
            found = getattr(found, part)
        except AttributeError:
            near = difflib.get_close_matches(part, [name for name in dir(found) if not name.startswith("_")], 3)
            meant = ". Did you mean %s?" % " or ".join(near) if near else ""
            raise SystemExit("export_module_tree: %s has no %s%s" % (module_name, attribute, meant)) from None
        except Exception as error:  # modules that import their parts when they are asked for
            raise SystemExit("export_module_tree: cannot take %s from %s: %s" % (attribute, module_name, _reason(error))) from None
    return found


def _build(target, found, args, kwargs, meta):
    if hasattr(found, "named_modules") and not inspect.isclass(found):
        return found
    if not callable(found):
        raise SystemExit("export_module_tree: %s is %s, which is no model and builds none" % (target, type(found).__name__))
    if meta:
        import torch

        try:
            context = torch.device("meta")
            enter = context.__enter__
        except AttributeError:
            raise SystemExit("export_module_tree: --meta needs torch 2.0 or later") from None
        enter()
    try:
        return found(*args, **kwargs)
    except (Exception, SystemExit) as error:
        way = "give its arguments with --args and --kwargs, " + FROM_SCRIPT
        raise SystemExit("export_module_tree: %s does not build a model: %s\nWay out: %s." % (target, _reason(error), way)) from None
    finally:
        if meta:
            context.__exit__(None, None, None)


def main(arguments=None):
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="export_module_tree.py", description="Write the module tree of a PyTorch model to a file that Espalier opens."
    )
    parser.add_argument("target", help="package.module:name of a model, or of what builds one, e.g. torchvision.models:resnet18")
    parser.add_argument("-o", "--output", default="module_tree.json.gz", help="file to write, - for standard output (default: %(default)s)")
    parser.add_argument("--args", default="[]", help="positional arguments as a JSON list")
    parser.add_argument("--kwargs", default="{}", help="keyword arguments as a JSON object")
    parser.add_argument("--name", default=None, help="what to call the model (default: the name of the target)")
    parser.add_argument("--meta", action="store_true", help="build on the meta device: no memory for weights (torch 2.0 or later)")
    parser.add_argument("--input", action="append", default=None, metavar="SIZES", help="run the model on an input and write the data flow: "
                        "1,3,224,224 or 1,128:int64, once for each argument, or by name as JSON: '{\"input_ids\": \"1,128:int64\"}'")
    options = parser.parse_args(arguments)
    try:
        args, kwargs = json.loads(options.args), json.loads(options.kwargs)
    except ValueError as error:
        raise SystemExit("export_module_tree: --args and --kwargs are JSON: %s" % error)
    if not isinstance(args, list) or not isinstance(kwargs, dict):
        raise SystemExit("export_module_tree: --args is a JSON list, --kwargs a JSON object")
    if options.meta and options.input:
        raise SystemExit("export_module_tree: --input runs the model, which needs real memory: leave out --meta")
    model = _build(options.target, _find(options.target), args, kwargs, options.meta)
    if not hasattr(model, "named_modules"):
        raise SystemExit("export_module_tree: %s gives %s, which is no torch.nn.Module" % (options.target, type(model).__name__))
    name = options.name or options.target.rpartition(":")[2]
    source = options.target.replace(":", ".")
    dummy_input, dummy_kwargs = _inputs(options.input)
    if options.output == "-":
        export_module_tree(model, sys.stdout, name, source, dummy_input, dummy_kwargs)
        return
    try:
        count = export_module_tree(model, options.output, name, source, dummy_input, dummy_kwargs)
    except OSError as error:
        raise SystemExit("export_module_tree: %s cannot be written: %s" % (options.output, error.strerror or error)) from None
    print("%d modules written to %s" % (count, options.output), file=sys.stderr)


def _in_notebook():
    # Pasted into a cell, __name__ is "__main__" too, and sys.argv is the kernel's.
    return "__file__" not in globals() or "ipykernel" in sys.modules and not sys.argv[0].endswith("export_module_tree.py")


if __name__ == "__main__" and not _in_notebook():
    main()
