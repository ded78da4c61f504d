import type { Telling } from '../../src/machine/index.js'

/** A telling in a few words: where, what, and how it went. */
export function wordOf(telling: Telling): string {
  if (!('frame' in telling)) return [telling.what, telling.outcome?.status].filter(Boolean).join(' ')
  const { frame, record, what } = telling
  if (what === 'item')
    return `item ${frame.path} ${telling.index} ${telling.status} ${telling.completed}/${telling.total}`
  const iteration = record.iterationCount === undefined ? '' : ` #${record.iterationCount}`
  const resumed = what === 'step-begun' && record.resume ? ' resumed' : ''
  return `${what.slice(5)} ${frame.path} ${record.status}${iteration}${resumed}`
}
