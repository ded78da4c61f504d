import { NOTHING, type Ref, type Source } from '../../src/machine/index.js'

/** What the entries of a journal carried, so that a source can be read as the driver would read it. */
export class Values {
  private readonly kept = new Map<Ref, unknown>()

  keep(ref: Ref, value: unknown): void {
    this.kept.set(ref, value)
  }

  has(ref: Ref): boolean {
    return this.kept.has(ref)
  }

  read(source: Source | undefined): unknown {
    if (source === undefined || source === NOTHING) return undefined
    if (source === null) return null
    if (typeof source === 'number') return this.recorded(source)
    if ('items' in source) return source.items.map((item) => this.read(item))
    if ('fields' in source) return Object.fromEntries(source.fields.map(([key, field]) => [key, this.read(field)]))
    return (this.read(source.of) as Record<PropertyKey, unknown> | undefined)?.[source.at]
  }

  private recorded(ref: Ref): unknown {
    if (!this.has(ref)) throw new RangeError(`no value was recorded at ${ref}`)
    return this.kept.get(ref)
  }
}
