"""Tests of what every page and room stands on: settings, headers, errors, logs, schema."""
