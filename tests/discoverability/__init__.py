"""How the shop is found: heads of pages, structured data, sitemap, feed, old addresses."""
