import type { NodeConnectionOptions } from '@nats-io/transport-node'
import { invalidField, serverName } from '@wf/core'

/** The driver takes no user, password or token from a URL: they are given apart. Several servers are told by commas. */
export function readUrl(url: string): NodeConnectionOptions {
  const parsed = url.split(',').map((one) => URL.parse(one.trim()))
  const servers: URL[] = []
  for (const one of parsed) {
    if (one === null || one.host === '' || !/^(nats|tls):$/.test(one.protocol))
      throw invalidField('url', 'must be like nats://host:4222 or tls://host:4222, several divided by commas')
    servers.push(one)
  }
  const named = servers.find(({ username }) => username !== '')
  return {
    servers: servers.map(({ host, port }) => (port === '' ? `${host}:4222` : host)),
    ...(named && credentials(named)),
    ...(servers.some(({ protocol }) => protocol === 'tls:') && { tls: {} }),
  }
}

function credentials({ username, password }: URL): NodeConnectionOptions {
  if (password === '') return { token: decodeURIComponent(username) }
  return { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
}

/** The servers of a connection, without secrets. */
export function nameServers({ servers = '127.0.0.1:4222', port }: NodeConnectionOptions): string {
  if (port !== undefined) return `nats://127.0.0.1:${port}`
  const all = typeof servers === 'string' ? [servers] : servers
  return all.map((one) => serverName(one.includes('://') ? one : `nats://${one}`)).join(', ')
}
