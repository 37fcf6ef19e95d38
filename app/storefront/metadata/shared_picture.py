"""The picture that stands for a page in a link preview: one JPEG of at most 1200 pixels."""

from dataclasses import dataclass

from app.catalog.models import Category, Image
from app.catalog.pictures import shared_size
from app.storefront.metadata.absolute import absolute
from app.web.assets import asset_url, image_url

SCENE_SIZE = (1280, 720)
HERO = "hero"
HERO_ALT = (
    "A teal foam roller, stacked grain and gel packs, a green criss-cross support and a rolled violet band "
    "in soft window light"
)


@dataclass(frozen=True)
class SharedPicture:
    """A picture under its full address, with its size in pixels and its words."""

    url: str
    width: int
    height: int
    alt: str


def share_image(image: Image) -> SharedPicture:
    """Show a picture of a product."""
    width, height = shared_size(image.width, image.height)
    return SharedPicture(absolute(image_url(image.file, width, "jpg")), width, height, image.alt)


def share_scene(name: str = HERO, alt: str = HERO_ALT) -> SharedPicture:
    """Show one of the shop's own scenes, by default the one of the front page."""
    width, height = SCENE_SIZE
    return SharedPicture(absolute(asset_url(f"img/{name}-{width}.jpg")), width, height, alt)


def share_family(category: Category) -> SharedPicture:
    """Show the scene of a family, or the shop's where it has none."""
    return share_scene(category.image, category.image_alt) if category.image else share_scene()
