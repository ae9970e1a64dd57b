"""Filling in the templates of web/templates; what is filled in is text, never markup."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Return the page of a template with `values` filled in."""
    return HTMLResponse(render(template, **values), status_code=status)


def render(template: str, **values: object) -> str:
    """Return a template with `values` filled in."""
    return TEMPLATES.get_template(template).render(**values)
