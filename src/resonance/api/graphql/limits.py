"""What one operation may cost: page sizes, depth, and the number of fields it can answer with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphql import (
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)
from strawberry.extensions import SchemaExtension

from resonance.core.errors import Invalid

DEFAULT_LIMIT = 50
MAX_LIMIT = 500
MAX_DEPTH = 8
MAX_COST = 30_000  # fields in the answer; about 15 µs each
MAX_TOKENS = 4000
MAX_ALIASES = 30
# How many items a list without `limit` is taken to have (the tracks of an album, the albums of an artist).
ASSUMED_ITEMS = 15


def page_size(limit: int) -> int:
    """The limit itself; Invalid unless it is 1 to 500."""
    if not 1 <= limit <= MAX_LIMIT:
        raise Invalid(f"A page has 1 to {MAX_LIMIT} items.", field="limit")
    return limit


class Limits(SchemaExtension):
    """Refuses an operation before it runs when it is too deep or could answer with too much."""

    def on_execute(self) -> Iterator[None]:
        """Checked after validation, so that the fragments end and every field is known."""
        operation = self.execution_context
        document = operation.graphql_document
        assert document is not None
        if operation.context.socket and operation.operation_type.name != "SUBSCRIPTION":
            fault = _refusal("Sockets carry subscriptions only; POST queries and mutations.", "not_here")
            operation.result = ExecutionResult(data=None, errors=[fault])
            yield
            return
        schema = operation.schema._schema
        fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        measure = Measure(fragments, operation.variables or {})
        wanted = operation.operation_name
        for node in document.definitions:
            if not isinstance(node, OperationDefinitionNode):
                continue
            if wanted and (node.name is None or node.name.value != wanted):
                continue
            cost, depth = measure.of(node.selection_set, _root(schema, node.operation), 0)
            if depth > MAX_DEPTH:
                text = f"This goes {depth} levels deep; {MAX_DEPTH} are allowed."
                operation.result = ExecutionResult(data=None, errors=[_refusal(text, "too_deep")])
            elif cost > MAX_COST:
                text = f"This could answer with {cost} fields; {MAX_COST} are allowed. Ask for smaller pages."
                operation.result = ExecutionResult(data=None, errors=[_refusal(text, "too_complex")])
        yield


class Measure:
    """Cost and depth of selections. Introspection (fields with __) is free."""

    def __init__(self, fragments: dict[str, FragmentDefinitionNode], variables: dict[str, Any]) -> None:
        self._fragments = fragments
        self._variables = variables

    def of(self, selections: SelectionSetNode, parent: Any, page: int) -> tuple[int, int]:
        """(fields in the answer, levels); `page` is the limit that the field above was given, 0 for none."""
        cost, depth = 0, 0
        for node in selections.selections:
            if isinstance(node, FieldNode):
                own, below = self._field(node, parent, page)
            elif isinstance(node, FragmentSpreadNode):
                own, below = self.of(self._fragments[node.name.value].selection_set, parent, page)
            else:
                assert isinstance(node, InlineFragmentNode)
                own, below = self.of(node.selection_set, parent, page)
            cost, depth = cost + own, max(depth, below)
        return cost, depth

    def _field(self, node: FieldNode, parent: Any, page: int) -> tuple[int, int]:
        name = node.name.value
        known = isinstance(parent, GraphQLObjectType | GraphQLInterfaceType)
        if name.startswith("__") or not known or name not in parent.fields:
            return 0, 0
        field: GraphQLField = parent.fields[name]
        if node.selection_set is None:
            return 1, 1
        limit = self._limit(node, field)
        cost, depth = self.of(node.selection_set, get_named_type(field.type), limit)
        if _is_list(field.type):
            cost *= limit or page or ASSUMED_ITEMS
        return cost + 1, depth + 1

    def _limit(self, node: FieldNode, field: GraphQLField) -> int:
        if "limit" not in field.args:
            return 0
        for argument in node.arguments or ():
            if argument.name.value != "limit":
                continue
            if isinstance(argument.value, IntValueNode):
                return max(1, int(argument.value.value))
            if isinstance(argument.value, VariableNode):
                given = self._variables.get(argument.value.name.value)
                if isinstance(given, int):
                    return max(1, given)
        default = field.args["limit"].default_value
        return default if isinstance(default, int) else DEFAULT_LIMIT


def _is_list(kind: Any) -> bool:
    while isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    return isinstance(kind, GraphQLList)


def _root(schema: GraphQLSchema, operation: OperationType) -> Any:
    return schema.get_root_type(operation)


def _refusal(message: str, code: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": code})
