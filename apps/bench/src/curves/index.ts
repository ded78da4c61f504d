import type { Curve } from '../measure/curve.ts'

// Loaded one by one, as lines are.
const curves: Readonly<Record<string, () => Promise<{ readonly curve: Curve }>>> = {
  'chain-in-memory': () => import('./chain-in-memory.ts'),
  'chain-on-storages': () => import('./chain-on-storages.ts'),
  'fan-out': () => import('./fan-out.ts'),
  'runs-in-flight': () => import('./runs-in-flight.ts'),
  'latency-of-runs': () => import('./latency-of-runs.ts'),
  'latency-of-resumes': () => import('./latency-of-resumes.ts'),
  'bytes-per-step': () => import('./bytes-per-step.ts'),
}

export const curveIds: readonly string[] = Object.keys(curves)

export async function loadCurve(id: string): Promise<Curve> {
  const load = curves[id]
  if (load === undefined) throw new TypeError(`there is no curve "${id}"; there are ${curveIds.join(', ')}`)
  return (await load()).curve
}
