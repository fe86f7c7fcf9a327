"""LiteLLM's published load test, as Locust users; the body is made once, which spares Locust the making."""

import os

from locust import FastHttpUser, HttpUser, between, constant, task

BODY = open(os.environ["BENCH_BODY"], "rb").read()
HEADERS = {"content-type": "application/json"}
THINK = between(0.5, 1) if os.environ.get("BENCH_THINK") == "guide" else constant(0)


class HttpUserOfLocust(HttpUser):
    wait_time = THINK

    def on_start(self):
        self.client.trust_env = False

    @task
    def chat(self):
        self.client.post("/v1/chat/completions", data=BODY, headers=HEADERS)


class FastHttpUserOfLocust(FastHttpUser):
    wait_time = THINK

    @task
    def chat(self):
        self.client.post("/v1/chat/completions", data=BODY, headers=HEADERS)
