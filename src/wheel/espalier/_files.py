"""Files that the page is bound to: read in parts, followed, and written in one step."""

import hashlib
import os
import re
import stat
import threading
import time

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


MOST_LOOKED_AT = 1_000_000


def holds_list(path):
    """Whether a file holds a config list or a plan, and no model. The command line of Node decides in the same way."""
    if not re.search(r"\.(?:json|py|ya?ml|txt)$", path, re.IGNORECASE):
        return False
    try:
        with open(path, "rb") as file:
            content = file.read(MOST_LOOKED_AT + 1)
    except OSError:
        return False
    if len(content) > MOST_LOOKED_AT:
        return False
    text = content.decode("utf-8", "replace")
    if re.search(r'"format"\s*:\s*"compression-plan"', text[:4096]):
        return True
    return (
        re.match(r"\ufeff?\s*\{", text) is None
        and re.search(r"[\"']op_(?:types|names|names_re|partial_names)[\"']\s*:", text) is not None
        and re.search(r"^[ \t]*\([^()\s]+\): \w+", text, re.MULTILINE) is None
    )


class TextConfig:
    """A config list that lives in this process."""

    def __init__(self, name, text):
        self.name = name
        self.text = text
        self.lock = threading.Lock()

    def read(self):
        content = self.text.encode("utf-8")
        return content, revision_of(content)

    def write(self, content, expected):
        """The new revision, or None where the text has changed meanwhile."""
        text = content.decode("utf-8")
        with self.lock:
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
        self.lock = threading.Lock()
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
        with self.lock:
            return self._write(content, expected)

    def _write(self, content, expected):
        target = os.path.realpath(self.path)
        if os.path.exists(target) and not os.access(target, os.W_OK):
            raise PermissionError("%s is read-only. Allow yourself to write to it" % self.path)
        beside = os.path.join(os.path.dirname(target), ".%s.espalier" % os.path.basename(target))
        try:
            handle = _claim(beside)
        except PermissionError:
            raise PermissionError(
                "The folder of %s is read-only, and the new text is written there first. Allow yourself to write to the folder" % self.path
            ) from None
        except FileNotFoundError:
            raise FileNotFoundError("The folder of %s is gone. Make it again" % self.path) from None
        placed = False
        try:
            with os.fdopen(handle, "wb") as file:
                if self.read()[1] != expected:
                    return None
                _take_over(target, beside)
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            # An editor that does not ask may have written meanwhile.
            if self.read()[1] != expected:
                return None
            os.replace(beside, target)
            placed = True
        finally:
            # Once it has taken the place of the file, the name is free, and may be that of another program's text.
            if not placed:
                _remove(beside)
        return revision_of(content)

    def stamp(self):
        return _stamp(self.path)


ABANDONED_AFTER = 5


def _claim(beside):
    """Creates the file that is written beside. While it exists, others wait, also `espalier open`."""
    seen, since = None, time.monotonic()
    while True:
        try:
            return os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:
            stamp = _stamp(beside)
            if stamp != seen:
                seen, since = stamp, time.monotonic()
            if stamp is not None and (time.time() - stamp[3] / 1e9 > ABANDONED_AFTER or time.monotonic() - since > ABANDONED_AFTER):
                _remove(beside)
            else:
                time.sleep(0.02)


def _remove(path):
    try:
        os.remove(path)
    except FileNotFoundError:
        pass


def _take_over(target, beside):
    """The permissions of the file; only an administrator may give it to its owner again."""
    try:
        found = os.stat(target)
    except FileNotFoundError:
        return
    os.chmod(beside, stat.S_IMODE(found.st_mode))
    try:
        os.chown(beside, found.st_uid, found.st_gid)
    except (AttributeError, OSError):
        pass


def _stamp(path):
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (path, found.st_ino, found.st_size, found.st_mtime_ns)
