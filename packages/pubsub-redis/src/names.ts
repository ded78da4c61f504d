import { createHash } from 'node:crypto'

/** Names of keys. All of one prefix lie in one slot of a cluster, because one read and one script touch several. */
export interface Names {
  /** The groups of a topic; also the channel of those without a group. */
  topic(topic: string): string
  /** What waits for a group. Scripts know this rule too. */
  stream(topic: string, group: string): string
  /** Which processes were seen when. */
  readonly alive: string
  /** Ends the read of a process that waits for other streams than it should. */
  wake(consumer: string): string
  /** The streams that a process reads. */
  streams(consumer: string): string
}

export function namesOf(prefix: string): Names {
  const base = `{${prefix}}/`
  const topicOf = (topic: string): string => base + segment(topic)
  return {
    topic: topicOf,
    stream: (topic, group) => `${topicOf(topic)}/${segment(group)}`,
    alive: `${base}/alive`,
    wake: (consumer) => `${base}/${consumer}/wake`,
    streams: (consumer) => `${base}/${consumer}/streams`,
  }
}

/** What is short and plain stays readable; all else is hashed, by its UTF-16 units, as lone surrogates differ too. */
export function segment(text: string): string {
  if (/^[\w.:-]{1,100}$/.test(text)) return text
  return `#${createHash('sha256').update(text, 'utf16le').digest('base64url')}`
}
