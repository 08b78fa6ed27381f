// Who asks, by the token of the embedded issuer; and the short tokens that calls to services carry.
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'

const TOKEN_SECONDS = 60
const REUSE_MILLISECONDS = 30_000

const encode = value => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = text => JSON.parse(Buffer.from(text, 'base64url'))

const key = JSON.parse(readFileSync(process.env.KEY_FILE))
const privateKey = createPrivateKey({ key, format: 'jwk' })
const issuerKey = createPublicKey({ key: JSON.parse(readFileSync(process.env.ISSUER_KEYS_FILE)).keys[0], format: 'jwk' })

const known = new Map()

/** The claims of a bearer token that holds; each is verified once. */
export function viewerOf(authorization) {
  const claims = known.get(authorization) ?? read(authorization)
  if (claims.exp * 1000 <= Date.now()) throw new Error('the token has expired')
  return claims
}

function read(authorization) {
  const [header, payload, signature] = (authorization ?? '').replace(/^Bearer /, '').split('.')
  const isOurs = verify(null, Buffer.from(`${header}.${payload}`), issuerKey, Buffer.from(signature ?? '', 'base64url'))
  if (!isOurs) throw new Error('the token is not one of ours')
  const claims = decode(payload)
  known.set(authorization, claims)
  return claims
}

const minted = new Map()

/** A token for one viewer and one service, used again for half its life. */
export function tokenFor(viewer, service) {
  const name = `${service} ${viewer.sub}`
  const known = minted.get(name)
  if (known && Date.now() < known.reuseUntil) return known.token
  const issuedAt = Math.floor(Date.now() / 1000)
  const claims = {
    iss: 'gateway',
    sub: viewer.sub,
    aud: service,
    iat: issuedAt,
    exp: issuedAt + TOKEN_SECONDS,
    grants: viewer.grants,
  }
  const signed = `${encode({ alg: 'Ed25519', kid: key.kid, typ: 'JWT' })}.${encode(claims)}`
  const token = `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`
  minted.set(name, { token, reuseUntil: Date.now() + REUSE_MILLISECONDS })
  return token
}
