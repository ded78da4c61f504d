/**
 * Names a value in the journal: version × REF_SPAN + index of the entry that carries it. Refs grow in journal order.
 * The machine never sees a value, only where it lies or how it is put together from values that lie somewhere.
 */
export type Ref = number

/** Entries that one commit may have at most. */
export const REF_SPAN = 2 ** 20

/** The ref of `undefined`, which needs no value. */
export const NOTHING: Ref = 0

export const refOf = (version: number, index: number): Ref => version * REF_SPAN + index
export const versionOf = (ref: Ref): number => Math.floor(ref / REF_SPAN)
export const indexOf = (ref: Ref): number => ref % REF_SPAN

export interface FieldsSource {
  readonly fields: readonly (readonly [string, Source])[]
}

export interface ItemsSource {
  readonly items: readonly Source[]
}

export interface PartSource {
  readonly of: Source
  readonly at: string | number
}

/** A value by reference: a recorded one, `null`, an object or array of others, or a part of another. */
export type Source = Ref | null | FieldsSource | ItemsSource | PartSource

export const present = (sources: readonly (Source | undefined)[]): readonly Source[] =>
  sources.filter((source) => source !== undefined)

/** A part of a source; taken out at once where the source is put together from others. */
export function partOf(of: Source, at: string | number): Source {
  if (of !== null && typeof of === 'object') {
    if ('items' in of && typeof at === 'number') return of.items[at] === undefined ? NOTHING : of.items[at]
    if ('fields' in of) {
      const field = of.fields.find(([key]) => key === at)
      return field ? field[1] : NOTHING
    }
  }
  return { of, at }
}
