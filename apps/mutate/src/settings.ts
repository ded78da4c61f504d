import { parseArgs } from 'node:util'
import { type Area, areas } from './areas.ts'
import { type PlayGroup, playGroups } from './proofs/play-groups.ts'

export interface Settings {
  readonly area: Area
  readonly only: string
  /** Only these files of tests. */
  readonly tests: string
  readonly isResumed: boolean
  /** Those that have survived are tried once more. */
  readonly isAgain: boolean
  /** Only what is asserted counts, not what plays ask of their storage. */
  readonly isAsserted: boolean
  readonly sample: number
  readonly processes: number
  /** So many plays one mutant gets at most. */
  readonly plays: number
  readonly groups: readonly PlayGroup[]
}

/** What belongs to a campaign is kept under this name. */
export const nameOf = ({ area, isAsserted }: Settings): string => (isAsserted ? `${area.name}-asserted` : area.name)

export function settingsOf(args: readonly string[]): Settings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      area: { type: 'string', default: 'machine' },
      only: { type: 'string', default: '**' },
      tests: { type: 'string', default: '**' },
      resume: { type: 'boolean', default: false },
      again: { type: 'boolean', default: false },
      asserted: { type: 'boolean', default: false },
      sample: { type: 'string', default: '0' },
      processes: { type: 'string', default: '1' },
      plays: { type: 'string', default: '100' },
      ways: { type: 'string', default: '1' },
    },
  })
  const area = areas.find(({ name }) => name === values.area)
  if (!area) throw new Error(`--area is one of ${areas.map(({ name }) => name).join(', ')}, not ${values.area}`)
  return {
    area,
    only: values.only,
    tests: values.tests,
    isResumed: values.resume || values.again,
    isAgain: values.again,
    isAsserted: values.asserted,
    sample: countOf('sample', values.sample),
    processes: Math.max(1, countOf('processes', values.processes)),
    plays: countOf('plays', values.plays),
    groups: playGroups.slice(0, countOf('ways', values.ways)),
  }
}

function countOf(name: string, text: string): number {
  const count = Number(text)
  if (Number.isSafeInteger(count) && count >= 0) return count
  throw new Error(`--${name} is a whole number, not ${text}`)
}
