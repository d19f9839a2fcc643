"""The templates of the pages, whose mistakes are named with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from traceback import extract_tb

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)

from playground.errors import PlaygroundError
from playground.project import Project


class Templates:
    """The files in `web/templates`."""

    def __init__(self, project: Project) -> None:
        """Read them from the checkout."""
        self.folder = project.templates
        self._environment = Environment(
            loader=FileSystemLoader(project.templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(self, name: str, **values: object) -> str:
        """Return what the template `name` makes of the values.

        Raises:
            PlaygroundError: The template has a mistake.
        """
        with _naming(f"{name}.html.j2"):
            return self._environment.get_template(f"{name}.html.j2").render(values)

    def macro(self, name: str, *arguments: object) -> str:
        """Return what the macro `name`, of the template of that name, makes of the arguments.

        Raises:
            PlaygroundError: The template has a mistake.
        """
        with _naming(f"{name}.html.j2"):
            module = self._environment.get_template(f"{name}.html.j2").module
            return str(getattr(module, name)(*arguments))


@contextmanager
def _naming(template: str) -> Iterator[None]:
    """Turn a template's error into one that names the file and line."""
    try:
        yield
    except TemplateSyntaxError as error:
        raise PlaygroundError(
            f"{error.filename or template}:{error.lineno}: {error.message}"
        ) from None
    except TemplateError as error:
        raise PlaygroundError(f"{_place(error, template)}: {error.message}") from None


def _place(error: TemplateError, template: str) -> str:
    """Return where in the templates an error arose, which jinja2 writes into the traceback."""
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else template
