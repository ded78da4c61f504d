import type { Line } from '../measure/line.ts'

// Loaded one by one, so that the process of a line holds nothing that only another one needs.
const lines: Readonly<Record<string, () => Promise<{ readonly line: Line }>>> = {
  P1: () => import('./p1.ts'),
  P1T: () => import('./p1t.ts'),
  P2: () => import('./p2.ts'),
  P3: () => import('./p3.ts'),
  P3B: () => import('./p3b.ts'),
  P3E: () => import('./p3e.ts'),
  P4: () => import('./p4.ts'),
  P5: () => import('./p5.ts'),
  P6: () => import('./p6.ts'),
  P7: () => import('./p7.ts'),
  P8: () => import('./p8.ts'),
  P9: () => import('./p9.ts'),
  P9E: () => import('./p9e.ts'),
  P9P: () => import('./p9p.ts'),
  P10: () => import('./p10.ts'),
  P10E: () => import('./p10e.ts'),
  P10P: () => import('./p10p.ts'),
  P11: () => import('./p11.ts'),
  P12: () => import('./p12.ts'),
  P12P: () => import('./p12p.ts'),
}

export const lineIds: readonly string[] = Object.keys(lines)

export async function loadLine(id: string): Promise<Line> {
  const load = lines[id]
  if (load === undefined) throw new TypeError(`there is no line "${id}"; there are ${lineIds.join(', ')}`)
  return (await load()).line
}
