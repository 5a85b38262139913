"""Users with open sockets who notify themselves and read their lists, at a steady rate.

A threshold that is missed makes the run fail, and so does a notification that does not arrive exactly once.
"""

import itertools
import json
import os
import time
import uuid

import gevent
import requests
import socketio
from locust import HttpUser, constant_throughput, events, task
from locust.exception import StopTest

MAX_ERROR_RATE = 0.01
MAX_P95_MS = 500
MAX_P99_MS = 1500
MAX_DELIVERED_P95_MS = 1000
# How long the last notifications may take to arrive; below --stop-timeout.
GRACE_SECONDS = 5
# Several sockets share an account, as the windows of one person do.
ACCOUNTS = 20
PASSWORD = "load test password"

numbers = itertools.count()
delivered_ms = []
lost = 0
doubled = 0


class Client(HttpUser):
    # One request per second for each user, however long the responses take.
    wait_time = constant_throughput(1)

    def on_start(self):
        self.email = f"load-{next(numbers) % ACCOUNTS}@example.com"
        self.waiting = {}
        self.accepted = set()
        self.arrived = set()
        self.sign_in()
        self.socket = socketio.Client(reconnection=False)
        self.socket.on("events", self.receive)
        cookies = "; ".join(f"{c.name}={c.value}" for c in self.client.cookies)
        self.socket.connect(
            self.host,
            headers={"Cookie": cookies},
            socketio_path="/api/socket",
            transports=["websocket"],
        )

    def on_stop(self):
        global lost
        deadline = time.time() + GRACE_SECONDS
        # Locust ends some users in the middle of a request: whether the service accepted it is unknown.
        while not self.accepted <= self.arrived and time.time() < deadline:
            gevent.sleep(0.05)
        lost += len(self.accepted - self.arrived)
        self.socket.disconnect()

    def sign_in(self):
        """Signs up at first. No part of the measured load: hashing passwords is slow on purpose."""
        credentials = {"email": self.email, "password": PASSWORD}
        if self.post("/api/session", credentials) == 200:
            return
        account = {**credentials, "name": "Load Test"}
        # 409: another socket of the same account was faster.
        if self.post("/api/accounts", account) == 409:
            self.post("/api/session", credentials)

    def post(self, path, body):
        response = requests.post(self.host + path, json=body, timeout=30)
        self.client.cookies.update(response.cookies)
        if response.status_code not in (200, 201, 401, 409):
            raise StopTest(f"{path} returned {response.status_code}: {response.text}")
        return response.status_code

    def receive(self, received):
        """Returning acknowledges the batch."""
        global doubled
        for event in received:
            if event["type"] != "notification":
                continue
            title = event["notification"]["title"]
            if title in self.arrived:
                doubled += 1
            sent_at = self.waiting.pop(title, None)
            if sent_at is not None:
                self.arrived.add(title)
                delivered_ms.append((time.time() - sent_at) * 1000)

    @task
    def notify(self):
        title = f"load {uuid.uuid4()}"
        body = {"to": self.email, "kind": "info", "title": title}
        headers = {"Idempotency-Key": title.replace(" ", "-")}
        self.waiting[title] = time.time()
        with self.client.post(
            "/api/notifications", json=body, headers=headers, catch_response=True
        ) as response:
            if response.status_code == 201:
                self.accepted.add(title)
            else:
                response.failure(f"status {response.status_code}: {response.text}")
            if not response.headers.get("x-instance-id"):
                response.failure("no x-instance-id")

    @task
    def read(self):
        self.client.get("/api/notifications")


def percentile_95(values):
    ordered = sorted(values)
    return ordered[int(len(ordered) * 0.95)] if ordered else None


@events.quitting.add_listener
def judge(environment, **_kwargs):
    """Writes the figures, in the portal's names, and sets the exit code."""
    total = environment.stats.total
    figures = {
        "tool": "locust",
        "requests": total.num_requests,
        "requestsPerSecond": total.total_rps,
        "errorRate": total.fail_ratio,
        "p95Ms": total.get_response_time_percentile(0.95) or 0,
        "p99Ms": total.get_response_time_percentile(0.99) or 0,
    }
    with open(os.environ["OUTPUT"], "w", encoding="utf-8") as output:
        json.dump(figures, output, indent=2)
    delivered_p95 = percentile_95(delivered_ms)
    print(
        f"{len(delivered_ms)} notifications; from request to socket: "
        f"{'unknown' if delivered_p95 is None else round(delivered_p95)} ms (p95); "
        f"{lost} lost, {doubled} doubled"
    )
    missed = (
        figures["requests"] == 0
        or figures["errorRate"] > MAX_ERROR_RATE
        or figures["p95Ms"] > MAX_P95_MS
        or figures["p99Ms"] > MAX_P99_MS
        or delivered_p95 is None
        or delivered_p95 > MAX_DELIVERED_P95_MS
        or lost > 0
        or doubled > 0
    )
    environment.process_exit_code = 1 if missed else 0
