"""Documents: parsed, checked and validated once, then found by their text."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
    parse,
    specified_rules,
    validate,
)

from gateway.deprecations.uses import NOTHING, Deprecations, Uses
from gateway.request import limits
from gateway.request.admission import admission_of
from gateway.request.asked import Asked
from gateway.request.budget import LARGEST_COST, too_costly
from gateway.request.compiled.executor import MOST_VARIANTS, Compiled
from gateway.request.compiled.shareable import is_shareable
from gateway.request.cost import Cost
from gateway.request.prices import prices_of
from services.kit.errors import Invalid

CACHED_DOCUMENTS = 1_000
CACHED_TOTAL = 60_000
"""Characters of all cached documents together: a full collection walks them, in 1 to 2 ms for 1,000."""
CACHED_CHARACTERS = 16_384
"""Longer documents hold their values inline and hardly ever come again."""
DOCUMENT_VALUES = 100
"""That reading a document counts, and one more for each character, for a value is about 7 us of CPU."""
MOST_DOCUMENT_VALUES = 10_000
"""However long it is, for it has few tokens."""
CHEAP = 500
"""What costs no more at the worst is not counted again with its variables."""

TRUSTED_ONLY = (
    "this gateway runs trusted documents only: send the `documentId` of one of its manifests"
)
RULES = specified_rules
"""One tuple for the life of the process: validation caches by it."""


class Refused(Exception):
    """A request that is not executed. `errors` are its reasons, `code` is what kind they are.

    `retry_after`: the seconds after which the same request may pass.
    """

    def __init__(
        self,
        errors: list[GraphQLError],
        code: str,
        reason: str = "",
        retry_after: int | None = None,
    ) -> None:
        super().__init__(errors[0].message)
        self.errors = errors
        self.code = code
        self.reason = reason
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a document.

    `needs_token` and `submits` hold for one of its fields at least, `takes_large_bodies` for all of them. `worst_cost`
    is its cost with every page as big as it may be. `labels`: its kind and its field, `several` where it has more.
    `switches`: the variables that @skip, @include and @defer of its document look at. `is_shareable`: all who have the
    same rights get the same. `deprecated`: what it uses that is to go.
    """

    node: OperationDefinitionNode
    kind: OperationType
    name: str
    needs_token: bool
    submits: bool
    takes_large_bodies: bool
    worst_cost: int
    labels: tuple[str, str]
    switches: tuple[str, ...]
    is_shareable: bool
    variants: dict[tuple[Any, ...], Compiled] = field(default_factory=dict)
    deprecated: Uses = NOTHING

    def compiled(self, variables: Mapping[str, Any]) -> Compiled:
        """What its executions share for these values of `switches`."""
        values = tuple(variables.get(name) for name in self.switches)
        if values not in self.variants and len(self.variants) < MOST_VARIANTS:
            self.variants[values] = Compiled()
        return self.variants.get(values) or Compiled()


