import { createServer } from 'node:net'

// Below what systems hand out to outgoing connections: while a server is down, none of those takes its port.
const lowest = 20_000
const count = 12_000
const tries = 200

export async function freePort() {
  for (let left = tries; left > 0; left -= 1) {
    const port = lowest + Math.floor(Math.random() * count)
    if (await isFree(port)) return port
  }
  throw new Error(`No port between ${lowest} and ${lowest + count} is free.`)
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)))
  })
}
