import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { natsInfo } from './probe.mjs'

/** NATS with JetStream. */
export const nats = {
  name: 'nats',
  variable: 'NATS_URL',
  programs: ['nats-server'],
  container: { image: 'nats:2', port: 4222, args: ['--jetstream'] },
  debianPackages: ['nats-server'],
  url: (port) => `nats://127.0.0.1:${port}`,
  endSignal: 'SIGKILL',
  restartSignal: () => 'SIGTERM',
  waitsForClients: () => false,

  args: ({ folder, data, port, args = [] }) => [
    ...['--jetstream', '--store_dir', data, '--addr', '127.0.0.1', '--port', `${port}`, '--name', basename(folder)],
    ...args,
  ],

  async answers({ port, folder }) {
    const info = await natsInfo({ port })
    return info?.server_name === basename(folder) && info.jetstream === true
  },

  async reachable(address) {
    return Boolean(await natsInfo(address))
  },

  empty: ({ data }) => rmSync(join(data, 'jetstream'), { recursive: true, force: true }),
}
