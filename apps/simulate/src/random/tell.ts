import type { Flow, Piece, Plan } from './plan.ts'
import { flowsIn } from './plan.ts'

/** A plan as a tree of lines, for people. */
export function tellPlan({ flow, retries, moves }: Plan): string {
  return [`workflow, retries ${retries}, moves ${moves.join(' ')}`, ...linesOf(flow, '  ')].join('\n')
}

const linesOf = (flow: Flow, indent: string): readonly string[] =>
  flow.flatMap((piece) => [`${indent}${piece.id}${detailsOf(piece)}`, ...insideOf(piece, `${indent}  `)])

function insideOf(piece: Piece, indent: string): readonly string[] {
  const flows = flowsIn(piece)
  if (flows.length < 2) return flows.flatMap((flow) => linesOf(flow, indent))
  return flows.flatMap((flow, index) => [
    `${indent}${String.fromCharCode(97 + index)}:`,
    ...linesOf(flow, `${indent}  `),
  ])
}

const untold: ReadonlySet<string> = new Set(['kind', 'id', 'members', 'body', 'flow'])
const usual: readonly unknown[] = [0, false, undefined, 'gives', 'nothing', 'number']

function detailsOf(piece: Piece): string {
  const fields = Object.entries(piece).filter(([name, value]) => !untold.has(name) && !usual.includes(value))
  const texts = fields.map(([name, value]) => (name === 'arms' ? armsOf(value) : `${name} ${String(value)}`))
  return texts.length === 0 ? '' : `: ${texts.join(', ')}`
}

const armsOf = (arms: readonly { readonly when: string }[]): string =>
  `arms ${arms.map(({ when }) => when).join(' / ')}`
