"""From the text of a rule to its tree. Nothing is known of names here."""

from typing import Final

from services.kit.logic.issues import SYNTAX, TOO_LARGE, Span, WrongRule
from services.kit.logic.tokens import Token, read_tokens
from services.kit.logic.tree import Call, Literal, Name, Node, Operation

MOST_OPERATIONS: Final = 200
MOST_LEVELS: Final = 20
COMPARISONS: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})


def parse(rule: str) -> Node:
    """The tree of a rule; WrongRule with the place of the first thing that is wrong."""
    parser = _Parser(read_tokens(rule))
    tree = parser.either()
    parser.check_end()
    return tree


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.position = 0
        self.operations = 0
        self.level = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.position]

    def take(self, *texts: str) -> Token | None:
        """The next word, if it is one of these signs or keywords."""
        token = self.next
        if token.kind in ("sign", "word") and token.text in texts:
            self.position += 1
            return token
        return None

    def expect(self, sign: str) -> Token:
        return self.take(sign) or self.fail(f"here {sign} is missing")

    def fail(self, message: str) -> Token:
        raise WrongRule(message, SYNTAX, self.next.at)

    def check_end(self) -> None:
        if self.next.kind != "end":
            self.fail("the rule should end here: join conditions with and, or")

    def operation(self, sign: str, *parts: Node) -> Operation:
        at = Span(parts[0].at.start, parts[-1].at.end)
        self.count(at)
        return Operation(sign, parts, at)

    def count(self, at: Span) -> None:
        self.operations += 1
        if self.operations > MOST_OPERATIONS:
            message = f"a rule has at most {MOST_OPERATIONS} operations: make two of it"
            raise WrongRule(message, TOO_LARGE, at)

    def deeper(self, at: Span) -> None:
        self.level += 1
        if self.level > MOST_LEVELS:
            message = f"parentheses stand at most {MOST_LEVELS} deep"
            raise WrongRule(message, TOO_LARGE, at)

    def either(self) -> Node:
        parts = [self.all()]
        while self.take("or"):
            parts.append(self.all())
        return parts[0] if len(parts) == 1 else self.joined("or", parts)

    def all(self) -> Node:
        parts = [self.negation()]
        while self.take("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else self.joined("and", parts)

    def joined(self, sign: str, parts: list[Node]) -> Operation:
        for part in parts[2:]:
            self.count(part.at)
        return self.operation(sign, *parts)

    def negation(self) -> Node:
        denied = self.take("not")
        part = self.comparison()
        if denied is None:
            return part
        self.count(denied.at)
        return Operation("not", (part,), Span(denied.at.start, part.at.end))

    def comparison(self) -> Node:
        left = self.sum()
        if token := self.take(*COMPARISONS, "has"):
            left = self.operation(token.text, left, self.sum())
        elif self.take("in"):
            self.expect("(")
            parts = [left, *self.arguments()]
            if len(parts) == 1:
                raise WrongRule("in needs what may be: in (1, 2)", SYNTAX, self.next.at)
            left = self.joined("in", parts)
        if token := self.take(*COMPARISONS, "has", "in"):
            raise WrongRule("compare two at a time: join comparisons with and", SYNTAX, token.at)
        return left

    def sum(self) -> Node:
        left = self.term()
        while token := self.take("+", "-"):
            left = self.operation(token.text, left, self.term())
        return left

    def term(self) -> Node:
        left = self.unary()
        while token := self.take("*", "/"):
            left = self.operation(token.text, left, self.unary())
        return left

    def unary(self) -> Node:
        minus = self.take("-")
        if minus is None:
            return self.atom()
        part = self.atom()
        self.count(minus.at)
        return Operation("neg", (part,), Span(minus.at.start, part.at.end))

    def atom(self) -> Node:
        token = self.next
        if opening := self.take("("):
            self.deeper(opening.at)
            inner = self.either()
            self.expect(")")
            self.level -= 1
            return inner
        if truth := self.take("true", "false"):
            return Literal(truth.text == "true", truth.at)
        if token.kind not in ("number", "text", "name"):
            self.fail("here a name, a number or a text is missing")
        self.position += 1
        if token.kind == "name":
            return self.named(token)
        return Literal(float(token.text) if token.kind == "number" else token.text, token.at)

    def named(self, token: Token) -> Node:
        if not self.take("("):
            return Name(token.text, token.at)
        arguments = self.arguments()
        end = self.tokens[self.position - 1].at.end
        self.count(token.at)
        return Call(token.text, arguments, Span(token.at.start, end))

    def arguments(self) -> tuple[Node, ...]:
        """Up to the closing parenthesis; the opening one was taken."""
        if self.take(")"):
            return ()
        self.deeper(self.next.at)
        parts = [self.either()]
        while self.take(","):
            parts.append(self.either())
        self.expect(")")
        self.level -= 1
        return tuple(parts)
