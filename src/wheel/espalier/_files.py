"""Files that the page is bound to: read in parts, followed, and written in one step."""

import hashlib
import os
import stat
import tempfile
import threading

NO_FILE = "none"


def revision_of(content):
    """A short text that differs when the content does."""
    return hashlib.sha256(content).hexdigest()[:32]


class FileModel:
    """A model in one file or in a folder."""

    def __init__(self, path, name=None):
        self.path = os.fspath(path)
        self.name = name or os.path.basename(os.path.normpath(self.path))
        if not os.path.exists(self.path):
            raise FileNotFoundError("There is no model %s" % self.path)

    def files(self):
        """(name, path) of each file, in order."""
        if not os.path.isdir(self.path):
            return [(os.path.basename(self.path), self.path)]
        found = []
        for folder, folders, names in os.walk(self.path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found.extend(os.path.join(folder, name) for name in names if not name.startswith(".") or name == ".metadata")
        return [(path, path) for path in sorted(found) if os.path.isfile(path)]

    def stamp(self):
        return [_stamp(path) for _name, path in self.files()]


class TextConfig:
    """A config list that lives in this process."""

    def __init__(self, name, text):
        self.name = name
        self.text = text
        self._lock = threading.Lock()

    def read(self):
        content = self.text.encode("utf-8")
        return content, revision_of(content)

    def write(self, content, expected):
        """The new revision, or None where the text has changed meanwhile."""
        text = content.decode("utf-8")
        with self._lock:
            if self.read()[1] != expected:
                return None
            self.text = text
            return self.read()[1]

    def stamp(self):
        return self.read()[1]


class FileConfig:
    """A config list in a file, which may be new."""

    def __init__(self, path):
        self.path = os.fspath(path)
        self.name = os.path.basename(self.path)
        self._lock = threading.Lock()
        if not os.path.isdir(os.path.dirname(os.path.abspath(self.path))):
            raise FileNotFoundError("The folder of %s does not exist" % self.path)

    def read(self):
        try:
            with open(self.path, "rb") as file:
                content = file.read()
        except FileNotFoundError:
            return b"", NO_FILE
        return content, revision_of(content)

    def write(self, content, expected):
        """Writes beside the file and puts the whole in its place: whoever reads finds the old or the new content."""
        target = os.path.realpath(self.path)
        with self._lock:
            if self.read()[1] != expected:
                return None
            handle, beside = tempfile.mkstemp(prefix="." + os.path.basename(target) + ".", dir=os.path.dirname(target))
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                mode = stat.S_IMODE(os.stat(target).st_mode) if os.path.exists(target) else 0o666 & ~_umask()
                os.chmod(beside, mode)
                if self.read()[1] != expected:
                    return None
                os.replace(beside, target)
            finally:
                if os.path.exists(beside):
                    os.remove(beside)
            return revision_of(content)

    def stamp(self):
        return _stamp(self.path)


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _stamp(path):
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (path, found.st_ino, found.st_size, found.st_mtime_ns)
