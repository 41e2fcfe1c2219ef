#!/bin/sh
# Remove what the demo keeps on this machine: its database and files, in var/ or in MYPART_VAR.
set -eu
cd "$(dirname "$0")/.."

# A database of a server is not ours to empty.
if [ -n "${DATABASE_URL:-}" ]; then
  echo "DATABASE_URL names a database outside ${MYPART_VAR:-var}, which this does not remove, so nothing was removed." >&2
  echo "Empty that database yourself (dropdb, createdb), or run this without DATABASE_URL." >&2
  exit 1
fi

folder="${MYPART_VAR:-var}"
# Only what the sandbox puts there: the folder may hold other things.
for name in db.sqlite3 db.sqlite3-wal db.sqlite3-shm media private static; do
  rm -rf "${folder:?}/$name"
done
