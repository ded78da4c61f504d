import type { Axis } from '../measure/curve.ts'
import { PERCENTILES } from '../measure/percentiles.ts'

const places = Object.entries(PERCENTILES).map(([oneIn, says]) => ({ at: Number(oneIn), says }))

/** Times as long as other things: the slowest of a thousand has to be seen. */
export const LONGER = 5

export const ONE_IN: readonly number[] = places.map(({ at }) => at)

export const percentileAt = (oneIn: number): string => places.find(({ at }) => at === oneIn)?.says ?? ''

export const percentiles: Axis = { says: 'percentile', unit: '', ticks: places }
