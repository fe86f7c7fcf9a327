"""Reads the settings that an installed LiteLLM knows, out of its source, without importing it.

    python scripts/read_litellm_settings.py > src/litellm-config/known-settings.json

LiteLLM publishes no schema of its config.yaml, and its loader silently ignores what it does not know. What it
does know stands in its code, which this script reads:

    general_settings   the fields of ConfigGeneralSettings (proxy/_types.py), and every key that code asks the
                       section for
    litellm_settings   the attributes of the litellm module, which the loader sets one by one, and the keys that it
                       treats apart
    router_settings    the arguments of Router.__init__ that the loader passes on
    litellm_params,    the fields of the pydantic models that a deployment is checked with (types/router.py);
    model_info         both take further keys

A value's type is kept only where it is one of: boolean, integer, number, string, list, map.
"""

import ast
import importlib.metadata
import json
import re
import sys
import sysconfig
from pathlib import Path

PACKAGE = Path(sysconfig.get_paths()["purelib"]) / "litellm"

SCALARS = {"bool": "boolean", "int": "integer", "float": "number", "str": "string"}
CONTAINERS = {
    **dict.fromkeys(("list", "List", "Sequence", "tuple", "Tuple"), "list"),
    **dict.fromkeys(("dict", "Dict", "Mapping"), "map"),
}


def parse(path: str) -> ast.Module:
    return ast.parse((PACKAGE / path).read_text(encoding="utf-8"))


def kind_of(annotation: ast.expr | None) -> str:
    """The kind of an annotation such as `float | None`; "any" for what is not one plain kind."""
    kinds = set(kinds_in(annotation)) - {"null"}
    if kinds == {"integer", "number"}:
        return "number"
    return kinds.pop() if len(kinds) == 1 else "any"


def kinds_in(node: ast.expr | None) -> list[str]:
    match node:
        case ast.Constant(value=None):
            return ["null"]
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return [*kinds_in(left), *kinds_in(right)]
        case ast.Subscript(value=ast.Name(id="Optional"), slice=inner):
            return ["null", *kinds_in(inner)]
        case ast.Subscript(value=ast.Name(id="Union"), slice=ast.Tuple(elts=members)):
            return [kind for member in members for kind in kinds_in(member)]
        case ast.Subscript(value=ast.Name(id="Final"), slice=inner):
            return kinds_in(inner)
        case ast.Subscript(value=ast.Name(id="Literal"), slice=inner):
            members = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            values = [member.value for member in members if isinstance(member, ast.Constant)]
            return ["string"] if all(isinstance(value, str) for value in values) else ["any"]
        case ast.Subscript(value=ast.Name(id=name)) | ast.Name(id=name):
            return [SCALARS.get(name) or CONTAINERS.get(name, "any")]
        case _:
            return ["any"]


def kind_of_value(value: ast.expr) -> str:
    match value:
        case ast.Constant(value=bool()):
            return "boolean"
        case _:
            return "any"


def assignments(body: list[ast.stmt]) -> dict[str, str]:
    """Names assigned at a module's or a class's top level, also below `if` and `try`, with their kinds."""
    found: dict[str, str] = {}
    for statement in body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                found[name] = kind_of(annotation)
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, ast.Name):
                        found.setdefault(target.id, kind_of_value(value))
            case ast.If(body=inner, orelse=other) | ast.Try(body=inner, orelse=other):
                found |= assignments(inner) | assignments(other)
    return found


def class_fields(module: ast.Module, names: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.ClassDef) and node.name in names:
            found |= {
                name: kind
                for name, kind in assignments(node.body).items()
                if name != "model_config" and not name.startswith("_") and not name.isupper()
            }
    return found


def keys_asked_of(section: str) -> set[str]:
    """Keys for which any of LiteLLM's code asks a mapping of this name: `section.get("key")`, `"key" in section`."""
    asked = re.compile(rf"(?<![a-z]){section}\s*(?:\.(?:get|pop|setdefault)\(|\[)\s*[\"']([a-z0-9_]+)[\"']")
    contained = re.compile(rf"[\"']([a-z0-9_]+)[\"']\s+(?:not\s+)?in\s+(?:\w+\.)?_?{section}\b")
    found: set[str] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8", errors="ignore")
        found |= set(asked.findall(text)) | set(contained.findall(text))
    return found


def general_settings() -> dict[str, str]:
    declared = class_fields(parse("proxy/_types.py"), {"ConfigGeneralSettings"})
    cli = class_fields(parse("proxy/proxy_cli.py"), {"DatabaseTimeoutSettings"})
    # proxy/common_utils/http_parsing_utils.py calls the section `settings`.
    default_models = re.findall(
        r"settings\.get\(\"(\w+)\"\)",
        (PACKAGE / "proxy/common_utils/http_parsing_utils.py").read_text(encoding="utf-8"),
    )
    asked = keys_asked_of("general_settings") | set(default_models)
    return dict.fromkeys(asked, "any") | cli | declared


