import { curveIds, loadCurve } from './curves/index.ts'
import { loadLine } from './lines/index.ts'
import type { Contest } from './measure/line.ts'

export function loadContest(id: string): Promise<Contest> {
  return curveIds.includes(id) ? loadCurve(id) : loadLine(id)
}
