/** It gives a value; or the innermost workflow or member ends with one; or it fails with an error. */
export interface Ended {
  readonly how: 'gives' | 'bails' | 'fails' | 'trips'
  readonly value?: unknown
  readonly error?: string
}

export const gives = (value: unknown): Ended => ({ how: 'gives', value })

/** What is suspended; its path has the ids of the workflows around it, and its own. */
export interface Suspension {
  readonly path: readonly string[]
  readonly payload: { readonly label: string; readonly leg: number }
  readonly strand: Strand
  readonly answer: (data: unknown) => void
}

/** One thing after the other: the run, a member, an item. */
export interface Strand {
  readonly parent: Strand | undefined
  ended?: Ended
  suspension?: Suspension | undefined
  /** Of the block that it is in, those that have begun; and what sees to it when one of them stops or goes on. */
  members: readonly Strand[]
  look?: () => void
  /** It waited already when another one was resumed: it holds back nobody any more. */
  isKnown: boolean
  /** Bodies that must have ended before what begins next. */
  last: readonly string[]
  /** All changes of the state in the run, in their order, and what it sees of them. */
  readonly changes: (readonly [key: string, value: unknown])[]
  readonly seen: Set<unknown>
}

export const strandIn = (parent?: Strand): Strand => {
  const { last = [], changes = [], seen } = parent ?? {}
  return { parent, members: [], isKnown: false, last, changes, seen: new Set(seen) }
}

export const stateOf = ({ changes, seen }: Strand): Readonly<Record<string, unknown>> =>
  Object.fromEntries(changes.filter((change) => seen.has(change)))

export function change({ changes, seen }: Strand, change: Strand['changes'][number]): void {
  changes.push(change)
  seen.add(change)
}

export const suspensionsIn = ({ suspension, members }: Strand): readonly Suspension[] =>
  suspension ? [suspension] : members.flatMap(suspensionsIn)

/** Nothing in it goes on by itself. */
export const isStill = ({ ended, suspension, members }: Strand): boolean =>
  ended !== undefined || suspension !== undefined || (members.length > 0 && members.every(isStill))

const isWaiting = (strand: Strand): boolean => isStill(strand) && !strand.ended

export const suspend = (strand: Strand, asked: Pick<Suspension, 'path' | 'payload'>): Promise<unknown> =>
  new Promise((answer) => {
    strand.suspension = { ...asked, strand, answer }
    lookAround(strand)
  })

/** Whether anything like that is suspended. */
export function resume(root: Strand, by: Partial<Record<'label' | 'path', string>>, data: unknown): boolean {
  const meant = suspensionsIn(root).filter((one) => one.payload.label === by.label || one.path.join('.') === by.path)
  for (const { strand, answer } of meant) {
    strand.suspension = undefined
    answer(data)
  }
  for (const { strand } of meant) lookAround(strand, 'as one was resumed')
  return meant.length > 0
}

function lookAround({ parent }: Strand, why?: 'as one was resumed'): void {
  if (!parent) return
  if (why) for (const one of parent.members) one.isKnown = isWaiting(one)
  parent.look?.()
  lookAround(parent, why)
}

type Member = (strand: Strand) => Promise<Ended>

/** Runs members until all have ended, or one ends the block and all others have come to a stop; items only so many at once. */
export async function beside(owner: Strand, runs: readonly Member[], atOnce?: number): Promise<Ended> {
  if (runs.length === 0) return gives([])
  const members: Strand[] = []
  let stop: Ended | undefined
  const mayBegin = (): boolean =>
    !stop &&
    members.filter((one) => !isStill(one)).length < (atOnce ?? runs.length) &&
    members.every((one) => !isWaiting(one) || one.isKnown)
  const merge = ({ seen }: Strand): void => seen.forEach(owner.seen.add, owner.seen)
  const begin = async (run: Member): Promise<void> => {
    const strand = strandIn(owner)
    members.push(strand)
    strand.ended = await run(strand)
    if (strand.ended.how !== 'gives') stop ??= strand.ended
    // What an item has set is seen by those that begin later; what a member has set, behind the block.
    if (atOnce !== undefined) merge(strand)
    lookAround(strand)
  }
  await new Promise<void>((resolve, reject) => {
    owner.members = members
    owner.look = () => {
      for (const run of runs.slice(members.length)) if (mayBegin()) begin(run).catch(reject)
      const areAllOver = members.length === runs.length && members.every(({ ended }) => ended)
      if (!areAllOver && !(stop && members.every(isStill))) return
      owner.members = []
      resolve()
    }
    owner.look()
  })
  owner.last = [...new Set(members.flatMap(({ last }) => last))]
  for (const member of members) if (member.ended) merge(member)
  const failed = members.find(({ ended }) => ended?.error !== undefined)
  return failed?.ended ?? stop ?? gives(members.map(({ ended }) => ended?.value))
}
