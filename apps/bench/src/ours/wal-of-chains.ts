import { type Scale, sized } from '../measure/scale.ts'
import { median } from '../measure/spread.ts'
import { chainOf } from './measured-workflows.ts'
import { onDefault } from './player.ts'
import type { PostgresPlace } from './postgres-place.ts'

/** In each weighing, by as many runs as have them. */
const WEIGHED_STEPS = 300
const WEIGHINGS = 5

/** The least that others disturb: the middle of some weighings, because the server now and then writes for itself. */
export async function walPerStep(
  scale: Scale,
  { openStorage, walBytes }: PostgresPlace,
  length: number,
): Promise<number> {
  const steps = sized(length, scale)
  const { run, close } = onDefault(openStorage())(chainOf(steps))
  await run({ v: 0 })
  const runs = Math.max(1, Math.round(WEIGHED_STEPS / length))
  const weighed: number[] = []
  for (let weighing = 0; weighing < WEIGHINGS; weighing += 1) {
    const before = await walBytes()
    for (let count = 0; count < runs; count += 1) await run({ v: 0 })
    weighed.push(((await walBytes()) - before) / (runs * steps))
  }
  await close()
  return median(weighed)
}
