"""The mock's peer: the same answer to the same request, as one writes it with FastAPI."""

import json
import os
import time
import uuid
from typing import Literal

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

ANSWER = json.loads(os.environ["BENCH_ANSWER"])


class Message(BaseModel):
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str


class ChatRequest(BaseModel):
    model: str = Field(min_length=1)
    messages: list[Message] = Field(min_length=1)
    max_tokens: int | None = Field(default=None, ge=1)
    n: int | None = Field(default=None, ge=1, le=128)
    temperature: float | None = Field(default=None, ge=0, le=2)
    stream: bool = False


app = FastAPI()


@app.post("/v1/chat/completions")
async def chat_completions(request: ChatRequest) -> JSONResponse:
    return JSONResponse(
        {**ANSWER, "id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": request.model}
    )
