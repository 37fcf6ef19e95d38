"""The door of machines that send us messages."""

from flask import Blueprint

from app.webhooks import stripe

blueprint = Blueprint("webhooks", __name__)
blueprint.register_blueprint(stripe.blueprint)
