#!/bin/sh
# The programs that the tests run: through apt where it may, otherwise say what is missing.
# Without Chromium, Java, gettext and poppler's PDF tools there are no tests. PostgreSQL, Redis and nginx are for
# tests marked `servers`, which scripts/marks.sh leaves out, in words, where they cannot be installed. Faketime
# is for journeys in which days pass, which say so where it is missing. Journeys take half the time with Chromium's
# headless shell, and run without it where there is none.
set -eu
cd "$(dirname "$0")/.."

# The same names as in tests/browser/chromium.py.
has_chromium() {
    for name in "${MYPART_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null && return 0
    done
    return 1
}

needed=""
has_chromium || needed="chromium"
command -v java >/dev/null || needed="$needed default-jre-headless"
command -v xgettext >/dev/null || needed="$needed gettext"
command -v pdftotext >/dev/null || needed="$needed poppler-utils"
clock=""
ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || clock="faketime"
wanted=$("${PYTHON:-.venv/bin/python}" -m tests.deployment.throwaway --missing) || true
shell=""
if ! command -v chromium-headless-shell >/dev/null && apt-cache show chromium-headless-shell >/dev/null 2>&1; then
    shell="chromium chromium-headless-shell" # Together, since both need the same release.
fi
wanted="$wanted${clock:+ $clock}${shell:+ $shell}"
[ -z "$needed$wanted" ] && exit 0

as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null && $as_root true 2>/dev/null; then
    $as_root apt-get update -qq
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $needed $wanted
    exit 0
fi
[ -z "$needed" ] && exit 0
echo "The tests need these programs; please install them: $needed" >&2
exit 1
