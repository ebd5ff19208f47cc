"""`python -m espalier MODEL CONFIG`: the page with files of this machine, as `espalier open` shows it."""

import argparse
import signal
import sys
import webbrowser

from . import MODES, __version__
from ._files import FileConfig, FileModel, holds_list
from ._server import Link, serve


def main(arguments=None):
    parser = argparse.ArgumentParser(
        prog="python -m espalier",
        description="Open the page with a model and a config file. It follows both files; Save (Ctrl+S) writes the list back.",
        epilog="example: python -m espalier resnet18.json.gz pruning.py",
    )
    parser.add_argument("model", nargs="?", help="a model in any format that the page reads, or a folder of such files; a config list alone is recognised")
    parser.add_argument("config", nargs="?", help="a config list as JSON, a plan, or a Python script that makes one; it may be new")
    parser.add_argument("--mode", choices=MODES, help="without it the settings of the list decide")
    parser.add_argument("--algorithm", help="the class that runs the list")
    parser.add_argument("--teacher", metavar="FILE", help="the model that a distillation learns from")
    parser.add_argument("--set", action="append", default=[], metavar="EXPR=VALUE", help="a Python literal for what a script leaves open")
    parser.add_argument("--port", type=int, help="the first port that is tried")
    parser.add_argument("--no-open", action="store_true", help="do not start the browser")
    parser.add_argument("--version", action="version", version=__version__)
    given = parser.parse_args(arguments)
    if given.port is not None and not 0 < given.port < 65536:
        parser.error("--port %d is no port: use 1 to 65535" % given.port)
    try:
        if given.config is None and given.model is not None and holds_list(given.model):
            given.model, given.config = None, given.model
        models = {
            "student": FileModel(given.model) if given.model else None,
            "teacher": FileModel(given.teacher) if given.teacher else None,
        }
        config = FileConfig(given.config) if given.config else None
        settings = dict(text.partition("=")[::2] for text in given.set)
        server = serve(Link(models, config, given.mode, given.algorithm, settings), given.port)
    except (OSError, RuntimeError) as error:
        print("espalier: %s" % error, file=sys.stderr)
        return 2
    print("Espalier is open at %s" % server.address, flush=True)
    print("It answers only this machine, and only requests with this address. Stop it with Ctrl+C.", flush=True)
    if not given.no_open and not webbrowser.open(server.address):
        print("espalier: No browser could be started. Open the address above in one.", file=sys.stderr)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server.closed.wait()
    except KeyboardInterrupt:
        server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
