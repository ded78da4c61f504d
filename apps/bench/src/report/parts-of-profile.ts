import type { CallFrame, Profile } from './hot-functions.ts'
import type { Origin } from './source-name.ts'

/** How much of the time of a process one part of the software took itself. */
export interface PartOfTime {
  readonly part: string
  readonly share: number
}

const WAITING = 'waiting'
const OWN_PARTS: Readonly<Record<string, string>> = {
  '(idle)': WAITING,
  '(garbage collector)': 'garbage collection',
}

/** The parts that took most, largest first; waiting is one of them, so that the shares of all add up to one. */
export function partsOfProfile(
  { nodes, samples, timeDeltas }: Profile,
  originOf: (frame: CallFrame) => Origin | undefined,
): readonly PartOfTime[] {
  const partOfNode = new Map(nodes.map(({ id, callFrame }) => [id, partOf(callFrame, originOf(callFrame))]))
  const spent = new Map<string, number>()
  let all = 0
  for (const [index, id] of samples.entries()) {
    const part = partOfNode.get(id)
    const took = timeDeltas[index] ?? 0
    if (part === undefined) continue
    all += took
    spent.set(part, (spent.get(part) ?? 0) + took)
  }
  const sorted = [...spent].sort(([, one], [, other]) => other - one)
  return sorted.map(([part, took]) => ({ part, share: took / all }))
}

/** Folders of core, other packages whole, libraries by their names. */
function partOf({ functionName }: CallFrame, origin: Origin | undefined): string {
  const own = OWN_PARTS[functionName]
  if (own !== undefined) return own
  const file = origin?.file ?? ''
  const library = file.split('/node_modules/').at(-1) ?? ''
  if (library !== file) return library.startsWith('@') ? library.split('/', 2).join('/') : (library.split('/')[0] ?? '')
  const [, name, folder] = /\/packages\/([^/]+)\/(?:src|dist)\/(?:([^/]+)\/)?/.exec(file) ?? []
  if (name !== undefined) return name === 'core' ? `core: ${folder ?? 'built'}` : name
  return file === '' ? 'Node and V8' : 'the workflow and the bench'
}
