"""What a server offers is told to those who hold a token."""

import grpc
import pytest
from grpc_reflection.v1alpha import reflection
from grpc_reflection.v1alpha.reflection_pb2 import ServerReflectionRequest, ServerReflectionResponse

from services.kit.rpc.servicing import Metadata
from tests.conftest import Identities, Serve


async def listed(channel: grpc.aio.Channel, metadata: Metadata) -> list[str]:
    ask = channel.stream_stream(
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        request_serializer=ServerReflectionRequest.SerializeToString,
        response_deserializer=ServerReflectionResponse.FromString,
    )
    call = ask(iter([ServerReflectionRequest(list_services="")]), metadata=metadata)
    return [found.name async for reply in call for found in reply.list_services_response.service]


async def test_reflection_needs_a_token(serve: Serve, identities: Identities) -> None:
    def add(_: object, server: grpc.aio.Server) -> None:
        reflection.enable_server_reflection(["cxm.survey.v1.SurveyService"], server)

    channel = await serve("survey", add, None)

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await listed(channel, ())
    assert caught.value.code() is grpc.StatusCode.UNAUTHENTICATED
    bearer = identities.bearer("survey", "operator")
    assert await listed(channel, bearer) == ["cxm.survey.v1.SurveyService"]
