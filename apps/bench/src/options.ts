import { parseArgs } from 'node:util'
import { lineIds } from './lines/index.ts'

export interface Options {
  readonly only: readonly string[]
  readonly rounds: number
  readonly scale: 'full' | 'quick'
  readonly peers: boolean
  readonly profile: boolean
}

const ROUNDS = { full: 7, quick: 3 } as const

export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    options: {
      quick: { type: 'boolean', default: false },
      peers: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      only: { type: 'string', default: lineIds.join(',') },
      rounds: { type: 'string' },
    },
  })
  const only = [...new Set(values.only.split(',').flatMap((id) => linesOf(id.trim().toUpperCase())))]
  const scale = values.quick ? 'quick' : 'full'
  const rounds = Number(values.rounds ?? ROUNDS[scale])
  if (!Number.isSafeInteger(rounds) || rounds < 1) throw new TypeError(`--rounds must be a whole number from 1 on`)
  return { only, rounds, scale, peers: values.peers, profile: values.profile }
}

/** A number alone stands for all lines of that number. */
function linesOf(id: string): readonly string[] {
  const lines = /^P\d+$/.test(id) ? lineIds.filter((one) => one.replace(/[A-Z]$/, '') === id) : [id]
  if (lines.length > 0 && lines.every((one) => lineIds.includes(one))) return lines
  throw new TypeError(`there is no line "${id}"; there are ${lineIds.join(', ')}`)
}
