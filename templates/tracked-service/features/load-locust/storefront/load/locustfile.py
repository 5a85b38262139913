"""Visitors sign in, browse and buy at a steady rate. A threshold that is missed makes the run fail."""

import itertools
import json
import os
import uuid

from locust import HttpUser, SequentialTaskSet, constant_throughput, events, task

MAX_ERROR_RATE = 0.01
MAX_P95_MS = 500
MAX_P99_MS = 1500

PASSWORD = "load test password"
ADDRESS = {
    "name": "Load Test",
    "line1": "1 Test Street",
    "postalCode": "10115",
    "city": "Berlin",
    "country": "DE",
}
VISITS_PER_PURCHASE = 4

numbers = itertools.count(1)


class Visit(SequentialTaskSet):
    """One request per task, so that waiting between tasks keeps the rate."""

    visits = 0
    product = None
    cart_version = None

    @task
    def look_at_list(self):
        self.visits += 1
        self.product = None
        self.cart_version = None
        with self.client.get(
            "/api/products?limit=24", name="/api/products", catch_response=True
        ) as response:
            if response.status_code != 200:
                response.failure(f"status {response.status_code}")
                return
            if not response.headers.get("x-instance-id"):
                response.failure("no x-instance-id")
            products = [item for item in response.json()["items"] if item["stock"] > 0]
        if products:
            self.product = products[(self.user.number + self.visits) % len(products)]

    @task
    def look_at_product(self):
        if self.product:
            self.client.get(
                f"/api/products/{self.product['slug']}", name="/api/products/:slug"
            )

    @task
    def fill_cart(self):
        if self.product:
            path = f"/api/cart/items/{self.product['id']}"
            with self.client.put(
                path,
                json={"quantity": 1},
                name="/api/cart/items/:productId",
                catch_response=True,
            ) as response:
                accept(response, 200)
                if response.status_code == 200:
                    self.cart_version = response.json()["version"]

    @task
    def buy(self):
        if not self.cart_version or self.visits % VISITS_PER_PURCHASE != 0:
            self.client.get("/api/cart")
            return
        with self.client.post(
            "/api/orders",
            json={
                "shippingAddress": ADDRESS,
                "billingAddress": ADDRESS,
                "cartVersion": self.cart_version,
            },
            headers={"Idempotency-Key": str(uuid.uuid4())},
            catch_response=True,
        ) as response:
            accept(response, 201)


def accept(response, status):
    """A product that sold out answers 409: the shop's decision, not a failure."""
    if response.status_code in (status, 409):
        response.success()
    else:
        response.failure(f"status {response.status_code}")


class Visitor(HttpUser):
    tasks = [Visit]
    # One request per second for each visitor, however long the responses take.
    wait_time = constant_throughput(1)

    def on_start(self):
        """Each visitor has one account: it signs up in the first run, and signs in afterwards."""
        self.number = next(numbers)
        account = {
            "email": f"load-{self.number}@example.com",
            "password": PASSWORD,
        }
        with self.client.post("/api/session", json=account, catch_response=True) as response:
            known = response.status_code != 401
            if not known:
                response.success()
        if not known:
            self.client.post("/api/accounts", json={**account, "name": "Load Test"})


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
