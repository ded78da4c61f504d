import type { Case } from './arbitrary.ts'
import type { Flow, Piece } from './plan.ts'
import { flowsIn } from './plan.ts'

/** A case as lines for people, and as the data that it is. */
export function tellCase({ plan, kinds, times, isHeldBack }: Case): string {
  const { flow, retries, moves } = plan
  const run = `workflow, retries ${retries}${isHeldBack ? ', held back' : ''}; moves ${moves.join(' ')}`
  const head = `${run}; faults ${times} times ${kinds.join(' ')}`
  return [head, ...linesOf(flow, '  '), JSON.stringify(plan)].join('\n')
}

const linesOf = (flow: Flow, indent: string): readonly string[] =>
  flow.flatMap((piece) => [`${indent}${piece.id}${detailsOf(piece)}`, ...insideOf(piece, `${indent}  `)])

function insideOf(piece: Piece, indent: string): readonly string[] {
  const flows = flowsIn(piece)
  if (flows.length < 2) return flows.flatMap((flow) => linesOf(flow, indent))
  const nameOf = (index: number): string => String.fromCharCode(97 + index)
  return flows.flatMap((flow, index) => [`${indent}${nameOf(index)}:`, ...linesOf(flow, `${indent}  `)])
}

const untold: ReadonlySet<string> = new Set(['kind', 'id', 'members', 'body', 'flow'])
const usual: readonly unknown[] = [0, false, undefined, 'gives', 'nothing', 'number']

function detailsOf(piece: Piece): string {
  const fields = Object.entries(piece).filter(([name, value]) => !untold.has(name) && !usual.includes(value))
  const texts = fields.map(([name, value]) => (name === 'arms' ? tellArms(value) : `${name} ${String(value)}`))
  return texts.length === 0 ? '' : `: ${texts.join(', ')}`
}

const tellArms = (arms: readonly { readonly when: string }[]): string =>
  `arms ${arms.map(({ when }) => when).join(' / ')}`
