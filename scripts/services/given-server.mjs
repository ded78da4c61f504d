import { connect } from 'node:net'
import { pause } from './server-process.mjs'

const patienceMs = 5_000
const defaultPorts = { postgres: 5432, redis: 6379, nats: 4222 }

export const isGiven = ({ variable }) => Boolean(process.env[variable])

/** The URL that somebody set, once something answers there: better one clear failure now than thousands of tests'. */
export async function mustAnswer(kind) {
  const url = process.env[kind.variable]
  const address = addressOf(kind, url)
  if (!address) return url
  const deadline = Date.now() + patienceMs
  do {
    if (await (address.encrypted ? listens(address) : kind.reachable(address))) return url
    await pause(200)
  } while (Date.now() < deadline)
  throw new Error(`${kind.variable} is set, but no ${kind.name} answers at ${address.host}:${address.port}.`)
}

/** Undefined for what only a driver can read: several hosts, a socket, options in place of a host. */
function addressOf({ name }, url) {
  try {
    const { protocol, hostname, port } = new URL(url)
    if (!hostname) return undefined
    const host = hostname.replace(/^\[(.*)\]$/, '$1')
    return { host, port: Number(port) || defaultPorts[name], encrypted: ['rediss:', 'tls:'].includes(protocol) }
  } catch {
    return undefined
  }
}

function listens({ host, port }) {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const end = (answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(2_000, () => end(false))
    socket.on('error', () => end(false))
    socket.on('connect', () => end(true))
  })
}
