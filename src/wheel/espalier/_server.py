"""The page on the loopback address. Only who knows the token is answered, and nothing but the page and its link is read."""

import hmac
import json
import mimetypes
import os
import queue
import re
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "page")
FIRST_PORT = 4747
MOST_PORTS = 100
MOST_BYTES = 100_000_000
PIECE_BYTES = 4_194_304
LOOK_EVERY = 0.2
PAUSE_SHARE = 20
POLICY = "CONTENT_SECURITY_POLICY"
LOOPBACK = re.compile(r"(?:127\.0\.0\.1|localhost)(?::[0-9]{1,5})?")
ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[A-Za-z0-9.:_\[\]-]+")


class Link:
    """What the page is bound to."""

    def __init__(self, models, config, mode=None, algorithm=None, settings=None, saves_at_once=False):
        self.models = models
        self.config = config
        self.mode = mode
        self.algorithm = algorithm
        self.settings = settings or {}
        self.saves_at_once = saves_at_once
        # The browser reaches this machine by a name of its own.
        self.any_host = False

    def state(self):
        def describe(model):
            return model and {
                "name": model.name,
                "files": [{"path": name, "size": _size(path)} for name, path in model.files()],
            }

        return {
            "version": 1,
            "student": describe(self.models["student"]),
            "teacher": describe(self.models["teacher"]),
            "config": self.config and {"name": self.config.name},
            "mode": self.mode,
            "algorithm": self.algorithm,
            "set": self.settings,
            "savesAtOnce": self.saves_at_once,
        }


class PageServer(ThreadingHTTPServer):
    daemon_threads = True
    # Another program on the port must be noticed.
    allow_reuse_address = False

    def __init__(self, port, link):
        super().__init__(("127.0.0.1", port), _Handler)
        self.link = link
        self.token = secrets.token_urlsafe(18)
        self.port = port
        self.path = "/%s/" % self.token
        self.address = "http://127.0.0.1:%d%s" % (port, self.path)
        self.files = _page_files()
        self.listeners = set()
        self.closed = threading.Event()

    def handle_error(self, request, client_address):
        """A browser that closes a connection is no error."""

    def follow(self):
        """Announces files that have changed, and have not changed again for a moment, to open pages."""
        parts = {"student": self.link.models["student"], "teacher": self.link.models["teacher"], "config": self.link.config}
        parts = {name: part for name, part in parts.items() if part is not None}
        known = {name: part.stamp() for name, part in parts.items()}
        seen = dict(known)
        pause = LOOK_EVERY
        while not self.closed.wait(pause):
            started = time.monotonic()
            for name, part in parts.items():
                stamp = part.stamp()
                if stamp != known[name] and stamp == seen[name]:
                    known[name] = stamp
                    self.announce(name)
                seen[name] = stamp
            # A folder of thousands of files does not keep a processor busy.
            pause = max(LOOK_EVERY, (time.monotonic() - started) * PAUSE_SHARE)

    def announce(self, name):
        for listener in list(self.listeners):
            listener.put(name)

    def close(self):
        if self.closed.is_set():
            return
        self.closed.set()
        self.announce(None)
        self.shutdown()
        self.server_close()
        if self.link.config is not None:
            # A text that is being written is written to its end.
            with self.link.config.lock:
                pass


def serve(link, port=None):
    """Serves on the first free port, in threads of its own."""
    if not os.path.isfile(os.path.join(PAGE, "index.html")):
        raise RuntimeError("The page is missing from this package: it was not built by npm run build:wheel")
    first = FIRST_PORT if port is None else port
    server = None
    last = min(first + MOST_PORTS - 1, 65535)
    for candidate in range(first, last + 1):
        try:
            server = PageServer(candidate, link)
            break
        except OSError:
            continue
    if server is None:
        raise OSError("No port from %d to %d is free" % (first, last))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    threading.Thread(target=server.follow, daemon=True).start()
    return server


def _size(path):
    try:
        return os.path.getsize(path)
    except OSError:
        return 0  # it is gone; whoever reads it is told so


