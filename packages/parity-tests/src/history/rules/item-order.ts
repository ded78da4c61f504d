import { decode, encode, formatPath, type Graph, type HistoryEntry, nodeAt, nodesAlong, type Path } from '@wf/core'
import { beginsOf } from '../begins.js'
import { effective, type Found, found, keyOf, type Material } from '../evidence.js'
import type { LedgerLine } from '../ledger.js'
import type { RecordedRun } from '../recorded-runs.js'

/** The body behind a foreach of steps is given what they came to, by index; what it was given is in the ledger. */
export function itemsOutOfOrder(run: RecordedRun, material: Material): readonly Found[] {
  const begun = beginsOf(run.runId, material)
  if (begun.length === 0) return []
  const entries = effective(run)
  return entries.flatMap((entry) => {
    const items = isFirstClaim(entry) ? foreachBefore(run.history.graph, entry.path) : undefined
    return items ? givenOtherwise({ run, entry, items, input: inputOf(run, entry, begun) }) : []
  })
}

const isFirstClaim = ({ type, part, generation, leg }: HistoryEntry): boolean =>
  type === 'step-claimed' && part === 'body' && generation === 0 && leg === 0

function inputOf(run: RecordedRun, entry: HistoryEntry, begun: readonly LedgerLine[]): string | undefined {
  const name = `${run.runId}:${keyOf(entry)}:0:0`
  return begun.find(({ idempotencyKey }) => idempotencyKey === name)?.input
}

function foreachBefore(graph: Graph, path: Path): Path | undefined {
  const index = path.at(-1) ?? 0
  const around = nodesAlong(graph, path.slice(0, -1)).at(-1)
  if (index === 0 || (around && around.kind !== 'sequence' && around.kind !== 'workflow')) return undefined
  const before = [...path.slice(0, -1), index - 1]
  const node = nodeAt(graph, before)
  return node?.kind === 'foreach' && node.body.kind === 'step' ? before : undefined
}

interface Given {
  readonly run: RecordedRun
  readonly entry: HistoryEntry
  readonly items: Path
  readonly input: string | undefined
}

function givenOtherwise({ run, entry, items, input }: Given): readonly Found[] {
  const outputs = input === undefined ? undefined : outputsOf(run, items)
  const told = outputs && encode(outputs)
  if (input === undefined || typeof told !== 'string' || told === input) return []
  const text = `${keyOf(entry)} was given ${input}, and the items before it came to ${told}`
  return [found(run.runId, text, entry)]
}

/** `undefined` where not all of them have succeeded, or their outputs cannot be read here. */
function outputsOf(run: RecordedRun, items: Path): readonly unknown[] | undefined {
  const entries = effective(run)
  const place = formatPath(items)
  const counted = entries.find(({ type, path }) => type === 'items-counted' && formatPath(path) === place)
  const done = entries.filter(
    ({ type, path }) =>
      type === 'step-succeeded' && formatPath(path.slice(0, -1)) === place && path.length > items.length,
  )
  if (done.length !== counted?.says.count) return undefined
  const outputs: unknown[] = []
  try {
    for (const { path, version, index } of done) {
      const value = run.commits[version - 1]?.entries[index]?.value
      outputs[path.at(-1) ?? 0] = value === undefined ? undefined : decode(value)
    }
  } catch {
    return undefined
  }
  return outputs
}
