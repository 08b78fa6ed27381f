// The services, as promises: one channel each, every call with a deadline and in the viewer's name.
import grpc from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { tokenFor } from './tokens.js'

const SECONDS = 10
const OPTIONS = { includeDirs: [process.env.PROTO], longs: Number }

function serviceOf(file, name, service, address) {
  const contract = grpc.loadPackageDefinition(loadSync(file, OPTIONS))
  const Client = name.split('.').reduce((found, part) => found[part], contract)
  const client = new Client(address, grpc.credentials.createInsecure())
  return (viewer, method, request) =>
    new Promise((resolve, reject) => {
      const metadata = new grpc.Metadata()
      metadata.set('authorization', `Bearer ${tokenFor(viewer, service)}`)
      const deadline = Date.now() + SECONDS * 1000
      client[method](request, metadata, { deadline }, (error, reply) => (error ? reject(error) : resolve(reply)))
    })
}

export const directory = serviceOf(
  'cxm/profile/v1/profile.proto', 'cxm.profile.v1.DirectoryService', 'profile', process.env.PROFILE_ADDRESS
)
export const scores = serviceOf(
  'cxm/metrics/v1/scores.proto', 'cxm.metrics.v1.ScoreService', 'metrics', process.env.METRICS_ADDRESS
)
