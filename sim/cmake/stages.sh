# shellcheck shell=bash disable=SC2154
# For scripts to source: runs the stages of a longer job, each with one line on the screen and its time.
# The script sets `log` first: the file that keeps what the stages print.

# stage TITLE COMMAND...: runs COMMAND quietly; where it fails, shows the end of what it printed and returns its status.
stage() {
  local title=$1 started=$EPOCHREALTIME status=0 output
  shift
  output=$(mktemp)
  printf '%-44s ' "$title"
  "$@" >"$output" 2>&1 </dev/null || status=$?
  { printf '\n== %s: %s\n' "$title" "$*"; cat "$output"; } >>"$log"
  if ((status)); then
    printf 'FAILED after %s (exit code %d)\n' "$(seconds_since "$started")" "$status"
    tail -n 40 "$output" | sed 's/^/  | /'
    printf '  the whole log: %s\n' "$log"
  else
    printf '%s\n' "$(seconds_since "$started")"
  fi
  rm -f "$output"
  return "$status"
}

# stage_aloud TITLE COMMAND...: the same for a command that shows its own progress on the terminal.
stage_aloud() {
  local title=$1 started=$EPOCHREALTIME status=0
  shift
  printf '%s\n' "$title"
  "$@" </dev/null || status=$?
  if ((status)); then
    printf '%-44s FAILED after %s (exit code %d)\n' '' "$(seconds_since "$started")" "$status"
  else
    printf '%-44s %s\n' '' "$(seconds_since "$started")"
  fi
  return "$status"
}

# seconds_since START: "12.3 s", START a value of EPOCHREALTIME.
seconds_since() {
  local tenths=$(((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}) / 100000))
  printf '%d.%d s' $((tenths / 10)) $((tenths % 10))
}

# python_with_packages: the Python that the packages were installed for; KETSIM_PYTHON names another one.
python_with_packages() {
  if [[ -n "${KETSIM_PYTHON:-}" ]]; then
    echo "$KETSIM_PYTHON"
  elif [[ -x /usr/bin/python3 ]]; then
    echo /usr/bin/python3
  else
    echo python3
  fi
}
