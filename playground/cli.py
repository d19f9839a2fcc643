"""The `playground` command. Each subcommand imports what it needs only when it is called."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from playground.errors import PlaygroundError
from playground.project import find_project


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand and return the exit code."""
    try:
        arguments = _parser().parse_args(argv)
        command: Callable[[argparse.Namespace], int] = arguments.command
        return command(arguments)
    except PlaygroundError as error:
        print(f"playground: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="playground", description=__doc__)
    parser.add_argument("--version", action="version", version=find_project().version)
    commands = parser.add_subparsers(required=True, metavar="command")
    _add_build(commands.add_parser("build", help="build the site into dist/"))
    _add_serve(commands.add_parser("serve", help="serve the built site on localhost"))
    fetch = commands.add_parser("fetch", help="download NumPy's WebAssembly wheel and verify it")
    fetch.set_defaults(command=_fetch)
    bench = commands.add_parser("bench", help="measure; without a name, list what can be measured")
    bench.add_argument("name", nargs="?", help="the measurement to run")
    bench.add_argument("rest", nargs=argparse.REMAINDER, help="arguments of the measurement")
    bench.set_defaults(command=_bench)
    return parser


def _add_build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", type=Path, help="folder of the site (default: dist/)")
    parser.add_argument(
        "--site-url",
        help="address at which the site will be published, for canonical links and chat previews",
    )
    parser.add_argument("--repository", help="address of the source repository, linked from pages")
    parser.add_argument(
        "--notebook-branch",
        help="branch of a repository on GitHub that holds the built notebooks, for links to Colab",
    )
    parser.add_argument(
        "--no-solutions",
        dest="solutions",
        action="store_false",
        help="leave the solutions of exercises out, for a hand-out",
    )
    parser.set_defaults(command=_build)


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", type=Path, help="folder of the site (default: dist/)")
    parser.add_argument("--port", type=int, default=8000, help="port (default: 8000; 0: any free)")
    parser.add_argument(
        "--watch",
        action="store_true",
        help="rebuild when a source changes, and reload what the browser shows of it",
    )
    parser.set_defaults(command=_serve)


def _build(arguments: argparse.Namespace) -> int:
    from playground.builder import BuildOptions, build

    project = find_project()
    options = BuildOptions(
        output=arguments.output or project.root / "dist",
        site_url=arguments.site_url,
        repository=arguments.repository,
        notebook_branch=arguments.notebook_branch,
        solutions=arguments.solutions,
    )
    build(project, options)
    return 0


def _serve(arguments: argparse.Namespace) -> int:
    from playground.serve import serve

    project = find_project()
    serve(
        arguments.output or project.root / "dist",
        port=arguments.port,
        rebuild=project if arguments.watch else None,
    )
    return 0


def _fetch(_arguments: argparse.Namespace) -> int:
    from playground.fetch import fetch_numpy

    print(fetch_numpy())
    return 0


def _bench(arguments: argparse.Namespace) -> int:
    import playground.bench

    modules = pkgutil.iter_modules(playground.bench.__path__)
    names = sorted(module.name for module in modules if module.ispkg)
    if arguments.name is None:
        for name in names:
            module = importlib.import_module(f"playground.bench.{name}")
            summary = (module.__doc__ or "").strip().partition("\n")[0]
            print(f"{name:<16} {summary}")
        return 0
    if arguments.name not in names:
        raise PlaygroundError(
            f"there is no measurement {arguments.name!r}; there is: {', '.join(names)}"
        )
    module = importlib.import_module(f"playground.bench.{arguments.name}")
    run: Callable[[list[str]], int] = module.main
    return run(arguments.rest)
