"""A small OpenID Connect provider on the loopback address: codes for one use, PKCE, keys that change."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa


def make_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class IdentityProvider(ThreadingHTTPServer):
    """Lets one member of staff in, whom it knows already, and tells of them to the client that asked.

    Attributes:
        keys: What it publishes, by name; the last one signs.
        claims: What it says of the member of staff beside what it must.
        change: What it says otherwise than it should, to be refused.
        refused: What was asked of it wrongly.
    """

    client, secret = "evidence", "made-up"

    def __init__(self):
        self.keys = {"k1": make_key()}
        self.claims = {"sub": "kim@authority", "roles": ["staff", "reviewer"]}
        self.change, self.told, self.refused = {}, {}, []
        self.sign = self.sign_well
        self._codes = {}
        super().__init__(("127.0.0.1", 0), Doors)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def issuer(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def settings(self):
        return {
            "oidc_issuer": self.issuer,
            "oidc_client_id": self.client,
            "oidc_client_secret": self.secret,
        }

    def change_keys(self):
        """Sign with a new key and publish no other."""
        self.keys = {f"k{secrets.token_hex(4)}": make_key()}

    def description(self):
        issuer = self.issuer
        told = {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorise",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
        }
        return told | self.told

    def published(self):
        return {
            "keys": [
                {
                    **json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())),
                    "kid": name,
                    "use": "sig",
                }
                for name, key in self.keys.items()
            ]
        }

    def authorise(self, asked):
        """Return where the browser goes next, with a code for one use."""
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form):
        """Return a token for a code, or None where anything does not fit."""
        asked = self._codes.pop(form.get("code"), None)
        if asked is None:
            return self._refuse("code")
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        fits = {
            "grant_type": form.get("grant_type") == "authorization_code",
            "client": (form.get("client_id"), form.get("client_secret")) == (self.client, self.secret),
            "verifier": (challenge, "S256") == (asked["code_challenge"], asked["code_challenge_method"]),
            "redirect_uri": form.get("redirect_uri") == asked["redirect_uri"],
        }
        for name, is_so in fits.items():
            if not is_so:
                return self._refuse(name)
        now = int(time.time())
        must = {"iss": self.issuer, "aud": self.client, "iat": now, "exp": now + 60, "nonce": asked["nonce"]}
        claims = must | self.claims | self.change
        return self.sign({name: value for name, value in claims.items() if value is not None})

    def sign_well(self, claims):
        name, key = list(self.keys.items())[-1]
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": name})

    def _refuse(self, what):
        self.refused.append(what)


class Doors(BaseHTTPRequestHandler):
    def do_GET(self):
        provider, asked = self.server, urlsplit(self.path)
        if asked.path == "/authorise":
            form = {name: value[0] for name, value in parse_qs(asked.query).items()}
            self.send_response(302)
            self.send_header("Location", provider.authorise(form))
            self.end_headers()
            return
        answers = {
            "/.well-known/openid-configuration": provider.description,
            "/keys": provider.published,
        }
        self.answer(200, answers[asked.path]())

    def do_POST(self):
        sent = self.rfile.read(int(self.headers["content-length"])).decode()
        token = self.server.token({name: value[0] for name, value in parse_qs(sent).items()})
        self.answer(400 if token is None else 200, {} if token is None else {"id_token": token})

    def answer(self, status, content):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass
