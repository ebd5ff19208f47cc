#!/usr/bin/env python3
"""Record what NNI 3.0 answers about some models: dependency groups, and the shapes that ModelSpeedup leaves.

    PYTHONPATH=<folder of nni 3.0>:<public> python record.py models.py rows.jsonl.gz [NAME …]

Needs NNI 3.0 with torch 1.13, and `public/export_module_tree.py` on the path. `models.py` holds `MODELS`: a dictionary from a name to a pair of functions
without arguments, one that builds the model, one that returns the tuple of its inputs. Rows have the form of README.md beside this file.
"""
import gzip
import importlib.util
import io
import json
import logging
import random
import signal
import sys

import torch

from export_module_tree import export_module_tree
from nni.compression.pruning import L1NormPruner
from nni.compression.speedup import ModelSpeedup
from nni.compression.utils import auto_set_denpendency_group_ids

MOST_SECONDS = 90
PRUNED = ("Conv2d", "Linear", "ConvTranspose2d")


class TooLong(Exception):
    pass


def limited(*_):
    raise TooLong


def lists_of(model, chance):
    """Three lists: all layers, some by name, all of a kind without the last."""
    layers = [(name, type(module).__name__) for name, module in model.named_modules() if type(module).__name__ in PRUNED]
    if not layers:
        return []
    kinds = sorted({kind for _, kind in layers})
    some = sorted(chance.sample([name for name, _ in layers], chance.randint(1, min(5, len(layers)))))
    ratio = lambda: chance.choice([0.25, 0.3, 0.5, 0.6, 0.75])  # noqa: E731
    return [
        [{"op_types": kinds, "sparse_ratio": 0.5, "exclude_op_names": [layers[-1][0]]}],
        [{"op_names": some, "sparse_ratio": ratio()}],
        [{"op_types": kinds, "sparse_ratio": ratio()}],
    ]


def error_of(error, stage=None):
    return {**({} if stage is None else {"stage": stage}), "type": type(error).__name__}


def named_groups(model, config_list):
    """Sub-configs in model order, ids by first appearance there."""
    order = {name: at for at, (name, _) in enumerate(model.named_modules())}
    ids = {}
    result = sorted(config_list, key=lambda item: order[item["op_names"][0]])
    for item in result:
        if "dependency_group_id" in item:
            item["dependency_group_id"] = ids.setdefault(item["dependency_group_id"], "g%d" % len(ids))
    return result


def shapes_of(model):
    found = {}
    for name, module in model.named_modules():
        own = list(module.named_parameters(recurse=False)) + list(module.named_buffers(recurse=False))
        if own:
            found[name] = {key: list(tensor.shape) for key, tensor in own}
    return found


def speed_up(build, inputs, config_list):
    """(kept rows or None, answer of speedup)."""
    torch.manual_seed(1)
    model = build().eval()
    before = sum(parameter.numel() for parameter in model.parameters())
    answer = {"params_before": before}
    try:
        pruner = L1NormPruner(model, config_list)
        _, masks = pruner.compress()
        pruner.unwrap_model()
    except Exception as error:
        return None, {**answer, "error": error_of(error, "prune")}
    rows = {}
    for name, targets in masks.items():
        mask = targets.get("weight")
        if mask is not None:
            rows[name] = "".join("1" if bool(kept) else "0" for kept in mask.flatten(1).any(1)) if mask.dim() > 1 else "".join("%d" % bool(kept) for kept in mask)
    try:
        speedup = ModelSpeedup(model, inputs, masks)
    except Exception as error:
        return rows, {**answer, "error": error_of(error, "trace")}
    try:
        small = speedup.speedup_model()
    except Exception as error:
        return rows, {**answer, "error": error_of(error, "speedup")}
    answer.update(result=shapes_of(small), params=sum(parameter.numel() for parameter in small.parameters()))
    try:
        small(*inputs)
    except Exception as error:
        answer["error"] = error_of(error, "forward")
    return rows, answer


def rows_of(name, build, inputs):
    chance = random.Random(name)
    torch.manual_seed(0)
    tree = io.StringIO()
    model = build().eval()
    export_module_tree(model, tree, name, dummy_input=inputs())
    tree = json.loads(tree.getvalue())
    for at, config_list in enumerate(lists_of(model, chance)):
        row = {"id": "%s/%d" % (name, at), "model": name, "config_list": config_list}
        if tree is not None:
            row["tree"], tree = tree, None
        signal.alarm(MOST_SECONDS)
        try:
            torch.manual_seed(1)
            model = build().eval()
            grouped = None
            try:
                grouped = named_groups(model, auto_set_denpendency_group_ids(model, json.loads(json.dumps(config_list)), inputs()))
                row["groups"] = {"result": grouped}
            except TooLong:
                raise
            except Exception as error:
                row["groups"] = {"error": error_of(error)}
            if grouped is not None and at % 3 != 1:
                row["used"] = grouped
            used = row.get("used", config_list)
            kept, answer = speed_up(build, inputs(), json.loads(json.dumps(used)))
            if kept is not None:
                row["rows"] = kept
            row["speedup"] = answer
        except TooLong:
            print(row["id"], "is given up after", MOST_SECONDS, "seconds", file=sys.stderr)
            continue
        finally:
            signal.alarm(0)
        yield row


def main(models, output, *names):
    logging.disable(logging.ERROR)
    signal.signal(signal.SIGALRM, limited)
    torch.set_num_threads(1)
    spec = importlib.util.spec_from_file_location("recorded_models", models)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    with gzip.GzipFile(output, "wb", mtime=0) as packed:
        for name, (build, inputs) in module.MODELS.items():
            if names and name not in names:
                continue
            for row in rows_of(name, build, inputs):
                packed.write((json.dumps(row, separators=(",", ":")) + "\n").encode())
            print(name, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
