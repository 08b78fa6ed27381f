"""A browser as far as signing in needs one: it keeps cookies, and goes where it is sent by hand."""

from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.unit.gateway.support.running import Platform

ADDRESS = "https://cxm.example.org"
MARKED = {"x-cxm": "1"}
COOKIE = "__Host-cxm"
ME = "{ viewer { subject grants { role } } }"


@dataclass
class Browser:
    """One browser at the gateway of a platform."""

    platform: Platform
    cookies: dict[str, str] = field(default_factory=dict)

    async def send(
        self, method: str, path: str, headers: dict[str, str] | None = None, **more: object
    ) -> httpx.Response:
        """A request with the cookies that are kept; those of the answer are kept too."""
        given = {"host": urlsplit(ADDRESS).netloc, **(headers or {})}
        if self.cookies:
            given["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        request = self.platform.http.build_request(method, path, headers=given, **more)  # type: ignore[arg-type]
        answer = await self.platform.http.send(request)
        for line in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0":
                    del self.cookies[name]
        return answer

    async def begin(self, return_to: str = "") -> str:
        """Where the identity provider is asked."""
        asked = f"/signin?return_to={return_to}" if return_to else "/signin"
        answer = await self.send("GET", asked)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    async def sign_in(self, return_to: str = "") -> httpx.Response:
        """The last answer of a whole sign-in."""
        return await self.come_back(await agree(await self.begin(return_to)))

    async def come_back(self, location: str) -> httpx.Response:
        """What is answered to a browser that the provider has sent to the callback."""
        parts = urlsplit(location)
        assert f"{parts.scheme}://{parts.netloc}" == ADDRESS
        return await self.send("GET", f"{parts.path}?{parts.query}")

    async def ask(self, query: str, **headers: str) -> httpx.Response:
        """A GraphQL request as a page sends it."""
        accept = {"accept": "application/graphql-response+json"}
        return await self.send("POST", "/graphql", accept | headers, json={"query": query})


async def agree(url: str) -> str:
    """Where the provider sends the browser of a person who agrees."""
    async with httpx.AsyncClient() as http:
        return (await http.get(url)).headers["location"]


def asked_of(url: str) -> dict[str, str]:
    """What the provider is asked."""
    return {name: values[-1] for name, values in parse_qs(urlsplit(url).query).items()}


def reason(answer: httpx.Response) -> str:
    """Why a request was refused, for machines."""
    extensions: dict[str, str] = answer.json()["errors"][0]["extensions"]
    return extensions.get("reason", extensions["code"])
