#!/usr/bin/env python3
"""Write the module tree of a PyTorch model to a file that Espalier opens.

Needs the standard library and torch (1.8 or later) only, and runs nothing of the model: not even a forward pass.

In a script or notebook (import this file, or paste it into a cell):

    from export_module_tree import export_module_tree
    export_module_tree(model, "tree.json.gz")

From the command line, given something that builds a model when called without arguments (or is one):

    python export_module_tree.py torchvision.models:resnet18 -o tree.json.gz
    python export_module_tree.py "my_package.nets:build" --kwargs '{"depth": 12}' --meta -o tree.json

A file name that ends in .gz is compressed. Models on the meta device work: shapes need no memory.
"""

import argparse
import gzip
import importlib
import inspect
import io
import json
import os
import sys

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
        # As NNI asks (getfullargspec): of a decorated forward, what the decorator takes.
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
    # Objects are kept beside their names: an id stands for an object only as long as that object lives.
    first_module = {}
    first_tensor = {}
    forwards = {}
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
                # What a shared module holds is the same tensor under another name: shared_with says so already.
                tied = first_tensor.setdefault(id(tensor), (prefix + local, tensor))[0]
                if field == "parameters" and shared == name and tied != prefix + local:
                    described[local]["tied_to"] = tied
            if described:
                entry[field] = described
        forward = _forward(module, forwards)
        if forward is not None:
            entry["forward"] = forward
        extra = _extra_repr(module)
        if extra is not None:
            entry["extra_repr"] = extra
        yield entry


def _producer():
    # Whoever has a model has imported torch.
    version = getattr(sys.modules.get("torch"), "__version__", None)
    return "torch" if version is None else "torch %s" % version


def _write(model, stream, name, source):
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
    stream.write("\n]}\n")
    return count


def export_module_tree(model, path="module_tree.json.gz", name=None, source=None):
    """Write the module tree of `model` to `path` and return how many modules it has.

    `path` is a file name (compressed if it ends in .gz), or anything with a write method for text.
    The file is written beside its place and moved there when it is complete.
    """
    if inspect.isclass(model) or not hasattr(model, "named_modules"):
        raise TypeError("export_module_tree: give a torch.nn.Module, not %s" % (
            "the class %s" % model.__name__ if inspect.isclass(model) else type(model).__name__))
    if hasattr(path, "write"):
        return _write(model, path, name, source)
    path = os.fspath(path)
    partial = "%s.part%d" % (path, os.getpid())
    try:
        if path.endswith(".gz"):
            with open(partial, "wb") as raw:
                # No time stamp and no file name inside: the same model gives the same bytes.
                with gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=0) as packed:
                    with io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as stream:
                        count = _write(model, stream, name, source)
        else:
            with open(partial, "w", encoding="utf-8", newline="\n") as stream:
                count = _write(model, stream, name, source)
        os.replace(partial, path)
    finally:
        if os.path.exists(partial):
            os.remove(partial)
    return count


def _find(target):
    if ":" not in target:
        raise SystemExit("export_module_tree: give package.module:name, for example torchvision.models:resnet18")
    module_name, _, attribute = target.partition(":")
    sys.path.insert(0, os.getcwd())
    try:
        found = importlib.import_module(module_name)
    except ImportError as error:
        raise SystemExit("export_module_tree: cannot import %s: %s" % (module_name, error))
    for part in attribute.split("."):
        if not hasattr(found, part):
            raise SystemExit("export_module_tree: %s has no %s" % (module_name, attribute))
        found = getattr(found, part)
    return found


def _build(found, args, kwargs, meta):
    if hasattr(found, "named_modules") and not inspect.isclass(found):
        return found
    if not meta:
        return found(*args, **kwargs)
    import torch

    try:
        context = torch.device("meta")
        enter = context.__enter__
    except AttributeError:
        raise SystemExit("export_module_tree: --meta needs torch 2.0 or later")
    enter()
    try:
        return found(*args, **kwargs)
    finally:
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
    options = parser.parse_args(arguments)
    try:
        args, kwargs = json.loads(options.args), json.loads(options.kwargs)
    except ValueError as error:
        raise SystemExit("export_module_tree: --args and --kwargs are JSON: %s" % error)
    model = _build(_find(options.target), args, kwargs, options.meta)
    if not hasattr(model, "named_modules"):
        raise SystemExit("export_module_tree: %s gives %s, which is no torch.nn.Module" % (options.target, type(model).__name__))
    name = options.name or options.target.rpartition(":")[2]
    source = options.target.replace(":", ".")
    if options.output == "-":
        export_module_tree(model, sys.stdout, name, source)
        return
    count = export_module_tree(model, options.output, name, source)
    print("%d modules written to %s" % (count, options.output), file=sys.stderr)


def _in_notebook():
    # Pasted into a cell, __name__ is "__main__" too, and sys.argv is the kernel's.
    return "__file__" not in globals() or "ipykernel" in sys.modules and not sys.argv[0].endswith("export_module_tree.py")


if __name__ == "__main__" and not _in_notebook():
    main()
