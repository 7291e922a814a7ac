"""
Runs commands, so many at a time, and says as JSON how each ended and what all of them took with everything that they started:
`measured.py AT_ONCE < commands.json`. Memory is the peak of the whole tree, sampled four times a second, each page that
processes share counted once (PSS, /proc/PID/smaps_rollup).
"""
import json
import os
import resource
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor


def parents():
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                yield int(name), int(file.read().rpartition(")")[2].split()[1])
        except OSError:
            pass  # It ended meanwhile.


def descendants(root):
    children, found, left = {}, [], [root]
    for child, parent in parents():
        children.setdefault(parent, []).append(child)
    while left:
        below = children.get(left.pop(), [])
        found += below
        left += below
    return found


def proportional_kb(process):
    try:
        with open(f"/proc/{process}/smaps_rollup") as file:
            return next((int(line.split()[1]) for line in file if line.startswith("Pss:")), 0)
    except OSError:
        return 0


peak = {"mb": 0.0, "processes": 0}


def sample(done):
    while not done.wait(0.25):
        sizes = [size for size in map(proportional_kb, descendants(os.getpid())) if size > 0]
        peak["mb"] = max(peak["mb"], sum(sizes) / 1024)
        peak["processes"] = max(peak["processes"], len(sizes))


def run(command):
    env = {**os.environ, **command.get("env", {})}
    ended = subprocess.run(command["line"], cwd=command.get("cwd"), env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return {"exitCode": ended.returncode, "stdout": ended.stdout, "stderr": ended.stderr}


commands, began, done = json.load(sys.stdin), time.monotonic(), threading.Event()
threading.Thread(target=sample, args=(done,), daemon=True).start()
with ThreadPoolExecutor(int(sys.argv[1])) as pool:
    ended = list(pool.map(run, commands))
done.set()
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({
    "wallMs": 1000 * (time.monotonic() - began),
    "cpuMs": 1000 * (used.ru_utime + used.ru_stime),
    "peakMb": peak["mb"],
    "processes": peak["processes"],
    "runs": ended,
}))
