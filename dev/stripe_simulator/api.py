"""Speaks HTTP for the API: keys, versions, forms, idempotency, errors and headers."""

import hmac
import json
import logging
import re
from http import HTTPStatus
from typing import Any

import stripe
from flask import Blueprint, Response, request

from .api_faults import hang_up, refuse_if_broken, spoil_answer
from .errors import ApiError, invalid, invalid_parameter
from .expansion import expand
from .form_encoding import MalformedNameError, decode_form
from .idempotency import Answer, IdempotencyKeys, fingerprint
from .identifiers import new_identifier
from .origin import Origin, current_origin
from .parameters import read_parameters
from .routes import ROUTES, Route
from .simulator import Simulator

_log = logging.getLogger(__name__)


def make_api(simulator: Simulator) -> Blueprint:
    """Return the API as a blueprint."""
    blueprint = Blueprint("api", __name__)
    gateway = Gateway(simulator)
    for route in ROUTES:

        def view(route: Route = route, identifier: str = "") -> Response:
            return gateway.serve(route, identifier)

        blueprint.add_url_rule(route.path, f"{route.method} {route.path}", view, methods=[route.method])
    methods = ["GET", "POST", "DELETE", "PUT", "PATCH"]
    blueprint.add_url_rule(
        "/v1/<path:path>", "unknown", lambda path: gateway.serve(None, path), methods=methods
    )
    return blueprint


class Gateway:
    """Leads every request through the same steps, in Stripe's order."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._keys = IdempotencyKeys(simulator.store, simulator.clock)

    def serve(self, route: Route | None, identifier: str) -> Response:
        """Answer one request."""
        origin = Origin(new_identifier("req", 14), request.headers.get("Idempotency-Key") or None)
        token = current_origin.set(origin)
        try:
            refuse_if_broken(self._simulator, request.method, request.path)
            answer = self._answer(route, identifier, origin)
        except ApiError as fault:
            answer = _failed(fault, origin)
        finally:
            current_origin.reset(token)
        spoil_answer(self._simulator, request.method, request.path, lambda: hang_up(request.environ))
        return _respond(answer, origin)

    def _answer(self, route: Route | None, identifier: str, origin: Origin) -> Answer:
        self._authenticate()
        version = request.headers.get("Stripe-Version", stripe.api_version)
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}(\.[a-z]+)?", version):
            raise invalid(f"Invalid Stripe API version: {version}")
        if route is None:
            raise ApiError(
                f"Unrecognized request URL ({request.method}: {request.path}).", status=404, executed=False
            )
        raw = _read_form()
        if route.method != "POST" or origin.idempotency_key is None:
            return self._execute(route, raw, identifier, origin)
        return self._keys.answer_once(
            origin.idempotency_key,
            fingerprint(request.method, request.path, raw),
            origin.request_id or "",
            lambda: self._execute(route, raw, identifier, origin),
        )

    def _authenticate(self) -> None:
        authorization = request.authorization
        given = (authorization.token or authorization.username or "") if authorization else ""
        if not given:
            raise ApiError("You did not provide an API key.", status=401, executed=False)
        if not hmac.compare_digest(given.encode(), self._simulator.settings.api_key.encode()):
            message = f"Invalid API Key provided: {given[:8]}****{given[-4:]}"
            raise ApiError(message, status=401, executed=False)

    def _execute(self, route: Route, raw: dict[str, Any], identifier: str, origin: Origin) -> Answer:
        request_id = origin.request_id or ""
        try:
            params = _checked(raw, route)
            with self._simulator.store.transaction():
                found = route.run(self._simulator, params, identifier)
                found = expand(self._simulator, found, params.get("expand", []))
            return Answer(200, json.dumps(found, indent=2), request_id)
        except ApiError as fault:
            return _failed(fault, origin)
        except Exception:
            _log.exception("%s %s failed", route.method, route.path)
            return _failed(
                ApiError("An error occurred in the simulator.", status=500, kind="api_error"), origin
            )


def _checked(raw: dict[str, Any], route: Route) -> dict[str, Any]:
    params, problems = read_parameters(raw, route.schema, unsets=route.unsets)
    if problems:
        raise invalid_parameter(problems[0])
    return params


def _read_form() -> dict[str, Any]:
    values = request.form if request.method == "POST" else request.args
    try:
        return decode_form(values.items(multi=True))
    except MalformedNameError as error:
        raise invalid(f"Invalid parameter name: {error}", str(error)) from None


def _failed(fault: ApiError, origin: Origin) -> Answer:
    request_id = origin.request_id or ""
    return Answer(fault.status, json.dumps(fault.body(request_id), indent=2), request_id, fault.executed)


def _respond(answer: Answer, origin: Origin) -> Response:
    response = Response(answer.body, answer.status, mimetype="application/json")
    response.headers["Request-Id"] = origin.request_id or ""
    response.headers["Stripe-Version"] = request.headers.get("Stripe-Version", stripe.api_version)
    response.headers["Cache-Control"] = "no-cache, no-store"
    if request.method == "POST" and origin.idempotency_key:
        response.headers["Idempotency-Key"] = origin.idempotency_key
        response.headers["Original-Request"] = answer.request_id
    if answer.replayed:
        response.headers["Idempotent-Replayed"] = "true"
    if answer.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Stripe"'
    return response
