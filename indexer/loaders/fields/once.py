"""YAML in which a name stands once: of two, YAML itself keeps the last and says nothing of the first."""

from __future__ import annotations

from typing import Any

import yaml


class _Once(yaml.SafeLoader):
    """Safe YAML that refuses a name twice in one mapping."""


class TwiceError(ValueError):
    """A field is written twice; `str` of it names the field and what to do."""


def _mapping(loader: _Once, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [name for name, _ in node.value if isinstance(name, yaml.ScalarNode)]
    names = [name.value for name in keys if name.tag != "tag:yaml.org,2002:merge"]
    for name in names:
        if names.count(name) > 1:
            raise TwiceError(f"Its front matter has '{name}' twice. Leave one of them.")
    return loader.construct_mapping(node, deep=True)


_Once.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_once(text: str) -> Any:
    """What a YAML text says.

    Raises:
        TwiceError: a name stands twice in one mapping.
        yaml.YAMLError: it is no YAML.
    """
    return yaml.load(text, Loader=_Once)  # noqa: S506 a safe loader
