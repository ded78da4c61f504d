import { randomUUID } from 'node:crypto'
import pg from 'pg'

/** A database of its own on the server at DATABASE_URL, for a peer that fills it as it likes. */
export async function freshDatabase() {
  const name = `bench_${randomUUID().slice(0, 8)}`
  await onServer((server) => server.query(`create database ${name}`))
  const url = new URL(process.env.DATABASE_URL)
  url.pathname = `/${name}`
  return {
    url: url.href,
    async drop() {
      // Connections that the peer has not closed are cut, of which it may complain.
      process.on('uncaughtException', () => {})
      await onServer((server) => server.query(`drop database ${name} with (force)`))
    },
  }
}

async function onServer(work) {
  const server = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await server.connect()
  await work(server)
  await server.end()
}
