import type { JournalId, Slice } from '@wf/core'

/** What there was to read of a journal at one moment; its commits are those up to the head of the header. */
export type Moment = 'absent' | Pick<Slice, 'header' | 'checkpoint'>

/** The last few moments of each journal. */
export class Moments {
  private readonly known = new Map<string, Moment[]>()

  constructor(private readonly mostBehind: number) {}

  note(journal: JournalId | undefined, slice: Slice | undefined): void {
    if (!journal || !slice) return
    const { header, checkpoint } = slice
    const before = this.known.get(keyOf(journal)) ?? (header.head.version === 1 ? ['absent' as const] : [])
    // Two looks may overtake each other: what is older than the newest is no news.
    if (versionOf(before.at(-1)) > header.head.version) return
    const moments = [...before, { header, ...(checkpoint && { checkpoint }) }]
    this.known.set(keyOf(journal), moments.slice(-this.mostBehind - 1))
  }

  /** The moments before the newest that show at least this version. */
  before(journal: JournalId, version: number): readonly Moment[] {
    const moments = this.known.get(keyOf(journal)) ?? []
    return moments.slice(0, -1).filter((moment) => versionOf(moment) >= version)
  }

  forget(): void {
    this.known.clear()
  }
}

const keyOf = ({ namespace, kind, id }: JournalId): string => JSON.stringify([namespace, kind, id])

const versionOf = (moment: Moment | undefined): number =>
  moment === undefined || moment === 'absent' ? 0 : moment.header.head.version
