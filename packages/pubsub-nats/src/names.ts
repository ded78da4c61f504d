import { createHash } from 'node:crypto'

/** How what belongs to one prefix is called on the server. */
export interface Names {
  readonly stream: string
  /** All subjects of topics. */
  readonly subjects: string
  /** Where a topic is published. */
  subject(topic: string): string
  /** The consumer that the members of a group share. */
  consumer(topic: string, group: string): string
}

/** So many topics keep their subject at hand; a process has far fewer. */
const REMEMBERED = 1_000

export function createNames(prefix: string): Names {
  const subjects = new Map<string, string>()
  return {
    stream: `${prefix}-hints`,
    subjects: `${prefix}.hints.*`,
    subject(topic) {
      const known = subjects.get(topic)
      if (known !== undefined) return known
      if (subjects.size >= REMEMBERED) subjects.clear()
      const subject = `${prefix}.hints.${digest(topic)}`
      subjects.set(topic, subject)
      return subject
    },
    consumer: (topic, group) => digest(digest(topic) + group),
  }
}

/**
 * Any text as one token of a subject. The whole of SHA-256, so that two texts never meet; of the code units, because
 * lone surrogates are all the same in UTF-8.
 */
function digest(text: string): string {
  return createHash('sha256').update(text, 'utf16le').digest('base64url')
}
