#!/bin/bash
# Builds everything and runs all tests on both databases. The last line is "N passed, N failed"; the exit code is 0 only when nothing failed.
# Usage: ./test.sh [dotnet test arguments], for example ./test.sh --filter FullyQualifiedName~Sessions
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
exec < /dev/null
export CI="${CI:-true}" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

work="$(mktemp -d)"
cluster="$work/postgres"

stop() {
    if [ -f "$cluster/postmaster.pid" ]; then
        as_postgres "$pg/pg_ctl" -D "$cluster" -m immediate -w stop > /dev/null || true
    fi
    rm -rf "$work"
}
trap stop EXIT

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@")
    else
        "$@"
    fi
}

install_missing() {
    local missing=()
    for package in chromium-headless-shell postgresql poppler-utils tesseract-ocr tesseract-ocr-vie python3-aiosmtpd; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null | grep -q '^installed$' || missing+=("$package")
    done
    if [ "${#missing[@]}" -eq 0 ]; then
        return
    fi
    if [ "$(id -u)" != 0 ]; then
        echo "Missing Debian packages: ${missing[*]}. Install them with: sudo apt-get install ${missing[*]}" >&2
        exit 1
    fi
    echo "Installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q
    apt-get install -y -q --no-install-recommends "${missing[@]}"
}

start_postgres() {
    pg="$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -1)"
    local port
    port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
    mkdir -p "$cluster"
    chmod 711 "$work"
    if [ "$(id -u)" = 0 ]; then
        chown postgres:postgres "$cluster"
    fi
    as_postgres "$pg/initdb" -D "$cluster" -U site -A trust -E UTF8 --locale=C.UTF-8 > "$work/initdb.log" 2>&1 || { cat "$work/initdb.log" >&2; exit 1; }
    as_postgres "$pg/pg_ctl" -D "$cluster" -w -l "$cluster/server.log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300" start > /dev/null \
        || { cat "$cluster/server.log" >&2; exit 1; }
    export TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=site"
}

# Sums the counters of all result files.
summarise() {
    python3 - "$work/results" <<'PYTHON'
import glob
import sys
import xml.etree.ElementTree as xml

passed = failed = 0
for path in glob.glob(sys.argv[1] + "/**/*.trx", recursive=True):
    counters = xml.parse(path).find(".//{*}Counters")
    passed += int(counters.get("passed"))
    # Whatever was executed or should have been, and did not pass, is a failure.
    failed += int(counters.get("total")) - int(counters.get("passed"))
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)
PYTHON
}

install_missing
start_postgres
dotnet build TrainingSite.sln -v q -clp:NoSummary
outcome=0
dotnet test TrainingSite.sln --no-build --logger "trx;LogFilePrefix=results" --results-directory "$work/results" "$@" || outcome=$?
# A test host that crashed leaves no failed test behind, but a failed run.
summarise || outcome=$?
exit "$outcome"