def _page_files():
    found = {}
    for folder, _folders, names in os.walk(PAGE):
        for name in names:
            path = os.path.join(folder, name)
            found[os.path.relpath(path, PAGE).replace(os.sep, "/")] = path
    return found


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_parts):
        """A notebook shows what is printed."""

    def do_GET(self):
        self._try("GET")

    def do_PUT(self):
        self._try("PUT")

    def do_POST(self):
        self._try("POST")

    def _try(self, method):
        self.begun = False
        try:
            self._answer(method)
        except OSError as error:
            # A file that cannot be read is reported; the server goes on.
            if self.begun:
                raise
            self._say(500, error.strerror or str(error))

    def _answer(self, method):
        self.frames = None
        if not self.server.link.any_host:
            origin, host = self.headers.get("Origin"), self.headers.get("Host", "")
            # The port differs where one of another machine is forwarded.
            if not LOOPBACK.fullmatch(host):
                return self._say(403, "This host is not known here.")
            if origin is not None and origin != "http://" + host:
                return self._say(403, "This origin is not known here.")
        split = urlsplit(self.path)
        parts = split.path.split("/")[1:]
        if not hmac.compare_digest(parts[0].encode(), self.server.token.encode()):
            return self._say(403, "Open the address that espalier has printed.")
        if len(parts) == 1:
            return self._send(302, b"", headers={"Location": self.server.path})
        path = "/".join(parts[1:])
        if path.startswith("link/"):
            return self._link(method, path[len("link/"):])
        if method != "GET":
            return self._say(405, "Only GET.")
        file = self.server.files.get(unquote(path) or "index.html")
        if file is None:
            return self._say(404, "There is no such file.")
        origins = parse_qs(split.query).get("frame", [""])[0].split()
        self.frames = [origin for origin in origins if ORIGIN.fullmatch(origin)] or None
        if self.server.link.any_host:
            # Colab answers nobody but the user, and shows the page in frames of several names.
            self.frames = ["*"]
        with open(file, "rb") as stream:
            content = stream.read()
        if path in ("", "index.html"):
            content = content.replace(b"</title>", b'</title>\n    <meta name="espalier-link" content="./link/" />')
        caching = "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
        return self._send(200, content, _type_of(file), caching)

    def _link(self, method, path):
        link = self.server.link
        if path == "config" and link.config is not None:
            return self._config(method)
        if method != "GET":
            return self._say(405, "Only GET.")
        if path == "state":
            return self._send(200, json.dumps(link.state()).encode(), "application/json")
        if path == "events":
            return self._events()
        role, _, index = path.partition("/")
        model = link.models.get(role)
        files = model.files() if model else []
        if not (index.isascii() and index.isdigit()) or int(index) >= len(files):
            return self._say(404, "There is no such file.")
        return self._part(files[int(index)][1])

    def _config(self, method):
        config = self.server.link.config
        if method == "GET":
            content, revision = config.read()
            return self._send(200, content, "text/plain; charset=utf-8", headers={"ETag": '"%s"' % revision})
        if method != "PUT":
            return self._say(405, "Only GET and PUT.")
        expected = re.fullmatch(r'"(.*)"', self.headers.get("If-Match", ""))
        if expected is None:
            return self._say(428, "If-Match must name the revision that is replaced.")
        given = self.headers.get("Content-Length", "")
        if not given.isascii() or not given.isdigit():
            return self._say(411, "Content-Length must be the number of bytes.")
        length = int(given)
        if length > MOST_BYTES:
            return self._say(413, "The text is too long.")
        content = self.rfile.read(length)
        if len(content) < length:
            # The page was closed while it sent the text: a part of it is no list.
            self.close_connection = True
            return None
        try:
            revision = config.write(content, expected.group(1))
        except (OSError, UnicodeDecodeError) as error:
            return self._say(500, getattr(error, "strerror", None) or str(error))
        if revision is None:
            return self._say(412, "The file has changed.")
        return self._send(204, b"", headers={"ETag": '"%s"' % revision})

    def _events(self):
        listener = queue.Queue()
        self.send_response(200)
        self._headers("text/event-stream", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.server.listeners.add(listener)
        self.close_connection = True
        try:
            self.wfile.write(b": espalier\n\n")
            self.wfile.flush()
            while not self.server.closed.is_set():
                try:
                    name = listener.get(timeout=5)
                except queue.Empty:
                    name = ""
                if name is None:
                    break
                self.wfile.write(b": still here\n\n" if name == "" else ("event: %s\ndata: changed\n\n" % name).encode())
                self.wfile.flush()
        except OSError:
            pass  # the page was closed
        finally:
            self.server.listeners.discard(listener)

    def _part(self, path):
        """A file, or the range of it that is asked for."""
        size = os.path.getsize(path)
        asked = byte_range(self.headers.get("Range", ""), size)
        if asked == "unsatisfiable":
            return self._send(416, b"The file has only %d bytes now.\n" % size, "text/plain; charset=utf-8", headers={"Content-Range": "bytes */%d" % size})
        start, end = asked or (0, size)
        self.send_response(206 if asked else 200)
        self._headers("application/octet-stream", "no-store")
        self.send_header("Accept-Ranges", "bytes")
        if asked:
            self.send_header("Content-Range", "bytes %d-%d/%d" % (start, end - 1, size))
        self.send_header("Content-Length", str(end - start))
        self.end_headers()
        with open(path, "rb") as stream:
            stream.seek(start)
            left = end - start
            while left > 0:
                piece = stream.read(min(PIECE_BYTES, left))
                if not piece:
                    break
                self.wfile.write(piece)
                left -= len(piece)
        return None

    def _say(self, status, text):
        # The text of a request that is refused would be read as the next request.
        headers = None if self.command == "GET" else {"Connection": "close"}
        self._send(status, (text + "\n").encode(), "text/plain; charset=utf-8", headers=headers)

    def _send(self, status, content, kind=None, caching="no-store", headers=None):
        self.send_response(status)
        self._headers(kind, caching)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _headers(self, kind, caching):
        self.begun = True
        frames = " ".join(self.frames) if self.frames else "'none'"
        self.send_header("Content-Security-Policy", "%s; frame-ancestors %s" % (POLICY, frames))
        if not self.frames:
            self.send_header("X-Frame-Options", "DENY")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", caching)
        if kind:
            self.send_header("Content-Type", kind)


def byte_range(header, size):
    """(start, end) of the bytes that a Range header asks for, None for the whole file, or "unsatisfiable": `byte-range.ts` of `espalier open`."""
    asked = re.fullmatch(r"bytes=[ \t]*([0-9]*)-([0-9]*)[ \t]*", header, re.IGNORECASE)
    first, last = asked.groups() if asked else ("", "")
    # More digits than any file has bytes: Python refuses to read very long numbers.
    first, last = ("9" * 20 if len(text) > 20 else text for text in (first, last))
    if first == "":
        if last == "":
            return None
        return "unsatisfiable" if int(last) == 0 or size == 0 else (max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return "unsatisfiable" if int(first) >= size else (int(first), min(int(last) + 1, size) if last else size)


TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8", ".svg": "image/svg+xml",
         ".gz": "application/gzip", ".ttf": "font/ttf"}


def _type_of(path):
    # The tables of a machine may call scripts something else.
    return TYPES.get(os.path.splitext(path)[1]) or mimetypes.guess_type(path)[0] or "application/octet-stream"
