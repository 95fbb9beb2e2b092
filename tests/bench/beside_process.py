"""A program that is started, waited for and measured, with everything that it starts itself."""
import atexit, os, signal, subprocess, sys, time
from dataclasses import dataclass


@dataclass
class Stats:
    cpu: float     # seconds, user and system
    memory: float  # MB that are resident; of what is shared, each has its share


class Process:
    """A program, with all that it starts, in a session of its own."""

    def __init__(self, command, folder, name):
        self.log = os.path.join(folder, name + ".log")
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                            start_new_session=True)
        atexit.register(self.stop)

    def said(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return log.read()

    def wait_for(self, condition):
        end = time.monotonic() + 60
        while not (value := condition(self.said())):
            if self.process.poll() is not None or time.monotonic() > end:
                sys.exit(f"{self.log}: did not become ready:\n{self.said()[-2000:]}")
            time.sleep(0.05)
        return value

    def stats(self):
        """Of everything that lives in its session."""
        ticks, kilobytes = 0, 0
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/stat") as file:
                    fields = file.read().rpartition(")")[2].split()
                if int(fields[3]) == self.process.pid:
                    ticks += int(fields[11]) + int(fields[12])
                    with open(f"/proc/{pid}/smaps_rollup") as file:
                        kilobytes += next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
            except OSError:
                continue  # it has ended meanwhile
        return Stats(ticks / os.sysconf("SC_CLK_TCK"), kilobytes / 1000)

    def stop(self):
        atexit.unregister(self.stop)
        try:
            os.killpg(self.process.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass  # it has ended by itself
        self.process.wait()
