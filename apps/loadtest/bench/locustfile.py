"""LiteLLM's published load test: every prompt is unique, 16,350 bytes, so that no cache can answer.

Source: https://docs.litellm.ai/docs/benchmarks
"""

import os
import uuid

from locust import FastHttpUser, HttpUser, between, constant, task

THINK = between(0.5, 1) if os.environ.get("BENCH_THINK") == "guide" else constant(0)


def payload():
    content = f"{uuid.uuid4()} This is a test there will be no cache hits and we'll fill up the context" * 150
    return {
        "model": "mock",
        "messages": [{"role": "user", "content": content}],
        "user": "my-new-end-user-1",
    }


class HttpUserOfLocust(HttpUser):
    wait_time = THINK

    def on_start(self):
        self.client.trust_env = False

    @task
    def chat(self):
        self.client.post("/v1/chat/completions", json=payload())


class FastHttpUserOfLocust(FastHttpUser):
    wait_time = THINK

    @task
    def chat(self):
        self.client.post("/v1/chat/completions", json=payload())
