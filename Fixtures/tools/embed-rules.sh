#!/bin/sh
# Writes the pages of Rules/ into the program's source, so that it carries them wherever it runs.
set -eu
cd "$(dirname "$0")/../.."
out=Sources/SafetyRules/RulePages+Generated.swift
names=$(for page in Rules/*.md; do basename "$page" .md; done | LC_ALL=C sort)
{
  echo '// The pages of Rules/, embedded. Written by `make rules`; do not edit.'
  echo
  echo 'extension RulePage {'
  echo '  /// Every rule by name, in alphabetical order.'
  echo '  package static let names: [String] = ['
  for name in $names; do echo "    \"$name\","; done
  echo '  ]'
  echo
  echo '  /// The text of a page as it stands in Rules/.'
  echo '  static func embeddedText(of name: String) -> String? {'
  echo '    switch name {'
  for name in $names; do
    echo "    case \"$name\":"
    echo '      #"""'
    sed 's/^\(..*\)$/      \1/' "Rules/$name.md"
    echo '      """#'
  done
  echo '    default: nil'
  echo '    }'
  echo '  }'
  echo '}'
} > "$out"
