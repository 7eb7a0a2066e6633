#!/usr/bin/env python3
"""Annotators' lists of names to standoff: report id and places in code points, no text.

usage: standoff.py --reports REPORTS.jsonl … --lists DIR … > NAMES.jsonl

In:  DIR/<id>.json: {"id", "person": [forms], "place": [forms], "body": [forms], "not": [[form, nth], …]}
     A form stands for each of its occurrences as whole words; the conjunctions and prepositions و ف ب ل ك may be glued to it. Of forms
     that overlap the longest counts. `not`: occurrences (from 0) that are no name of this kind.
Out: {"id", "names": [[start, end, kind], …]}
"""
import argparse
import glob
import json
import os
import re
import sys

CLITICS = "[وف]?[بلك]?"
LETTER = r"[^\W_]"


def occurrences(text, form):
    """Places of a form; the article that li- swallows is made up for."""
    bodies = [re.escape(form)]
    if form.startswith("ال") and len(form) > 4:
        bodies.append("(?<=ل)" + re.escape(form[1:]))
    out = set()
    for body in bodies:
        for m in re.finditer(rf"(?<!{LETTER})(?=({CLITICS})({body})(?!{LETTER}))", text):
            out.add(m.span(2))
    return sorted(out)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--reports", nargs="+", required=True)
    ap.add_argument("--lists", nargs="+", required=True)
    a = ap.parse_args()
    texts = {}
    for path in a.reports:
        for line in open(path, encoding="utf-8"):
            r = json.loads(line)
            texts[r["id"]] = r["text"]
    for path in sorted(p for d in a.lists for p in glob.glob(os.path.join(d, "*.json"))):
        try:
            lists = json.load(open(path, encoding="utf-8"))
        except ValueError as why:
            print(f"{path}: {why}", file=sys.stderr)
            continue
        text = texts.get(lists["id"])
        if text is None:
            print(f"{path}: no report {lists['id']}", file=sys.stderr)
            continue
        struck = {(form, nth) for form, nth in lists.get("not", [])}
        found = []
        for kind in ("person", "place", "body"):
            for form in lists.get(kind, []):
                at = occurrences(text, form)
                if not at:
                    print(f"{path}: {form} does not stand in the text", file=sys.stderr)
                found += [(e - s, s, e, kind) for n, (s, e) in enumerate(at) if (form, n) not in struck]
        found.sort(key=lambda f: (-f[0], f[1], f[3]))
        taken, names = set(), []
        for _, s, e, kind in found:
            if taken.isdisjoint(range(s, e)):
                taken.update(range(s, e))
                names.append([s, e, kind])
        print(json.dumps({"id": lists["id"], "names": sorted(names)}, separators=(",", ":")))


if __name__ == "__main__":
    main()
