"""Espalier: see and edit NNI 3.0 compression configs, in a notebook or a browser. Nothing leaves this machine.

    import espalier
    session = espalier.show(model, config_list, mode="pruning")
    session.config_list    # the list as edited, as NNI takes it
    session.close()
"""

import html
import itertools
import json
import os
import pprint
import shutil
import sys
import tempfile
import webbrowser

from ._export import export_module_tree
from ._files import FileModel, TextConfig
from ._server import Link, serve

__all__ = ["Session", "export_module_tree", "show"]
__version__ = "VERSION"

MODES = ("pruning", "quantization", "distillation")


def show(model, config_list=None, mode="pruning", dummy_input=None, teacher=None, port=None, open_browser=True):
    """Show the page for a model of this process: inline in a notebook, else in the browser. Returns a `Session`.

    `config_list` is what NNI takes; `dummy_input` adds the data flow, as `export_module_tree` does; `teacher` is the model that a
    distillation learns from. The model is only read. Outside of a notebook `open_browser=False` prints the address alone.
    """
    if mode not in MODES:
        raise ValueError("mode must be one of %s, not %r" % (", ".join(MODES), mode))
    if port is not None and not 0 < port < 65536:
        raise ValueError("port must be one of 1 to 65535, not %r" % (port,))
    folder = tempfile.mkdtemp(prefix="espalier-")
    try:
        models = {"student": _export(model, folder, "model", dummy_input), "teacher": None}
        if teacher is not None:
            models["teacher"] = _export(teacher, folder, "teacher", None)
        config = TextConfig("config_list.json", _to_json([] if config_list is None else config_list))
        link = Link(models, config, mode=mode, saves_at_once=True)
        session = Session(serve(link, port), config, mode, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    session._show(open_browser)
    return session


def _export(model, folder, name, dummy_input):
    path = os.path.join(folder, name + ".json.gz")
    export_module_tree(model, path, name=type(model).__name__, dummy_input=dummy_input)
    return FileModel(path, type(model).__name__)


def _to_json(config_list):
    def name_of(value):
        # NNI wants the name of a class where people write the class.
        if isinstance(value, type):
            return value.__name__
        if isinstance(value, (set, frozenset)):
            return sorted(value)
        raise TypeError("config_list holds %r, which no config list can hold" % (value,))

    return json.dumps(config_list, indent=2, default=name_of, ensure_ascii=False) + "\n"


def _as_nni_takes_it(value, key=None):
    """JSON has no tuples: NNI wants them in `fuse_names`."""
    if isinstance(value, dict):
        return {name: _as_nni_takes_it(item, name) for name, item in value.items()}
    if isinstance(value, list):
        items = [_as_nni_takes_it(item) for item in value]
        return [tuple(item) if isinstance(item, list) else item for item in items] if key == "fuse_names" else items
    return value


class Session:
    """An open page. `config_list` is the list as it stands there now; `close()` ends it."""

    def __init__(self, server, config, mode, folder):
        self._server = server
        self._config = config
        self._folder = folder
        self.mode = mode
        self.address = server.address

    @property
    def config_list(self):
        """The list as edited, with tuples and floats as NNI wants them."""
        return _as_nni_takes_it(json.loads(self._config.text))

    def script(self, name="config_list"):
        """The list as Python source."""
        return "%s = %s\n" % (name, pprint.pformat(self.config_list, width=100, sort_dicts=False))

    def close(self):
        """Ends the server; the page then says so. The list stays here."""
        self._server.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __repr__(self):
        return "<Espalier at %s>" % self.address

    def _repr_html_(self):
        return _frame(self.address)

    def _show(self, open_browser):
        if "google.colab" in sys.modules:
            from google.colab import output  # only there, where the browser reaches the kernel through the notebook

            self._server.link.any_host = True
            output.serve_kernel_port_as_iframe(self._server.port, path=self._server.path, height=FRAME_HEIGHT)
            return
        if _in_notebook():
            from IPython.display import HTML, display

            display(HTML(_frame(self.address)))
            return
        print("Espalier is open at %s" % self.address)
        if open_browser:
            webbrowser.open(self.address)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()


FRAME_HEIGHT = 760
_frames = itertools.count(1)


def _in_notebook():
    get_ipython = getattr(sys.modules.get("IPython"), "get_ipython", None)
    shell = get_ipython() if get_ipython else None
    return shell is not None and hasattr(shell, "kernel")


def _frame(address):
    """The page in a frame. It tells the server where the frame stands: the page then allows frames there, and nowhere else."""
    if "VSCODE_PID" in os.environ:
        # VS Code forwards this name from the machine of the kernel to the machine of the window.
        address = address.replace("//127.0.0.1:", "//localhost:", 1)
    quoted = html.escape(address, quote=True)
    return (
        '<div id="{3}"><a href="{0}" target="_blank" rel="noopener">Open Espalier in a tab of its own</a></div>'
        "<script>(function () {{ var place = document.getElementById('{3}') || document.currentScript.parentNode; var frame = document.createElement('iframe');"
        " var above = [location.origin].concat(Array.from(location.ancestorOrigins || []));"
        " frame.src = {1} + '?frame=' + encodeURIComponent(above.join(' '));"
        " frame.title = 'Espalier'; frame.style.cssText = 'width: 100%; height: {2}px; border: 0';"
        " frame.allow = 'clipboard-read; clipboard-write'; place.appendChild(frame); }})()</script>"
    ).format(quoted, json.dumps(address).replace("<", "\\u003c"), FRAME_HEIGHT, "espalier-%s" % next(_frames))