def litellm_settings(loader: str) -> dict[str, str]:
    module = parse("__init__.py")
    attributes = assignments(module.body)
    for statement in ast.walk(module):
        # Plain values that other modules define: set_verbose, json_logs, request_timeout.
        if isinstance(statement, ast.ImportFrom) and statement.module in ("litellm._logging", "litellm.constants"):
            values = assignments(parse(statement.module.replace("litellm.", "", 1) + ".py").body)
            attributes |= {alias.name: values[alias.name] for alias in statement.names if alias.name in values}
    not_settings = re.compile(r"^_|_models$|_client$|^in_memory_|^logging_|^module_level_|^model_list|^model_cost$|[A-Z]")
    functions = {node.name for node in ast.walk(module) if isinstance(node, ast.FunctionDef)}
    callables = {
        statement.target.id
        for statement in ast.walk(module)
        if isinstance(statement, ast.AnnAssign)
        and isinstance(statement.target, ast.Name)
        and ast.unparse(statement.annotation).startswith("Callable")
    }
    treated_apart = set(re.findall(r"\bkey == \"([a-z0-9_]+)\"", loader)) | keys_asked_of("litellm_settings")
    return dict.fromkeys(treated_apart, "any") | {
        name: kind
        for name, kind in attributes.items()
        if not not_settings.search(name) and name not in functions | callables
    }


def litellm_params() -> dict[str, str]:
    """What a deployment may say: the models that it is checked with, and the arguments of a chat completion."""
    checked = class_fields(
        parse("types/router.py"), {"CredentialLiteLLMParams", "GenericLiteLLMParams", "LiteLLM_Params"}
    )
    priced = class_fields(parse("types/utils.py"), {"MirroredPricingParams", "CustomPricingLiteLLMParams"})
    return dict.fromkeys(completion_arguments(), "any") | priced | checked


def completion_arguments() -> set[str]:
    found: set[str] = set()
    for node in ast.walk(parse("main.py")):
        if isinstance(node, ast.AsyncFunctionDef) and node.name == "acompletion":
            found |= {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
    for node in ast.walk(parse("constants.py")):
        if (
            isinstance(node, ast.AnnAssign)
            and isinstance(node.target, ast.Name)
            and node.target.id == "DEFAULT_CHAT_COMPLETION_PARAM_VALUES"
            and isinstance(node.value, ast.Dict)
        ):
            found |= {key.value for key in node.value.keys if isinstance(key, ast.Constant)}
    for node in ast.walk(parse("types/litellm_params.py")):
        if isinstance(node, ast.ClassDef) and node.name.endswith(("Options", "Params")):
            found |= set(assignments(node.body))
    return {name for name in found if not name.startswith("_")}


def model_info() -> dict[str, str]:
    priced = class_fields(parse("types/utils.py"), {"MirroredPricingParams", "ProviderSpecificModelInfo", "ModelInfoBase"})
    return priced | class_fields(parse("types/router.py"), {"ModelInfo"})


def router_settings() -> dict[str, str]:
    outside = next(
        {constant.value for constant in ast.walk(node.value) if isinstance(constant, ast.Constant)}
        for node in ast.walk(parse("constants.py"))
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and node.target.id == "ROUTER_SETTINGS_MANAGED_OUTSIDE_CONFIG"
        and node.value is not None
    )
    for node in ast.walk(parse("router.py")):
        if isinstance(node, ast.ClassDef) and node.name == "Router":
            init = next(item for item in node.body if isinstance(item, ast.FunctionDef) and item.name == "__init__")
            arguments = [*init.args.args, *init.args.kwonlyargs]
            return {
                argument.arg: kind_of(argument.annotation)
                for argument in arguments
                if argument.arg != "self" and argument.arg not in outside
            }
    raise SystemExit("litellm/router.py has no class Router")


def top_level(server: ast.Module) -> list[str]:
    """Keys that functions which are handed the whole file (`config: dict`), or load it, ask of it."""
    asked = {"include"}  # read by proxy/common_utils/config_includes.py before the loader sees the file
    for function in ast.walk(server):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and (
            function.name == "load_config" or any(argument.arg == "config" for argument in function.args.args)
        ):
            asked |= set(re.findall(r"\bconfig\.get\(\s*['\"]([a-z_]+)['\"]", ast.unparse(function)))
    return sorted(asked)


def enum_values(path: str, name: str) -> list[str]:
    """Values of an enumeration, or of a `Literal` alias."""
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.ClassDef) and node.name == name:
            return [
                item.value.value
                for item in node.body
                if isinstance(item, ast.Assign) and isinstance(item.value, ast.Constant)
            ]
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == name:
            return [item.value for item in ast.walk(node) if isinstance(item, ast.Constant)]
    raise SystemExit(f"litellm/{path} has no {name}")


def main() -> None:
    server = (PACKAGE / "proxy/proxy_server.py").read_text(encoding="utf-8")
    start = server.index("async def load_config(")
    loader = server[start : server.index("async def _init_non_llm_configs", start)]
    settings = {
        "litellm": importlib.metadata.version("litellm"),
        "topLevel": top_level(ast.parse(server)),
        "providers": sorted(enum_values("types/utils.py", "LlmProviders")),
        "routingStrategies": sorted(
            {
                *enum_values("types/litellm_params.py", "RoutingStrategyName"),
                *enum_values("types/router.py", "RoutingStrategy"),
            }
        ),
        "general_settings": general_settings(),
        "litellm_settings": litellm_settings(loader),
        "router_settings": router_settings(),
        "litellm_params": litellm_params(),
        "model_info": model_info(),
    }
    json.dump(settings, sys.stdout, indent=2, sort_keys=True)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
