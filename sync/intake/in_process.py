"""The intake without a socket: the same application, asked from inside this process."""

from __future__ import annotations

import httpx2
from starlette.testclient import TestClient

from sync.intake.app import Bench, intake


class InProcess(httpx2.BaseTransport):
    """Hands each request to the application and its answer back."""

    def __init__(self, bench: Bench) -> None:
        self._client = TestClient(intake(bench), follow_redirects=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = self._client.request(
            request.method, request.url.path, content=request.read(), headers=dict(request.headers)
        )
        return httpx2.Response(answer.status_code, headers=answer.headers, content=answer.content)

    def close(self) -> None:
        self._client.close()
