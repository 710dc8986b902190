#!/usr/bin/env python3
"""A simulated SPEC PTDaemon with one simulated power analyser: no hardware is read.

    ptdaemon.py -l LOG -p PORT [-n] 49 DEVICE

Answers the commands that power-dev's server sends, with the words that power-dev's check asks for
(compliance/check.py at c4b3ad8). It says of itself what it is: the version is `1.11.1-simulated`,
the serial number SIMULATED. A sample a second: 100 W and the noise of a fixed seed, 230 V, and an
uncertainty of 0.1 %. Type 49 is the Yokogawa WT310, which the checker knows; others are refused.
"""
import argparse
import datetime
import random
import socket
import sys
import threading
import time

MODEL = "YokogawaWT310"
IDENTITY = (f"{MODEL},SIMULATED,1,1,1,1,0,0,1,version=1.11.1-simulated-00000000,OS=none,"
            "mode=power,1,1,1,0,0,no_cal_date,SIMULATED;WT310;0;F0.00")
VOLTS, WATTS, POWER_FACTOR, UNCERTAINTY = 230.0, 100.0, 0.95, 0.001


def now():
    """As PTDaemon writes it; power-dev starts it with TZ=UTC."""
    return datetime.datetime.now(datetime.timezone.utc).strftime("%m-%d-%Y %H:%M:%S.%f")[:-3]


def say(text):
    print(f"{now()}: {text}", flush=True)


class Measurement(threading.Thread):
    """A sample each second from `Go` to `Stop`."""
    def __init__(self, mark, log):
        super().__init__(daemon=True)
        self.mark, self.log, self.samples = mark, log, []
        self.ended, self.chance = threading.Event(), random.Random(1)

    def run(self):
        start, count = time.monotonic(), 0
        while not self.ended.wait(max(0.0, start + count - time.monotonic())):
            watts = WATTS + self.chance.uniform(-1, 1)
            amps = watts / VOLTS / POWER_FACTOR
            self.samples.append((watts, f"Time,{now()},Watts,{watts:.6f},Volts,{VOLTS:.6f},"
                                 f"Amps,{amps:.6f},PF,{POWER_FACTOR:.6f}"))
            self.log.write(f"{self.samples[-1][1]},Mark,{self.mark}\n")
            self.log.flush()
            count += 1

    def stop(self):
        self.ended.set()
        self.join()


class Daemon:
    def __init__(self, log):
        self.log, self.measurement, self.running, self.sent = log, None, False, 0

    def answers(self, words):
        """The lines that answer a command."""
        command = words[0]
        if command == "Hello":
            return ["Hello, PTDaemon here!"]
        if command == "Identify":
            return [IDENTITY]
        if command == "RR":
            return ["Ranges,1,-1.000000,1,-1.000000"]
        if command == "SR" and len(words) == 3 and words[1] in ("V", "A"):
            say(f"{'Volt' if words[1] == 'V' else 'Ampere'} range set to {words[2]}")
            return [f"Range {words[1]} changed"]
        if command == "Go" and len(words) == 4:
            return self.go(words)
        if command == "Stop":
            return self.stop()
        if command == "RL":
            return self.unread(words)
        if command == "Watts":
            values = [watts for watts, _ in self.measurement.samples] or [-1.0]
            mean = sum(values) / len(values)
            count = len(values)
            return [f"Watts,{mean:.6f},{min(values):.6f},{max(values):.6f},{count},0,{count}"]
        if command == "Uncertainty":
            count = len(self.measurement.samples)
            spread = f"{UNCERTAINTY:.6f},{UNCERTAINTY:.6f},{UNCERTAINTY:.6f}"
            return [f"Uncertainty,{spread},{count},0,{count},0"]
        return ["Unknown command"]

    def go(self, words):
        say("Go command received")
        say(f"Go with mark '{words[3]}'")
        self.measurement, self.running, self.sent = Measurement(words[3], self.log), True, 0
        self.measurement.start()
        return [
            f"Starting untimed measurement, maximum 500000 samples at {words[1]}ms with "
            f"{words[2]} rampup samples"
        ]

    def stop(self):
        if not self.running:
            return ["Error: no measurement to stop"]
        self.measurement.stop()
        self.running = False
        say("Completed test")
        # power-dev's server copies this log while up to 8192 bytes of it lie in its buffer: what it
        # looks for is in the copy when as much follows.
        for _ in range(8192 // 60):
            say("Simulated measurement: no analyser was read")
        return ["Stopping untimed measurement"]

    def unread(self, words):
        """The analyser has one channel: of the forms of RL it knows the one without a number."""
        if len(words) > 1:
            return ["Invalid number of parameters"]
        new = [line for _, line in self.measurement.samples[self.sent:]]
        self.sent += len(new)
        return [f"Last {len(new)} samples", *new]


def serve(connection, daemon):
    with connection, connection.makefile("rw", newline="") as stream:
        for line in stream:
            answers = daemon.answers(line.rstrip("\r\n").split(","))
            say(f"Response to client sent: {answers[0]}")
            stream.write("".join(f"{answer}\r\n" for answer in answers))
            stream.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-l", dest="log", required=True, help="file of samples")
    parser.add_argument("-p", dest="port", type=int, default=8888, help="port on 127.0.0.1")
    parser.add_argument("-n", action="store_true", help="as of an analyser on a network")
    parser.add_argument("type", type=int, help="49")
    parser.add_argument("device", help="not looked at")
    given = parser.parse_args()
    if given.type != 49:
        sys.exit(f"error: this simulation is of device type 49, not {given.type}")
    print("Simulated PTDaemon of mlpgen's tests: no analyser is read", flush=True)
    with open(given.log, "a") as log, socket.create_server(("127.0.0.1", given.port)) as listener:
        say(f"Uncertainty checking for {MODEL} is activated")
        say(f"Connected to {MODEL} successfully")
        daemon = Daemon(log)
        while True:
            connection, address = listener.accept()
            say(f"Accepted connection from {address[0]}:{address[1]}")
            serve(connection, daemon)


if __name__ == "__main__":
    main()
