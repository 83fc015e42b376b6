# Sourced by the scripts beside it: commands that end when the script is told to end.
#
# A shell minds its traps only between commands, or while it waits for one in the background; and a command in the background is
# deaf to Ctrl-C. So commands that take long are run with `attended`, and the script's trap on EXIT calls `end_attended`. Not for
# use in $(…), whose shell has no traps.
# shellcheck shell=bash

attended_pid=

trap 'exit 130' INT
trap 'exit 143' TERM

attended() {
  local code=0
  "$@" <&0 &
  attended_pid=$!
  wait "$attended_pid" || code=$?
  attended_pid=
  return "$code"
}

# with_deadline SECONDS COMMAND...: attended, and 124 if it was not over by then. (macOS has no `timeout`.)
with_deadline() {
  local ends=$((SECONDS + $1)) code=0
  shift
  "$@" &
  attended_pid=$!
  while kill -0 "$attended_pid" 2>/dev/null; do
    if [ "$SECONDS" -ge "$ends" ]; then
      end_attended
      return 124
    fi
    sleep 0.1
  done
  wait "$attended_pid" || code=$?
  attended_pid=
  return "$code"
}

end_attended() {
  if [ -n "$attended_pid" ]; then
    kill "$attended_pid" 2>/dev/null || true
    wait "$attended_pid" 2>/dev/null || true
    attended_pid=
  fi
}
