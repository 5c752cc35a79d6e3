"""Writes the man page from what the program says of itself.

    man.py PROGRAM > backout.1

The source is the same as that of --help: the description of the commands that ArgumentParser dumps.
"""

import json
import re
import subprocess
import sys
import textwrap

HIDDEN = {"help"}


def roff(text):
    """Text as roff takes it: a line cannot begin a request, and a hyphen is one that can be copied."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in text.split("\n"))


def spelling(name):
    return ("--" if name["kind"] == "long" else "-") + name["name"]


def placeholder(argument):
    return argument.get("valueName", "value")


def synopsis(path, command):
    words = []
    for argument in command.get("arguments", []):
        if not argument.get("shouldDisplay", True):
            continue
        if argument["kind"] == "positional":
            word = "<%s>" % placeholder(argument)
            words.append("[%s]" % word if argument["isOptional"] else word)
    return " ".join([*path, "[options]", *words])


def options(command):
    for argument in command.get("arguments", []):
        if not argument.get("shouldDisplay", True):
            continue
        names = ", ".join(spelling(name) for name in argument.get("names", []))
        if argument["kind"] == "positional":
            title = "\\fI%s\\fR" % roff(placeholder(argument))
        elif argument["kind"] == "flag":
            title = "\\fB%s\\fR" % roff(names)
        else:
            title = "\\fB%s\\fR \\fI%s\\fR" % (roff(names), roff(placeholder(argument)))
        text = argument.get("abstract", "")
        if argument.get("defaultValue"):
            text = "%s (default: %s)" % (text, argument["defaultValue"])
        yield ".TP\n%s\n%s" % (title, roff(text))


def discussion(text):
    """Paragraphs; what is indented in --help stays as it is."""
    for paragraph in re.split(r"\n\s*\n", textwrap.dedent(text).strip("\n")):
        if re.search(r"^\s+\S", paragraph, re.M):
            yield ".PP\n.nf\n%s\n.fi" % roff(paragraph)
        else:
            yield ".PP\n%s" % roff(paragraph)


def page(program):
    command = json.loads(subprocess.check_output([program, "--experimental-dump-help"]))["command"]
    version = subprocess.check_output([program, "--version"], text=True).split()[0]
    name = command["commandName"]
    lines = [
        '.TH %s 1 "" "%s %s" "User Commands"' % (name.upper(), name, version),
        ".SH NAME", "%s \\- %s" % (name, roff(command["abstract"])),
        ".SH SYNOPSIS", "\\fB%s\\fR \\fIcommand\\fR [options]" % name,
        ".SH DESCRIPTION", *discussion(command.get("discussion", "")),
        ".SH OPTIONS", *options(command), ".SH COMMANDS",
    ]
    for sub in command.get("subcommands", []):
        if sub["commandName"] in HIDDEN or not sub.get("shouldDisplay", True):
            continue
        lines += [
            ".SS %s" % roff(synopsis([name, sub["commandName"]], sub)), roff(sub.get("abstract", "")),
            *discussion(sub.get("discussion", "")), *options(sub),
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: man.py PROGRAM")
    sys.stdout.write(page(sys.argv[1]))
