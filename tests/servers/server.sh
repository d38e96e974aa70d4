# What the scripts beside this one share. Each starts one server on free ports of 127.0.0.1, prints `ready PORT`
# and stays until its standard input ends, which it does when its caller ends, however that comes about. Then no
# process and no file of it is left.
set -euo pipefail

folder=$(mktemp -d)
pids=()

finish() {
    local status=$?
    if ((status != 0)) && compgen -G "$folder/*.log" >/dev/null; then
        tail --lines=25 "$folder"/*.log >&2
    fi
    # The shell would report every kill.
    exec 2>/dev/null
    ((${#pids[@]} == 0)) || kill -KILL "${pids[@]}" || true
    wait
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 0' INT TERM

# need COMMAND: ends with a sentence when it is not installed.
need() {
    type "$1" >/dev/null 2>&1 || { echo "$(basename "$1") is not installed: run tests/servers/install.sh" >&2; exit 1; }
}

# start NAME COMMAND...: in the background, with its output in NAME.log; it ends when this script ends.
start() {
    setpriv --pdeathsig KILL "${@:2}" </dev/null >>"$folder/$1.log" 2>&1 &
    pids+=($!)
}

# wait_for COMMAND...: until it succeeds; not when what was started last has ended, and not for ever.
deadline=$((SECONDS + 60))
wait_for() {
    until "$@" >/dev/null 2>&1; do
        kill -0 "${pids[-1]}" 2>/dev/null || { echo "it ended before it was ready; the ends of the logs:" >&2; exit 1; }
        ((SECONDS < deadline)) || { echo "not ready in time: $*; the ends of the logs:" >&2; exit 1; }
        sleep 0.05
    done
}

listens() {
    : <>"/dev/tcp/127.0.0.1/$1"
}

# free_ports COUNT
free_ports() {
    python3 -c '
import socket, sys
sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(int(sys.argv[1]))]
print(*[socket.getsockname()[1] for socket in sockets])' "$1"
}

# serve PORT
serve() {
    echo "ready $1"
    exec >&-
    cat >/dev/null
}
