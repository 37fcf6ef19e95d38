"""Errors in the shape in which Stripe answers them."""

from typing import Any

from .parameters import ParameterProblem


class ApiError(Exception):
    """A request Stripe would refuse: HTTP status and the fields of the error object.

    `executed` is False when the request failed before anything ran (validation), so that its
    idempotency key stays free.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        executed: bool = True,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.kind = kind
        self.code = code
        self.param = param
        self.executed = executed

    def body(self, request_id: str) -> dict[str, Any]:
        """Return the JSON body; fields without a value are left out, as Stripe does."""
        error: dict[str, Any] = {"message": self.message, "type": self.kind}
        if self.code:
            error["code"] = self.code
            error["doc_url"] = f"https://stripe.com/docs/error-codes/{self.code.replace('_', '-')}"
        if self.param:
            error["param"] = self.param
        error["request_id"] = request_id
        return {"error": error}


def invalid(message: str, param: str | None = None, code: str | None = None) -> ApiError:
    """Return the refusal of a parameter whose value breaks a rule; nothing has been executed."""
    return ApiError(message, param=param, code=code, executed=False)


def invalid_parameter(problem: ParameterProblem) -> ApiError:
    """Return the refusal for what the parameter check found."""
    return invalid(problem.message, problem.param, problem.code)


def missing(param: str) -> ApiError:
    """Return the refusal for a parameter that should have been there."""
    return invalid(f"Missing required param: {param}.", param, "parameter_missing")


def no_such(kind: str, identifier: str, param: str, status: int = 404) -> ApiError:
    """Return the answer for an object that does not exist."""
    return ApiError(
        f"No such {kind}: '{identifier}'", status=status, code="resource_missing", param=param, executed=False
    )


def unsupported(param: str) -> ApiError:
    """Return the refusal for something Stripe does and this simulator does not."""
    return invalid(f"The simulator does not support this use of {param}.", param)
