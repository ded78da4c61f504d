import { type Codec, type Encoded, sameValue, type ValueOwner } from '../codec/index.js'
import { WorkflowError } from '../errors/index.js'
import { NOTHING, type Ref, type Source } from '../machine/index.js'
import { parseFact, pathOf } from './fold.js'
import { type Lasting, Recent } from './recent.js'

/** Its value is for nobody to change: what is handed out is a copy. */
interface Held extends Lasting {
  /** As it was or will be stored; absent when nothing is ever stored. */
  readonly encoded: Encoded | undefined
  /** The activity that recorded it; an encrypting codec has bound the value to it. */
  readonly path: string | undefined
  /** The fact that names the activity, where nobody has read it yet. */
  readonly fact: string | undefined
}

/** How many decoded values stay beside their encoded form: the next step mostly wants what the last one gave. */
const RECENT = 64
/** The same of small ones, of which results tell one after the other. */
const RECENT_SMALL = 1_024
const SMALL = 128

/** What is decoded anew this often at most costs each value that is made the same, however large it is. */
const CHANCES_PER_LENGTH = 1 / 1_024
/** So that to find one that leaves takes no longer than to make a few. */
const MOST_CHANCES = 64

/**
 * The values of one run that are in memory. Each is kept as it is stored and decoded when somebody asks; only those
 * made or read last stay so. What had to be decoded with a promise stays decoded, because reading must not wait.
 */
export class Values {
  private readonly held = new Map<Ref, Held>()
  /** Those that stay decoded. */
  private large: Recent | undefined
  private small: Recent | undefined

  constructor(
    private readonly codec: Codec,
    private readonly run: { readonly namespace: string; readonly runId: string },
  ) {}

  get size(): number {
    return this.held.size
  }

  has(ref: Ref): boolean {
    return ref === NOTHING || this.held.has(ref)
  }

  /** A value that was just made: isolated already, so nobody else holds it. */
  keep(ref: Ref, { path, value, encoded }: Made): void {
    const held: Held = { encoded, path, fact: undefined, value, live: true, chances: 0 }
    this.held.set(ref, held)
    if (encoded !== undefined) this.stayLive(held)
  }

  /** A value that came from the storage. Answers with a promise only where the codec does. */
  keepStored(ref: Ref, { path, fact, encoded }: Stored): Promise<void> | undefined {
    if (this.held.has(ref) || encoded === undefined) return undefined
    const held: Held = { encoded, path, fact, value: undefined, live: false, chances: 0 }
    if (!this.codec.waits) {
      this.held.set(ref, held)
      return undefined
    }
    return Promise.resolve(this.codec.decode(encoded, this.place(held))).then((value) => {
      this.held.set(ref, { ...held, value, live: true })
    })
  }

  /** All of them in one row: of each the ref, the activity that recorded it, and the value. `undefined`: some are stored. */
  row(): readonly unknown[] | undefined {
    const row: unknown[] = new Array(3 * this.held.size)
    let at = 0
    for (const [ref, { encoded, path, value }] of this.held) {
      if (encoded !== undefined) return undefined
      row[at++] = ref
      row[at++] = path
      row[at++] = value
    }
    return row
  }

  fill(row: readonly unknown[]): void {
    for (let at = 0; at < row.length; at += 3)
      this.keep(row[at] as Ref, { path: row[at + 1] as string, value: row[at + 2], encoded: undefined })
  }

  /** Drops what can no longer be asked for. */
  retain(wanted: ReadonlySet<Ref>): void {
    for (const ref of this.held.keys()) if (!wanted.has(ref)) this.drop(ref)
  }

  drop(ref: Ref): void {
    const held = this.held.get(ref)
    if (!held) return
    // It may be among the recent for a while.
    held.value = undefined
    this.held.delete(ref)
  }

  private place({ path, fact }: Pick<Held, 'path' | 'fact'>): ValueOwner {
    return { ...this.run, path: path ?? pathOf(parseFact(fact ?? '')) }
  }

  /** A copy of the value, for the caller to keep. */
  read(source: Source): unknown {
    if (source === null) return null
    if (typeof source === 'number') return this.codec.copy(this.peek(source))
    if ('items' in source) return source.items.map((item) => this.read(item))
    if ('fields' in source) return this.object(source.fields)
    return this.codec.copy(partOfValue(this.whole(source.of), source.at))
  }

  /** Whether a value is what is recorded, without making a copy of that. */
  holds(source: Source, value: unknown): boolean {
    return sameValue(this.whole(source), value)
  }

  /** Whether a recorded value is stored in just this form; of values that are hard to compare this is easy to say. */
  stores(source: Source, encoded: Encoded | undefined): boolean {
    const stored = typeof source === 'number' ? this.held.get(source)?.encoded : undefined
    if (stored === undefined || encoded === undefined) return false
    if (typeof stored === 'string' || typeof encoded === 'string') return stored === encoded
    return stored.length === encoded.length && stored.every((byte, index) => byte === encoded[index])
  }

  private object(fields: readonly (readonly [string, Source])[]): Record<string, unknown> {
    const object: Record<string, unknown> = {}
    for (const [key, source] of fields) setOwn(object, key, this.read(source))
    return object
  }

  /** Without a copy; only to take a part out of it. */
  private whole(source: Source): unknown {
    if (typeof source === 'number') return this.peek(source)
    if (source !== null && 'of' in source) return partOfValue(this.whole(source.of), source.at)
    return this.read(source)
  }

  private peek(ref: Ref): unknown {
    if (ref === NOTHING) return undefined
    const held = this.held.get(ref)
    if (!held)
      throw new WorkflowError('WF_STORAGE', `a value of run "${this.run.runId}" was asked for before it was loaded`)
    if (!held.live) {
      held.value = this.codec.decode(held.encoded ?? '', this.place(held))
      held.live = true
      this.stayLive(held)
    }
    held.chances = chancesOf(held)
    return held.value
  }

  private stayLive(held: Held): void {
    if (this.codec.waits) return
    if (isSmall(held)) {
      this.small ??= new Recent(RECENT_SMALL)
      this.small.add(held)
    } else {
      this.large ??= new Recent(RECENT)
      this.large.add(held)
    }
  }
}

/** Decoded, it takes hardly more room than as it is stored. */
const isSmall = ({ encoded }: Held): boolean => encoded !== undefined && encoded.length <= SMALL

/** No values yet of a run. */
export const valuesOf = ({ driver: { settings }, runId }: Owner): Values =>
  new Values(settings.codec, { namespace: settings.namespace, runId })

interface Owner {
  readonly driver: { readonly settings: { readonly codec: Codec; readonly namespace: string } }
  readonly runId: string
}

interface Made {
  readonly path: string
  readonly value: unknown
  readonly encoded: Encoded | undefined
}

/** From the storage, with the activity that recorded it or with the fact that names it. */
interface Stored {
  readonly path?: string
  readonly fact?: string
  readonly encoded: Encoded | undefined
}

function chancesOf({ encoded }: Held): number {
  return Math.min(MOST_CHANCES, 1 + Math.floor((encoded?.length ?? 0) * CHANCES_PER_LENGTH))
}

/** Own properties only: a value cannot reach into prototypes. */
function partOfValue(whole: unknown, at: string | number): unknown {
  if (typeof whole !== 'object' || whole === null || !Object.hasOwn(whole, at)) return undefined
  return (whole as Record<string | number, unknown>)[at]
}

export function setOwn(object: object, key: string, value: unknown): void {
  if (key !== '__proto__') (object as Record<string, unknown>)[key] = value
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
}
