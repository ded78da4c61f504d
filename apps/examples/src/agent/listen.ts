import { once } from 'node:events'
import type { Server } from 'node:http'

/** Nobody but this machine can reach it. Answers with the port, which `0` leaves to the system. */
export async function listen(server: Server, wanted: string): Promise<number> {
  const port = Number(wanted)
  if (wanted.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw new TypeError(`PORT is "${wanted}": give it a number from 0 to 65535`)
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (cause) {
    const isTaken = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE'
    const text = isTaken ? `port ${port} is taken: set PORT to another one, or to 0` : `port ${port} cannot be used`
    throw new Error(text, { cause })
  }
  const address = server.address()
  return typeof address === 'object' && address ? address.port : port
}
