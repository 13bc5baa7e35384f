#!/usr/bin/env bash
# A model without a network, for loop.sh. In: the transcript on stdin. Out: the next message. It reads logs, one a turn, until the
# first of them was moved out; then it does what a real model does with a marker: it runs the command that stands in it.
set -euo pipefail

transcript=$(cat)
turn=$(jq -s 'map(select(.role == "assistant")) | length' <<< "$transcript")
first=$(jq -rs 'map(select(.role == "tool"))[0].content // ""' <<< "$transcript")
last=$(jq -rs '.[-1].content' <<< "$transcript")
ref=$(sed -n '1s/^\[compact get \([0-9a-f]\{8\}\): .*/\1/p' <<< "$first")

call() {
  jq -cn --arg say "$1" --arg command "$2" --arg id "call_$turn" '{
    role: "assistant", content: $say,
    tool_calls: [{id: $id, type: "function", function: {name: "bash", arguments: ({command: $command} | tojson)}}]
  }'
}

# Prints a log of 120 lines with one that matters, in the shell of the harness.
# shellcheck disable=SC2016
reader='for n in $(seq 120); do echo "day $day: order $n shipped by courier $((n % 7))"; done; echo "day $day: ERROR order 41 lost"'

case $last in
  "day 0: order 1 shipped"*"order 3 shipped by courier 3")
    jq -cn '{role: "assistant", content: "Order 41 was lost every day. The first orders of day 0 were fine."}' ;;
  *)
    if [ -n "$ref" ] && [ "$turn" -ge 8 ]; then
      call "What were the first orders of day 0?" "compact get $ref:1-3"
    else
      call "I read the log of day $turn." "day=$turn; $reader"
    fi ;;
esac
