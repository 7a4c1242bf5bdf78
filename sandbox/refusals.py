"""What Telegram says when it refuses: one exception that carries the whole answer."""

from typing import Any


class Refusal(Exception):  # noqa: N818 (an answer of Telegram, not an error of the sandbox)
    """A call that is answered with `ok: false`.

    `code` is the HTTP status and `error_code`; `parameters` is Telegram's ResponseParameters.
    """

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad_request(words: str, **parameters: Any) -> Refusal:
    return Refusal(400, f"Bad Request: {words}", **parameters)


def forbidden(words: str) -> Refusal:
    return Refusal(403, f"Forbidden: {words}")


def conflict(words: str) -> Refusal:
    return Refusal(409, f"Conflict: {words}")


def too_many_requests(retry_after: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def misuse(words: str) -> Refusal:
    """A mistake that real Telegram would swallow in silence; the sandbox says it aloud."""
    return bad_request(f"sandbox: {words}")
