#!/bin/sh
# Lighthouse's four scores of the demo's main pages, on a phone and on a desktop. Needs Node.js, whose npx brings
# Lighthouse, a Chromium, and the demo running: `make demo`, then `make lighthouse` beside it.
set -eu
site="${SITE:-http://127.0.0.1:8000}"
pages="${PAGES:-/pl/ /pl/zadania-publiczne/ /pl/procedury/inicjatywa-lokalna/ /pl/szukaj/?q=dotacje /pl/organizacje/ /pl/aktualnosci/}"
CHROME_PATH="${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}"
export CHROME_PATH
report="$(mktemp)"
trap 'rm -f "$report"' EXIT
for page in $pages; do
  for form in mobile desktop; do
    preset=""
    [ "$form" = desktop ] && preset="--preset=desktop"
    # shellcheck disable=SC2086
    npx --yes lighthouse "$site$page" $preset --quiet --output=json --output-path="$report" \
      --chrome-flags="--headless --no-sandbox"
    python3 -c '
import json, sys
page, form, report = sys.argv[1:]
scores = json.load(open(report))["categories"]
print(page, form, *(name + " " + str(round(100 * each["score"])) for name, each in scores.items()))
' "$page" "$form" "$report"
  done
done
