"""Addresses of static files and pictures that change with their content, so browsers may keep them."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request, send_from_directory, url_for

A_YEAR = "public, max-age=31536000, immutable"
MEDIA_EXTENSION = "shop-media"

blueprint = Blueprint("media", __name__)


def init_app(app: Flask, media_dir: Path) -> None:
    """Let templates name static files and pictures, and serve the pictures."""
    app.extensions[MEDIA_EXTENSION] = media_dir
    app.jinja_env.globals["asset_url"] = asset_url
    app.jinja_env.globals["image_url"] = image_url
    app.register_blueprint(blueprint)
    app.after_request(_keep_static)


def asset_url(path: str) -> str:
    """Return the address of a static file, with the digest of its bytes."""
    root = current_app.static_folder or ""
    return url_for("static", filename=path, v=_digest(Path(root) / path))


def image_url(file: str, width: int, extension: str) -> str:
    """Return the address of a rendered picture; its name holds the digest already."""
    return url_for("media.show", name=f"{file}-{width}.{extension}")


@blueprint.get("/media/<name>")
def show(name: str) -> Response:
    """Send a rendered picture."""
    response = send_from_directory(current_app.extensions[MEDIA_EXTENSION], name)
    response.headers["Cache-Control"] = A_YEAR
    return response


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _keep_static(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code < 400:
        response.headers["Cache-Control"] = A_YEAR if "v" in request.args else "no-cache"
    return response
