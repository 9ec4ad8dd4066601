#!/bin/sh
# Stands in for Electron's executable: starts the host beside it on Node 24.
self=$0
while [ -h "$self" ]; do
  link=$(readlink "$self")
  case $link in
    /*) self=$link ;;
    *) self=$(dirname "$self")/$link ;;
  esac
done
dir=$(cd "$(dirname "$self")" && pwd)
node=$RAPPORT_NODE
[ -n "$node" ] || node=$(cat "$dir/host/node-path" 2>/dev/null)
[ -x "$node" ] || node=node
if [ -n "$ELECTRON_RUN_AS_NODE" ]; then
  exec "$node" "$@"
fi
CHROMIUM_HOST_EXECUTABLE=$dir/$(basename "$self")
CHROMIUM_HOST_VERSION=$(cat "$dir/version")
export CHROMIUM_HOST_EXECUTABLE CHROMIUM_HOST_VERSION
exec "$node" "$dir/host/main.js" "$@"
