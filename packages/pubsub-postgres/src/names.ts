import { createHash } from 'node:crypto'
import { invalidField } from '@wf/core'

/** So many channels there are in a schema, however many topics: a process hears those that its topics fall to. */
const BUCKETS = 64

/** A topic or group inside the database: SHA-256 of its exact UTF-16 units, so any text of any length is a short key. */
export const keyOf = (text: string): string => digest(text).toString('base64url')

export const bucketOf = (key: string): number => (Buffer.from(key, 'base64url')[0] ?? 0) % BUCKETS

/** All of the database hear the same channels, so those of another schema are called otherwise. */
export const channelPrefix = (schema: string): string => `wf_hint_${digest(schema).toString('hex', 0, 8)}_`

/** What somebody who looks into the table is to see of a topic and group. */
export function labelOf(topic: string, group: string | undefined): string {
  const readable = (text: string): string => text.slice(0, 100).replace(/[\0\p{Surrogate}]/gu, '?')
  return group === undefined ? readable(topic) : `${readable(topic)} / ${readable(group)}`
}

/** Names are cut to 63 bytes by the server without a word, and two long ones would become one. */
export function quotedSchema(schema: unknown): string {
  if (typeof schema !== 'string' || schema === '') throw invalidField('schema', 'must be a string that is not empty')
  if (schema.includes('\0') || !schema.isWellFormed())
    throw invalidField('schema', 'must be a name that Postgres knows')
  if (Buffer.byteLength(schema) > 63) throw invalidField('schema', 'must have 63 bytes at most')
  if (/^pg_/i.test(schema)) throw invalidField('schema', 'must not begin with pg_, which Postgres keeps for itself')
  return `"${schema.replaceAll('"', '""')}"`
}

const digest = (text: string): Buffer => createHash('sha256').update(Buffer.from(text, 'utf16le')).digest()