@dataclass(frozen=True, slots=True)
class Document:
    """A valid document."""

    ast: DocumentNode
    fragments: Mapping[str, FragmentDefinitionNode]
    operations: Mapping[str, Operation]

    def operation(self, name: str | None) -> Operation:
        """The operation a request means; Refused where that is none, or not clear."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if name is None:
            raise _no_operation("give an operationName: the document has several operations")
        operation = self.operations.get(name)
        if operation is None:
            raise _no_operation("operationName names no operation of the document")
        return operation


class Documents:
    """The cache of what was executed: bounded, least recently used out first."""

    def __init__(self, schema: GraphQLSchema, *, is_hardened: bool = False) -> None:
        self.schema = schema
        self.is_hardened = is_hardened
        self.trusted: dict[str, Document] = {}
        """By their text; never forgotten. Where the gateway is hardened, no others are read."""
        self.ids: dict[str, str] = {}
        """Texts of trusted documents, by what they may be asked for by."""
        self.prices = prices_of(schema)
        self.deprecations = Deprecations(schema)
        self.known: OrderedDict[str, Document] = OrderedDict()
        self.characters = 0
        self.texts: dict[str, str] = {}
        """Of those that were sent with their hash, by that."""
        self.hashes: dict[str, str] = {}

    def get(self, text: str, spend: Callable[[int], None] | None = None) -> Document:
        """The document of a text; Refused if it is not one that may be executed.

        `spend` is given what reading it counts, before it is parsed; nothing for one that is known.
        """
        document = self.trusted.get(text)
        if document is not None:
            return document
        document = self.known.get(text)
        if document is not None:
            self.known.move_to_end(text)
            return document
        if spend is not None:
            spend(min(DOCUMENT_VALUES + len(text), MOST_DOCUMENT_VALUES))
        return self._read(text)

    def knows(self, text: str) -> bool:
        """Whether the document of a text is there, parsed."""
        return text in self.trusted or text in self.known

    def text_of(self, asked: Asked) -> str:
        """The text of the document of a request; Refused where it names none, or one that is not trusted here."""
        if asked.document_id:
            return self._text_of_id(asked.document_id)
        text = self._text_of_hash(asked) if asked.hash else asked.query
        if self.is_hardened and text not in self.trusted:
            raise Refused([GraphQLError(TRUSTED_ONLY)], "DOCUMENT_NOT_TRUSTED")
        return text

    def _text_of_id(self, key: str) -> str:
        text = self.ids.get(key)
        if text is None:
            message = "`documentId` names no document that this gateway trusts"
            raise Refused([GraphQLError(message)], "DOCUMENT_NOT_FOUND")
        return text

    def _text_of_hash(self, asked: Asked) -> str:
        """Of what was sent before with its hash, or comes with it, or is trusted."""
        if asked.query:
            if sha256(asked.query.encode()).hexdigest() != asked.hash:
                message = "sha256Hash is not that of `query`"
                raise Refused([GraphQLError(message)], "BAD_USER_INPUT", "HASH_MISMATCH")
            return asked.query
        text = self.ids.get(asked.hash) or self.texts.get(asked.hash)
        if text is not None:
            return text
        if self.is_hardened:  # clients know these words, and stop asking by hashes
            unsupported = [GraphQLError("PersistedQueryNotSupported")]
            code = "PERSISTED_QUERY_NOT_SUPPORTED"
            raise Refused(unsupported, code, "DOCUMENT_NOT_TRUSTED")
        raise Refused([GraphQLError("PersistedQueryNotFound")], "PERSISTED_QUERY_NOT_FOUND")

    def keep(self, text: str, document: Document, digest: str = "") -> None:
        """Remember a document that was executed and answered with more than refusals; by its hash too, if sent."""
        if len(text) > CACHED_CHARACTERS or text in self.trusted:
            return
        if text not in self.known:
            self.known[text] = document
            self.characters += len(text)
        if digest:
            self.texts[digest], self.hashes[text] = text, digest
        while len(self.known) > CACHED_DOCUMENTS or self.characters > CACHED_TOTAL:
            oldest, _ = self.known.popitem(last=False)
            self.characters -= len(oldest)
            self.texts.pop(self.hashes.pop(oldest, ""), None)

    def cost(self, document: Document, operation: Operation, variables: Mapping[str, Any]) -> int:
        """How many values an operation reads with these variables, of a cheap one the most; Refused for too many."""
        if operation.worst_cost <= CHEAP:
            return operation.worst_cost
        cost = self._cost(document.fragments, operation.node, variables)
        if cost > LARGEST_COST:
            failure = too_costly()
            raise Refused([GraphQLError(failure.message)], "BAD_USER_INPUT", failure.reason)
        return cost

    def least_cost(self, document: Document, operation: Operation) -> int:
        """How many values an operation reads with each page that a variable sizes as small as it may be."""
        definitions = operation.node.variable_definitions or ()
        smallest = {definition.variable.name.value: 1 for definition in definitions}
        return self._cost(document.fragments, operation.node, smallest)

    def _cost(
        self,
        fragments: Mapping[str, FragmentDefinitionNode],
        node: OperationDefinitionNode,
        variables: Mapping[str, Any] | None,
    ) -> int:
        return Cost(self.schema, fragments, node, variables, self.prices).total()

    def _read(self, text: str) -> Document:
        try:
            ast = parse(text, **limits.PARSING)
        except GraphQLError as error:
            raise Refused([error], "GRAPHQL_PARSE_FAILED") from error
        _unlink_tokens(ast)
        try:
            limits.check_shape(ast)
        except Invalid as failure:
            refusal = GraphQLError(failure.message)
            raise Refused([refusal], "GRAPHQL_VALIDATION_FAILED", failure.reason) from failure
        errors = validate(
            self.schema, ast, RULES, max_errors=limits.ERRORS - 1, hide_suggestions=True
        )
        if errors:
            raise Refused(errors, "GRAPHQL_VALIDATION_FAILED")
        return self._document(ast)

    def _document(self, ast: DocumentNode) -> Document:
        fragments = {
            node.name.value: node
            for node in ast.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        operations = [node for node in ast.definitions if isinstance(node, OperationDefinitionNode)]
        switches = tuple(sorted(set(_switches(ast))))
        return Document(
            ast=ast,
            fragments=fragments,
            operations={
                operation.name: operation
                for operation in (self._operation(node, fragments, switches) for node in operations)
            },
        )

    def _operation(
        self,
        node: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        switches: tuple[str, ...],
    ) -> Operation:
        root = self.schema.get_root_type(node.operation)
        assert root is not None  # validated
        names = set(_field_names(node.selection_set, fragments))
        admissions = {admission_of(root, name) for name in names}
        return Operation(
            node=node,
            kind=node.operation,
            name=node.name.value if node.name else "",
            needs_token=any(admission.needs_token for admission in admissions),
            submits=any(admission.takes_large_bodies for admission in admissions),
            takes_large_bodies=all(admission.takes_large_bodies for admission in admissions),
            worst_cost=self._cost(fragments, node, None),
            labels=(node.operation.value, names.pop() if len(names) == 1 else "several"),
            switches=switches,
            deprecated=self.deprecations.used_by(node, fragments),
            is_shareable=is_shareable(self.schema, fragments, node),
        )


def _field_names(
    selected: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> Iterator[str]:
    """Of what an operation selects, through its fragments too, each looked at once."""
    seen: set[str] = set()
    waiting = [selected]
    while waiting:
        for node in waiting.pop().selections:
            if isinstance(node, FieldNode):
                yield node.name.value
            elif isinstance(node, InlineFragmentNode):
                waiting.append(node.selection_set)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                waiting.append(fragments[node.name.value].selection_set)


def _switches(ast: DocumentNode) -> Iterator[str]:
    """The variables that directives of selections are given."""
    waiting: list[Any] = list(ast.definitions)
    while waiting:
        node = waiting.pop()
        for directive in node.directives or ():
            for argument in directive.arguments or ():
                if isinstance(argument.value, VariableNode):
                    yield argument.value.name.value
        selected = getattr(node, "selection_set", None)
        if selected is not None:
            waiting += selected.selections


def _unlink_tokens(ast: DocumentNode) -> None:
    """Tokens point at each other, so a document would be garbage that waits for a collection; nobody walks them now."""
    token = ast.loc.start_token if ast.loc else None
    while token is not None:
        following = token.next
        token.next = token.prev = None
        token = following


def _no_operation(message: str) -> Refused:
    return Refused([GraphQLError(message)], "OPERATION_RESOLUTION_FAILURE")
