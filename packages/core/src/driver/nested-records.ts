import type { Frame, StepRecord } from '../machine/index.js'
import type { Fold } from './fold.js'
import { stepRecord, type Told } from './result.js'
import { setOwn } from './values.js'

type Results = ReadonlyMap<string, StepRecord>

/**
 * A workflow's steps together with those in nested workflows, under keys such as `nested.step` and `nested[2].step`.
 * What is around a suspended step counts as running, so that only steps are suspended that a resume can be for.
 */
export function withNested(fold: Fold, steps: Readonly<Record<string, Told>>): Record<string, Told> {
  const all: Record<string, Told> = {}
  for (const [id, record] of Object.entries(steps)) setOwn(all, id, record)
  const containers = new Set<string>()

  const tell = (results: Results, prefix: string): void => {
    for (const [id, record] of results) {
      const key = `${prefix}${id}`
      if (prefix !== '' && record.startedAt) setOwn(all, key, stepRecord(fold, record))
      if (record.inner) tell(record.inner, `${key}.`)
      for (const [slot, inner] of record.items ?? []) tell(inner, `${key}[${slot}].`)
    }
  }
  const walk = (frame: Frame, prefix: string): void => {
    if ('graph' in frame.node) tell(frame.inner.results, prefix)
    for (const child of frame.children?.values() ?? []) {
      if (!('graph' in child.node)) walk(child, prefix)
      else {
        containers.add(`${prefix}${child.node.id}`)
        walk(child, `${prefix}${child.node.id}${itemOf(child)}.`)
      }
    }
  }
  walk(fold.state.root, '')
  for (const key of containers) markRunning(all[key])
  return all
}

function itemOf({ parent, slot }: Frame): string {
  const isItem = parent !== undefined && 'body' in parent.node && !('loopType' in parent.node)
  return isItem ? `[${slot}]` : ''
}

function markRunning(record: Told | undefined): void {
  if (record?.status !== 'suspended') return
  record.status = 'running'
  delete record.suspendPayload
  delete record.suspendedAt
}
