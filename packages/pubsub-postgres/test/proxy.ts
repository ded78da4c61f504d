import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

type Direction = 'to the server' | 'from the server' | 'nothing'

/** Stands between a pub/sub and its server. What it swallows is gone, and the connections stay open. */
export async function startProxy(target: string) {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let swallowed: Direction = 'nothing'
  const server = createServer((near) => {
    const far = connect(Number(port || 5432), hostname)
    // Who has met silence once meets it for ever: such a connection does not come back.
    let isDead = false
    const pass = (from: Socket, to: Socket, direction: Direction): void => {
      from.on('data', (data) => {
        isDead ||= swallowed === direction
        if (!isDead) to.write(data)
      })
      from.on('error', () => undefined)
      from.on('close', () => !isDead && to.destroy())
      sockets.add(from)
    }
    pass(near, far, 'to the server')
    pass(far, near, 'from the server')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  const place = new URL(target)
  place.hostname = '127.0.0.1'
  place.port = String(typeof address === 'object' ? address?.port : '')
  return {
    url: place.href,
    swallow(direction: Direction): void {
      swallowed = direction
    },
  }
}
