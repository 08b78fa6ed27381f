"""Between the contract's messages and users."""

from cxm.profile.v1 import users_pb2 as pb
from services.kit.rpc.fields import optional
from services.profile.users.domain import User, UserItem


def user_item(message: pb.UserItem) -> UserItem:
    """What is said of a user."""
    return UserItem(message.subject, *_said(message))


def own_item(subject: str, message: pb.RecordOwnUserRequest) -> UserItem:
    """What an identity provider says of a subject."""
    return UserItem(subject, *_said(message))


def _said(message: pb.UserItem | pb.RecordOwnUserRequest) -> tuple[str | None, ...]:
    return tuple(optional(message, field) for field in ("name", "email", "language"))


def user_message(user: User) -> pb.StoredUser:
    """A user as the contract has it."""
    return pb.StoredUser(key=user.subject, name=user.name, email=user.email, language=user.language)
