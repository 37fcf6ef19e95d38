"""Static files and pictures: kept for a year under an address that changes with their bytes."""

import hashlib
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import Config
from app.web.assets import asset_url, image_url

YEAR = "public, max-age=31536000, immutable"
FILES = ["css/base.css", "js/cart-count.js", "favicon.svg"]


@pytest.mark.parametrize("file", FILES)
def test_the_address_of_a_file_holds_the_digest_of_its_bytes(
    shop_app: Flask, project_folder: Path, file: str
) -> None:
    digest = hashlib.sha256((project_folder / "static" / file).read_bytes()).hexdigest()[:12]
    with shop_app.test_request_context():
        assert asset_url(file) == f"/static/{file}?v={digest}"


@pytest.mark.parametrize("file", FILES)
def test_a_file_with_its_digest_is_kept_for_a_year(shop_app: Flask, file: str) -> None:
    with shop_app.test_request_context():
        address = asset_url(file)
    answer = shop_app.test_client().get(address, buffered=True)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == YEAR


@pytest.mark.parametrize("file", FILES)
def test_a_file_without_its_digest_is_asked_for_again(shop_client: FlaskClient, file: str) -> None:
    answer = shop_client.get(f"/static/{file}", buffered=True)
    assert answer.headers["Cache-Control"] == "no-cache"
    tag = {"If-None-Match": answer.headers["ETag"]}
    again = shop_client.get(f"/static/{file}", headers=tag, buffered=True)
    assert again.status_code == 304


def test_a_file_that_does_not_exist_is_not_kept_missing_for_a_year(shop_client: FlaskClient) -> None:
    answer = shop_client.get("/static/css/next-release.css?v=abcdef123456")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_every_own_file_of_a_page_has_a_version(shop_client: FlaskClient) -> None:
    addresses = re.findall(r'(?:href|src)="(/static/[^"]*)"', shop_client.get("/").text)
    assert len(addresses) > 5
    assert [address for address in addresses if "?v=" not in address] == []


def test_a_picture_is_kept_for_a_year(shop_app: Flask, shop_config: Config) -> None:
    shop_config.media_dir.mkdir(parents=True, exist_ok=True)
    (shop_config.media_dir / "roller-1a2b3c4d-640.avif").write_bytes(b"picture")
    with shop_app.test_request_context():
        address = image_url("roller-1a2b3c4d", 640, "avif")
    answer = shop_app.test_client().get(address, buffered=True)
    assert answer.data == b"picture"
    assert answer.headers["Cache-Control"] == YEAR


def test_a_missing_picture_is_not_kept_missing(shop_client: FlaskClient) -> None:
    answer = shop_client.get("/media/none-1a2b3c4d-640.avif")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("folder", ["media", "static"])
def test_no_file_outside_of_its_folder_is_sent(
    shop_client: FlaskClient, shop_config: Config, folder: str
) -> None:
    (shop_config.data_dir / "secret_key").write_text("top secret")
    for name in ("../secret_key", "..%2fsecret_key", "%2e%2e/secret_key", "..%5csecret_key"):
        answer = shop_client.get(f"/{folder}/{name}")
        assert answer.status_code == 404
        assert "top secret" not in answer.text
