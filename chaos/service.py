"""A migreg that a script starts, ends and asks."""
import json
import pathlib
import signal
import subprocess
import sys
import time

from contract_requests import Connection


class Service:
    """Runs the jar on a data directory below the given one, which also gets the log."""

    def __init__(self, java, jar, port, directory, settings=(), heap=512):
        self.java, self.jar, self.port, self.settings, self.heap = java, jar, port, list(settings), heap
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.data, self.process, self.token = self.directory / "data", None, ""

    def start(self, environment=None):
        """Returns after how many seconds it was ready."""
        began = time.monotonic()
        with open(self.directory / "log", "ab") as log:
            self.process = subprocess.Popen(
                [self.java, f"-Xmx{self.heap}m", "-jar", self.jar, f"--server.port={self.port}",
                 f"--migreg.data-dir={self.data}", "--logging.structured.format.console=", *self.settings],
                stdout=log, stderr=subprocess.STDOUT, env=environment)
        while time.monotonic() < began + 300 and self.process.poll() is None:
            try:
                if self.get("/actuator/health/readiness").status == 200:
                    self.token = (self.data / "admin-token").read_text().strip()
                    return round(time.monotonic() - began, 1)
            except OSError:
                pass
            time.sleep(0.2)
        self.process.kill()
        sys.exit(f"the service does not start: see {self.directory / 'log'}")

    def cpu(self):
        """Seconds that it has computed so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / 100

    def end(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=120)

    def connection(self):
        return Connection(self.port, self.token)

    def get(self, path):
        return self.connection().send("GET", path)

    def write(self, method, path, body=None, headers=None, connection=None):
        return (connection or self.connection()).send(
            method, "/api/v1" + path, {"Content-Type": "application/json", **(headers or {})},
            None if body is None else json.dumps(body).encode())

    def file_size(self):
        file = self.data / "migreg.mv.db"
        return file.stat().st_size if file.exists() else 0

    def revisions(self):
        """The numbers of all revisions."""
        numbers, since, connection = [], 0, self.connection()
        while page := json.loads(connection.send("GET", f"/api/v1/revisions?since={since}&limit=1000").body):
            numbers += [each["number"] for each in page]
            since = numbers[-1]
        return numbers


def has_gaps(numbers):
    return numbers != list(range(1, len(numbers) + 1))
