"""Writes and reads requests at a steady rate. A threshold that is missed makes the run fail."""

import json
import os

from locust import HttpUser, constant_throughput, events, task

MAX_ERROR_RATE = 0.01
MAX_P95_MS = 500
MAX_P99_MS = 1500


class Client(HttpUser):
    # One request per second for each user, however long the responses take.
    wait_time = constant_throughput(1)

    @task
    def write(self):
        body = {"subject": "load test", "requester": "locust", "details": ""}
        with self.client.post("/requests", json=body, catch_response=True) as response:
            if response.status_code != 201:
                response.failure(f"status {response.status_code}")
            elif not response.headers.get("x-instance-id"):
                response.failure("no x-instance-id")

    @task
    def read(self):
        self.client.get("/requests?limit=20", name="/requests")


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
    missed = (
        figures["requests"] == 0
        or figures["errorRate"] > MAX_ERROR_RATE
        or figures["p95Ms"] > MAX_P95_MS
        or figures["p99Ms"] > MAX_P99_MS
    )
    environment.process_exit_code = 1 if missed else 0
