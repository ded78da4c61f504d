import { createHash } from 'node:crypto'
import type { Engine, PubSub, Storage } from '@wf/core'
import type { CreateProcess } from '@wf/parity-tests/simulator'
import { answering } from './answers.ts'

const SHOWN = 16

/** What was asked of the storage and the pub/sub of a world, and what its engines answered, in the order in which it came. */
export class Calls {
  readonly lines: string[] = []
  private readonly counts = new Map<string, number>()

  storage(storage: Storage): Storage {
    return heard(storage, (method, args) => this.hear(method, args))
  }

  pubsub(pubsub: PubSub): PubSub {
    return heard(pubsub, (method, args) => this.hear(method, args))
  }

  engines(create: CreateProcess): CreateProcess {
    return async (options, process): Promise<Engine> =>
      answering(await create(options, process), (line) => this.lines.push(line))
  }

  /** How often each was called, and a few characters that stand for the order and for all that was said. */
  get summary(): string {
    const counts = [...this.counts].map(([method, count]) => `${count} ${method}`)
    const digest = createHash('sha256').update(this.lines.join('\n')).digest('hex').slice(0, SHOWN)
    return `${counts.join(', ')}, ${digest}`
  }

  private hear(method: string, args: readonly unknown[]): void {
    this.counts.set(method, (this.counts.get(method) ?? 0) + 1)
    this.lines.push(`${method} ${JSON.stringify(args, shown)}`)
  }
}

function shown(_: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return value === Number.POSITIVE_INFINITY ? 'Infinity' : value
}

function heard<Of extends object>(of: Of, hear: (method: string, args: readonly unknown[]) => void): Of {
  return new Proxy(of, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return (...args: readonly unknown[]): unknown => {
        hear(String(name), args)
        return Reflect.apply(value, target, args)
      }
    },
  })
}
