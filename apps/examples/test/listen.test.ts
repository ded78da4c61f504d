import { createServer } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { listen } from '../src/agent/listen.ts'

const server = () => {
  const made = createServer()
  onTestFinished(() => void made.close())
  return made
}

it.each(['', 'http', '-1', '65536', '80.5'])('refuses "%s" as a port', async (port) => {
  await expect(listen(server(), port)).rejects.toThrow(`PORT is "${port}": give it a number from 0 to 65535`)
})

it('is there for this machine alone, and says where a port is taken', async () => {
  const first = server()
  const port = await listen(first, '0')
  expect(first.address()).toMatchObject({ address: '127.0.0.1', port })
  await expect(listen(server(), String(port))).rejects.toThrow(`port ${port} is taken`)
})
