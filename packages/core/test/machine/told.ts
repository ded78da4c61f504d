import type { Telling } from '../../src/machine/index.js'

/** A telling in a few words: where, what, and how it went. */
export function wordOf(telling: Telling): string {
  if (telling.what === 'chunks-over') return `chunks ${telling.at} ${telling.count}`
  if (!('frame' in telling)) return [telling.what, telling.outcome?.status].filter(Boolean).join(' ')
  const { frame, record, what } = telling
  if (what === 'item')
    return `item ${frame.path} ${telling.index} ${telling.status} ${telling.completed}/${telling.total}`
  if (what === 'chunk' || what === 'step-again')
    return [what, frame.path, record?.status, telling.index].filter((part) => part !== undefined).join(' ')
  const iteration = record.iterationCount === undefined ? '' : ` #${record.iterationCount}`
  const resumed = what === 'step-begun' && record.resume ? ' resumed' : ''
  return `${what.slice(5)} ${frame.path} ${record.status}${iteration}${resumed}`
}
