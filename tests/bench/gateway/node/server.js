// The same schema from the same services, as one would write it for Node: fastify, mercurius and graphql-jit.
import { readFileSync } from 'node:fs'
import Fastify from 'fastify'
import mercurius from 'mercurius'
import { contextOf, resolvers } from './resolvers.js'
import { viewerOf } from './tokens.js'

const app = Fastify({ logger: false })
app.register(mercurius, {
  schema: readFileSync(process.env.SCHEMA, 'utf8'),
  resolvers,
  jit: 1,
  context: request => contextOf(viewerOf(request.headers.authorization)),
})
app.get('/healthz', async () => 'ok')
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
