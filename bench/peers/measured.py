"""Runs commands, so many at a time, and says as JSON what they took together: `measured.py AT_ONCE < commands.json`."""
import json
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

commands, began = json.load(sys.stdin), time.monotonic()
with ThreadPoolExecutor(int(sys.argv[1])) as pool:
    ended = list(pool.map(lambda command: subprocess.run(command, capture_output=True, text=True), commands))
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({
    "wallMs": 1000 * (time.monotonic() - began),
    "cpuMs": 1000 * (used.ru_utime + used.ru_stime),
    "peakMb": used.ru_maxrss / 1024,
    "complaints": [run.stderr[-500:] for run in ended if run.returncode not in (0, 3)],
}))
