import { createHash } from 'node:crypto'
import { hash } from './random-stream.js'

/** What happened in a world, a line for each occurrence. Two runs of one seed have the same lines. */
export class Trace {
  readonly lines: string[] = []

  add(line: string): void {
    this.lines.push(line)
  }

  last(count: number): string {
    return this.lines.slice(-count).join('\n')
  }

  hash(): string {
    return createHash('sha256').update(this.lines.join('\n')).digest('hex')
  }
}

/** A few characters that stand for a text too long for a line. */
export const mark = (text: string): string => hash(text).toString(36)
