#!/usr/bin/env bash
# An agent harness on one page: call the model, append what it says, run what it asks for, append the result, and let compact keep
# the transcript below its trigger. The transcript is OpenAI chat messages, one a line. Needs bash, jq and compact.
#
#   samples/shell-loop/loop.sh SESSION.jsonl MODEL [PROMPT]
#
# MODEL is a command that reads the transcript on stdin and prints the next message. stand-in-model.sh is one without a network;
# with a provider it is a line of curl: jq -s '{model: "...", messages: .}' | curl ... | jq -c '.choices[0].message'
set -euo pipefail

session=$1
model=$2
trigger=${TRIGGER:-8k} # of context tokens; a real loop says --window 200k instead
target=${TARGET:-6k}

append() { printf '%s\n' "$1" >> "$session"; } # opened for each line: so nobody holds it when it is replaced

say() { jq -cn --arg text "$1" '{role: "user", content: $text}'; }

# What the model asks for, run; its output and how it ended are the observation.
observation() {
  local id command output
  id=$(jq -r '.id' <<< "$1")
  command=$(jq -r '.function.arguments | fromjson | .command' <<< "$1")
  if output=$(bash -c "$command" 2>&1); then :; else output="Exit code $?"$'\n'"$output"; fi
  jq -cn --arg id "$id" --arg text "$output" '{role: "tool", tool_call_id: $id, content: $text}'
}

# Between two turns: in the background, so that the agent goes on. What it appends meanwhile is carried over.
compact_in_background() {
  compact watch --once --trigger "$trigger" --target "$target" --min-savings 1k --hold-off 0 "$session" &
  compacting=$!
}

[ -s "$session" ] || append "$(jq -cn '{role: "system", content: "You work in a shell."}')"
[ $# -lt 3 ] || append "$(say "$3")"

compacting=
while :; do
  message=$("$model" < "$session")
  append "$message"
  calls=$(jq -c '.tool_calls // [] | .[]' <<< "$message")
  [ -n "$calls" ] || break
  while IFS= read -r call; do append "$(observation "$call")"; done <<< "$calls"
  # One at a time; a second one would only wait for the first.
  kill -0 "$compacting" 2> /dev/null || compact_in_background
done
[ -z "$compacting" ] || wait "$compacting"
compact watch --once --trigger "$trigger" --target "$target" --min-savings 1k --hold-off 0 "$session" # the last turns
jq -r '.content' <<< "$message"
