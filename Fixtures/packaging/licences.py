"""The licences of what is shipped with the program: found where it was taken from."""

import os
import subprocess


def package_of(library):
    """The Debian package that owns a file, without its architecture."""
    for path in (library, os.path.realpath(library)):
        for name in (path, path.removeprefix("/usr"), "/usr" + path):
            run = subprocess.run(["dpkg", "-S", name], capture_output=True, text=True)
            if run.returncode == 0:
                return run.stdout.split(":")[0]
    raise SystemExit("licences: no Debian package owns %s" % library)


def gather(root, libraries):
    """Licence texts by the name of what they are for.

    root: the repository; its .build/checkouts hold the Swift packages that are linked in.
    libraries: paths of the shared libraries that are bundled.
    """
    texts = {}
    for library in libraries:
        package = package_of(library)
        with open("/usr/share/doc/%s/copyright" % package, encoding="utf-8") as file:
            texts[package] = file.read()
    checkouts = os.path.join(root, ".build", "checkouts")
    for package in sorted(os.listdir(checkouts)):
        texts[package] = first(os.path.join(checkouts, package), ("LICENSE.txt", "LICENSE", "LICENSE.md"))
    swift = os.path.realpath(subprocess.check_output(["which", "swift"], text=True).strip())
    texts["swift"] = first(
        os.path.join(os.path.dirname(swift), "..", "share", "swift"), ("LICENSE.txt", "LICENSE"))
    return texts


def first(directory, names):
    for name in names:
        path = os.path.join(directory, name)
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                return file.read()
    raise SystemExit("licences: there is none in %s" % directory)
