"""Programs that are started are stopped, also when we cannot stop them ourselves."""

import os
import signal
import subprocess
import sys
import time

from cli.processes import MOST_STARTS, Keeper, start
from tests.servers import until

STARTER = """
import sys, time
from pathlib import Path
from cli.processes import start
program = start("sleeper", ["sleep", "300"], {"PATH": "/usr/bin:/bin"}, Path(sys.argv[1]))
print(program.process.pid, flush=True)
time.sleep(300)
"""


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[0]  # noqa: PTH123, SIM115
    return state != "Z"


def test_a_program_ends_when_its_starter_is_killed(tmp_path):
    starter = subprocess.Popen([sys.executable, "-c", STARTER, str(tmp_path)], stdout=subprocess.PIPE)
    pid = int(starter.stdout.readline())
    time.sleep(0.5)
    starter.send_signal(signal.SIGKILL)
    starter.communicate()
    until(lambda: not is_alive(pid), 20, "the program ended")


def test_what_ends_by_itself_is_started_again_but_not_for_ever(tmp_path):
    program = start("brief", ["true"], {"PATH": "/usr/bin:/bin"}, tmp_path)
    keeper = Keeper([program])
    until(lambda: keeper.given_up is program, 60, "given up")
    keeper.leave_off()
    assert program.starts == MOST_STARTS


def test_a_program_that_does_not_stop_is_ended_by_force(tmp_path, monkeypatch):
    monkeypatch.setattr("cli.processes.PATIENCE_SECONDS", 0.5)
    command = [sys.executable, "-c", "import signal,time; signal.signal(15, signal.SIG_IGN); time.sleep(300)"]
    program = start("deaf", command, {}, tmp_path)
    time.sleep(1)
    program.stop()
    assert not program.is_running
