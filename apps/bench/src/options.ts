import { parseArgs } from 'node:util'
import { lineIds } from './lines/index.ts'

export interface Options {
  readonly only: readonly string[]
  readonly rounds: number
  readonly scale: 'full' | 'quick'
  readonly peers: boolean
}

const ROUNDS = 7

export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    options: {
      quick: { type: 'boolean', default: false },
      peers: { type: 'boolean', default: false },
      only: { type: 'string', default: lineIds.join(',') },
      rounds: { type: 'string', default: String(ROUNDS) },
    },
  })
  const only = values.only.split(',').map((id) => id.trim().toUpperCase())
  const unknown = only.find((id) => !lineIds.includes(id))
  if (unknown !== undefined) throw new TypeError(`there is no line "${unknown}"; there are ${lineIds.join(', ')}`)
  const rounds = Number(values.rounds)
  if (!Number.isSafeInteger(rounds) || rounds < 1) throw new TypeError(`--rounds must be a whole number from 1 on`)
  return { only, rounds, scale: values.quick ? 'quick' : 'full', peers: values.peers }
}
