import { parseArgs } from 'node:util'
import { curveIds } from './curves/index.ts'
import { lineIds } from './lines/index.ts'

export interface Options {
  readonly lines: readonly string[]
  readonly curves: readonly string[]
  readonly rounds: number
  readonly scale: 'full' | 'quick'
  readonly peers: boolean
  readonly profile: boolean
}

const ROUNDS = { full: 7, quick: 1 } as const

export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    options: {
      quick: { type: 'boolean', default: false },
      peers: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      curves: { type: 'boolean', default: false },
      only: { type: 'string', default: lineIds.join(',') },
      rounds: { type: 'string' },
    },
  })
  const ids = [...new Set(values.only.split(',').flatMap((id) => contestsOf(id.trim())))]
  const scale = values.quick ? 'quick' : 'full'
  const rounds = Number(values.rounds ?? ROUNDS[scale])
  if (!Number.isSafeInteger(rounds) || rounds < 1) throw new TypeError(`--rounds must be a whole number from 1 on`)
  return {
    lines: ids.filter((id) => lineIds.includes(id)),
    curves: curveIds.filter((id) => values.curves || ids.includes(id)),
    rounds,
    scale,
    peers: values.peers,
    profile: values.profile,
  }
}

/** A number alone stands for all lines of that number, and `curves` for all curves. */
function contestsOf(named: string): readonly string[] {
  if (named === 'curves') return curveIds
  if (curveIds.includes(named)) return [named]
  const id = named.toUpperCase()
  const lines = /^P\d+$/.test(id) ? lineIds.filter((one) => one.replace(/[A-Z]$/, '') === id) : [id]
  if (lines.length > 0 && lines.every((one) => lineIds.includes(one))) return lines
  throw new TypeError(`there is no line or curve "${named}"; there are ${[...lineIds, ...curveIds].join(', ')}`)
}
