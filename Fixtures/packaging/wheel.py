"""Makes a wheel of a release binary: `pip install` then gives the command, without a compiler or libraries.

    wheel.py --backout PROGRAM --patchelf PROGRAM --output DIRECTORY

The wheel holds the program and the shared libraries that a bare system lacks: PostgreSQL's grammar, and
libpq with what it needs. The program finds them beside itself. The tag names the C library that the
program needs at least, as PEP 600 says.
"""

import argparse
import base64
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import zipfile

import licences

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
# What every system that the tag admits has (PEP 600's manylinux policies).
OF_THE_SYSTEM = re.compile(
    r"^(linux-vdso|ld-linux.*|libc|libm|libdl|libpthread|librt|libresolv|libgcc_s|libstdc\+\+)\.so")
MAIN = '''"""Runs the program of the wheel in the place of this process."""

import os
import sys


def main():
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bin", "backout")
    os.execv(program, ["backout", *sys.argv[1:]])


if __name__ == "__main__":
    main()
'''


def libraries_of(path):
    """The shared libraries that a program or library needs and the system may lack, by name."""
    found = {}
    listing = subprocess.check_output(["ldd", path], text=True)
    for name, target in re.findall(r"^\s*(\S+) => (/\S+)", listing, re.M):
        if not OF_THE_SYSTEM.match(name):
            found[name] = target
    return found


def library(name):
    """Where the dynamic linker finds a library."""
    listing = subprocess.check_output(["/sbin/ldconfig", "-p"], text=True)
    match = re.search(r"^\s*%s \(libc6,x86-64.*\) => (\S+)" % re.escape(name), listing, re.M)
    if not match:
        raise SystemExit("wheel: %s is not installed" % name)
    return match.group(1)


def needed_glibc(paths):
    """The newest version of the C library's symbols that the files refer to."""
    versions = set()
    for path in paths:
        text = subprocess.check_output(["objdump", "-T", path], text=True)
        versions |= {tuple(map(int, v)) for v in re.findall(r"GLIBC_(\d+)\.(\d+)", text)}
    return max(versions)


def assemble(backout, patchelf, version, stage):
    """Lays the files of the package out in a directory; the licences that belong to it."""
    package = os.path.join(stage, "backout")
    program = os.path.join(package, "bin", "backout")
    folder = os.path.join(package, "lib")
    os.makedirs(os.path.dirname(program))
    os.makedirs(folder)
    with open(os.path.join(package, "__init__.py"), "w") as file:
        file.write('"""Can this database be taken back to an earlier revision?"""\n\n__version__ = "%s"\n' % version)
    with open(os.path.join(package, "__main__.py"), "w") as file:
        file.write(MAIN)
    subprocess.check_call(["strip", "-o", program, backout])
    os.chmod(program, 0o755)
    libpq = library("libpq.so.5")
    libraries = {**libraries_of(backout), **libraries_of(libpq), "libpq.so.5": libpq}
    for name, path in libraries.items():
        target = os.path.join(folder, name)
        shutil.copyfile(os.path.realpath(path), target)
        subprocess.check_call([patchelf, "--set-rpath", "$ORIGIN", target])
    subprocess.check_call([patchelf, "--set-rpath", "$ORIGIN/../lib", program])
    return licences.gather(ROOT, libraries.values())


def description():
    """The README, without what lies beside it."""
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        return file.read()


def write_metadata(stage, version, tag, texts):
    info = os.path.join(stage, "backout-%s.dist-info" % version)
    folder = os.path.join(info, "licenses")
    os.makedirs(folder)
    shutil.copyfile(os.path.join(ROOT, "LICENSE"), os.path.join(folder, "LICENSE"))
    for name, text in texts.items():
        with open(os.path.join(folder, "LICENSE.%s.txt" % name), "w", encoding="utf-8") as file:
            file.write(text)
    files = {
        "METADATA": "".join([
            "Metadata-Version: 2.4\nName: backout\nVersion: %s\n" % version,
            "Summary: Can this PostgreSQL database be taken back to an earlier Alembic revision, and what would be lost?\n",
            "Requires-Python: >=3.8\nDescription-Content-Type: text/markdown\n",
            "License-File: LICENSE\n",
            *("License-File: LICENSE.%s.txt\n" % name for name in texts),
            "Classifier: Environment :: Console\nClassifier: Topic :: Database\n",
            "\n", description(),
        ]),
        "WHEEL": "Wheel-Version: 1.0\nGenerator: backout\nRoot-Is-Purelib: false\nTag: py3-none-%s\n" % tag,
        "entry_points.txt": "[console_scripts]\nbackout = backout.__main__:main\n",
    }
    for name, text in files.items():
        with open(os.path.join(info, name), "w", encoding="utf-8") as file:
            file.write(text)
    return info


def pack(stage, info, path):
    """Zips the directory in a fixed order and with fixed times, so that equal content is an equal file."""
    names = sorted(
        os.path.relpath(os.path.join(folder, name), stage)
        for folder, _, files in os.walk(stage) for name in files)
    record = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        def add(name, data, mode):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100000 | mode) << 16
            archive.writestr(entry, data)
        for name in names:
            full = os.path.join(stage, name)
            with open(full, "rb") as file:
                data = file.read()
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            record.append("%s,sha256=%s,%d\n" % (name, digest, len(data)))
            add(name, data, 0o755 if os.access(full, os.X_OK) else 0o644)
        name = os.path.join(os.path.basename(info), "RECORD")
        add(name, "".join(record) + "%s,,\n" % name, 0o644)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--backout", required=True)
    parser.add_argument("--patchelf", required=True)
    parser.add_argument("--output", required=True)
    arguments = parser.parse_args()
    backout = os.path.abspath(arguments.backout)
    version = subprocess.check_output([backout, "--version"], text=True).split()[0]
    os.makedirs(arguments.output, exist_ok=True)
    with tempfile.TemporaryDirectory() as stage:
        texts = assemble(backout, arguments.patchelf, version, stage)
        package = os.path.join(stage, "backout")
        binaries = [os.path.join(package, "bin", "backout")]
        binaries += [os.path.join(package, "lib", name) for name in os.listdir(os.path.join(package, "lib"))]
        tag = "manylinux_%d_%d_%s" % (*needed_glibc(binaries), os.uname().machine)
        info = write_metadata(stage, version, tag, texts)
        path = os.path.join(arguments.output, "backout-%s-py3-none-%s.whl" % (version, tag))
        pack(stage, info, path)
    print("%s (%.1f MB)" % (path, os.path.getsize(path) / 1e6))


if __name__ == "__main__":
    main()
