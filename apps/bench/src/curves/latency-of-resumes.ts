import type { Curve } from '../measure/curve.ts'
import type { Figures } from '../measure/line.ts'
import { percentilesOf } from '../measure/percentiles.ts'
import { costsOf } from '../measure/repeat.ts'
import { longer, type Scale } from '../measure/scale.ts'
import { seriesOf } from '../measure/series.ts'
import { pausing } from '../ours/measured-workflows.ts'
import type { OpenPlayer } from '../ours/player.ts'
import { inSettings, ON_EACH_STORAGE } from '../ours/settings.ts'
import { peer } from '../peers.ts'
import { LONGER, ONE_IN, percentileAt, percentiles } from './percentile-axis.ts'

async function resumes(scale: Scale, open: OpenPlayer): Promise<Figures> {
  const player = open(pausing())
  const { resume } = await costsOf({ resume: player.resume }, longer(scale, LONGER))
  await player.close()
  return percentilesOf(resume.taken)
}

const resumesOfPeer = (store: 'memory' | 'postgres') =>
  ({ driver: 'mastra', does: 'resume', given: { store, factor: LONGER } }) as const

const shown = { at: ONE_IN, figure: percentileAt }

export const curve: Curve = {
  id: 'latency-of-resumes',
  title: 'From resume to the end of the run, one step later',
  says: 'One run at a time. A percentile is shown only where enough resumes were timed to tell it.',
  x: percentiles,
  y: { says: 'ms', unit: 'ms' },
  servers: ['postgres', 'redis'],
  contestants: [
    ...inSettings(ON_EACH_STORAGE, resumes),
    peer('Mastra, memory', resumesOfPeer('memory')),
    peer('Mastra, Postgres', resumesOfPeer('postgres')),
  ],
  series: [
    ...seriesOf(ON_EACH_STORAGE, { side: 'ours', ...shown }),
    ...seriesOf(['Mastra, memory', 'Mastra, Postgres'], { side: 'peer', ...shown }),
  ],
}
