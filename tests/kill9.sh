#!/bin/sh
# Kills `exportscan ledger record` at random moments, and at each of its system calls in turn (where strace is there), fills
# a disk and takes away the right to write; and looks each time whether the ledger is sound, whether the record is there
# whole or not at all, and whether recording again counts nobody twice.
#
#   tests/kill9.sh [RUNS]            EXPORTSCAN=path/to/exportscan, target/debug/exportscan without it
set -eu
runs=${1:-300}
tool=$(realpath "${EXPORTSCAN:-target/debug/exportscan}")
desk=$(mktemp -d)
trap 'umount "$desk/small" 2>/dev/null || true; rm -rf "$desk"' EXIT
cd "$desk"
export EXPORTSCAN_KEY_FILE="$desk/key"
export LC_ALL=C.UTF-8

fail() { echo "FAILED: $*" >&2; exit 1; }
records() { "$tool" ledger verify book --lang en >verified || fail "$1: $(cat verified)"; sed -n 's/^Sound: \([0-9]*\) .*/\1/p' verified; }
record() { "$tool" ledger record book "$1" --facts facts.toml >/dev/null 2>said; }

# A tally of five mobile numbers, of which three come again in the next.
share() {
    [ -e "$1.tally" ] && return
    mkdir "$1"
    { echo 手机号; i=0; while [ $i -lt 5 ]; do printf '139%08d\n' $((10406070 + ($1 * 2 + i) * 37)); i=$((i + 1)); done; } >"$1/t.csv"
    "$tool" scan "$1" --facts facts.toml --partial "$1.tally" --no-progress >/dev/null
}

# After a run that may have been killed: whole or not at all, and once when recorded again.
settle() {
    after=$(records "$2")
    if [ "$after" -ne "$before" ] && [ "$after" -ne $((before + 1)) ]; then fail "$2: $before and then $after records"; fi
    [ "$after" -eq "$before" ] || whole=$((whole + 1))
    record "$1.tally" || fail "$2: recording again: $(cat said)"
    now=$(records "$2")
    [ "$now" -eq $((before + 1)) ] || fail "$2: $now records after recording again"
    before=$now
}

"$tool" key new key >/dev/null
printf '[exporter]\nname = "kill9"\nciio = false\n[export]\ndate = 2026-03-01\nindustry = "other"\n' >facts.toml
"$tool" ledger init book --entity kill9 >/dev/null
n=0; share $n
start=$(date +%s%N); record 0.tally; whole_ns=$(($(date +%s%N) - start))
before=1; whole=0; n=1

while [ $n -le "$runs" ]; do
    share $n
    record $n.tally & child=$!
    # The ledger is written towards the end of a run.
    sleep "$(awk "BEGIN { srand($n); print $whole_ns / 1e9 * (0.3 + 0.9 * rand()) }")"
    kill -9 $child 2>/dev/null || true
    wait $child 2>/dev/null || true
    settle $n "random kill $n"
    n=$((n + 1))
done
echo "random kills: $runs, of which $whole after the record was there"

if command -v strace >/dev/null; then
    whole=0; kills=0
    for call in openat write fsync rename unlink rmdir mkdir flock; do
        at=1
        while :; do
            share $n
            next=$(printf %06d $((before + 1)))
            strace -f -o trace -P "$desk/book/lock" -P "$desk/book/incoming" -P "$desk/book/incoming/tally" \
                -P "$desk/book/incoming/record" -P "$desk/book/incoming/HEAD" -P "$desk/book/HEAD" -P "$desk/book" \
                -P "$desk/book/records" -P "$desk/book/records/$next.json" \
                -P "$desk/book/tallies" -P "$desk/book/tallies/$next.tally" \
                -e "inject=$call:signal=KILL:when=$at" \
                "$tool" ledger record "$desk/book" $n.tally --facts facts.toml >/dev/null 2>&1 || true
            # The run that is not killed any more has had all its calls of this kind.
            if ! grep -q 'killed by SIGKILL' trace; then
                before=$(records "$call"); n=$((n + 1))
                break
            fi
            settle $n "$call $at"
            kills=$((kills + 1)); at=$((at + 1)); n=$((n + 1))
        done
    done
    echo "killed at a system call: $kills, of which $whole after the record was there"
fi

persons=$("$tool" ledger status book --year 2026 --lang en | sed -n 's/^\([0-9,]*\) person.*/\1/p' | head -n 1 | tr -d ,)
[ "$persons" -eq $(((before - 1) * 2 + 5)) ] || fail "$persons persons in $before records"
echo "sound: $before records, $persons persons, nobody twice"

mkdir small
if mount -t tmpfs -o size=64k tmpfs small 2>/dev/null; then
    "$tool" ledger init small/book --entity kill9 >/dev/null
    full=0
    i=0
    while [ $i -lt 30 ]; do
        share $((i + 1))
        if "$tool" ledger record small/book $((i + 1)).tally --facts facts.toml >/dev/null 2>said; then i=$((i + 1)); else full=1; break; fi
    done
    [ $full -eq 1 ] || fail "the small disk was never full"
    grep -q 'No space left' said || fail "full disk: $(cat said)"
    "$tool" ledger verify small/book --lang en >verified || fail "full disk: $(cat verified)"
    echo "full disk after $i records: $(cat said)"
    mount -o remount,size=1m small
    "$tool" ledger record small/book $((i + 1)).tally --facts facts.toml >/dev/null
    mount -o remount,ro small
    "$tool" ledger record small/book 9.tally --facts facts.toml >/dev/null 2>said && fail "recorded on a read-only disk"
    echo "read-only disk: $(cat said)"
    "$tool" ledger status small/book --year 2026 >/dev/null || fail "a read-only ledger cannot be read"
    "$tool" ledger verify small/book --lang en | head -n 1
else
    echo "skipped: no right to mount a small disk"
fi
