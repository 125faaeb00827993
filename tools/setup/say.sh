# Progress and error sentences for run, test and tools/setup. Sourced, never run.
# Steps announce how long the rest usually takes, so that a first start is never a silent wait.

say() { printf '%s\n' "$*" >&2; }

fail() { # WHAT-HAPPENED  WHAT-TO-DO
    printf '\ncountersign: %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '  %s\n' "$line" >&2; done
    exit 1
}

steps_total=0 steps_done=0 steps_left_s=0

# plan SECONDS... : the usual duration of each step to come, in order.
plan() {
    steps_seconds=("$@") steps_total=$# steps_done=0 steps_left_s=0
    local s
    for s in "$@"; do steps_left_s=$((steps_left_s + s)); done
}

# step TEXT : the next planned step begins.
step() {
    say "$(printf '[%d/%d] %s (about %d s left)' $((steps_done + 1)) "$steps_total" "$1" "$steps_left_s")"
    steps_left_s=$((steps_left_s - steps_seconds[steps_done]))
    steps_done=$((steps_done + 1))
}

# quietly LOGFILE COMMAND... : runs a command whose output matters only when it fails.
quietly() {
    local log=$1
    shift
    "$@" >"$log" 2>&1 || {
        tail -n 30 "$log" >&2
        explain_log "$log"
        fail "'$*' failed." "Its whole output is in $log."
    }
}

# explain_log LOGFILE : turns the commonest causes into a sentence that says what to do.
explain_log() {
    local log=$1
    if grep -qiE 'no space left on device' "$log"; then
        fail "the disk is full." "Free about 3 GB (the toolchain lies in $toolchains) and start again; what is done is kept."
    fi
    if grep -qiE 'could not resolve|temporary failure|network is unreachable|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|failed to connect' "$log"; then
        fail "set-up needs the network once, and it cannot be reached." \
            "Connect and start again; what is done is kept, and afterwards no network is needed." "Details: $log"
    fi
    if grep -qiE 'permission denied|are you root' "$log"; then
        fail "a right is missing." "Look at the last lines of $log; packages need root or sudo, $toolchains must be writable."
    fi
}
