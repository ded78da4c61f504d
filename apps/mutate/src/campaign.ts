import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sourcesOf, testsOf } from './areas.ts'
import { bundle } from './bundle.ts'
import { instrument } from './instrument.ts'
import type { Mutant, Result } from './mutant.ts'
import type { Chosen, TryOrder } from './orders.ts'
import { Played } from './played.ts'
import { Reach } from './reach.ts'
import type { Results } from './results.ts'
import { sampleOf } from './sample.ts'
import { nameOf, type Settings } from './settings.ts'
import { Sights } from './sights.ts'

interface Campaign {
  readonly settings: Settings
  readonly results: Results
  readonly reach: Reach
}

/** Tries the mutants that are asked for; answers with all of them. */
export async function campaign(settings: Settings, results: Results, folder: string): Promise<readonly Mutant[]> {
  const { area, only, sample, groups } = settings
  const { mutants, contents } = await instrument(sourcesOf(area, only))
  const chosen = sampleOf(mutants, sample)
  const tests = testsOf(area, settings)
  const file = join(folder, `${nameOf(settings)}.cjs`)
  const code = await bundle({ tests, hearsCalls: !settings.isAsserted }, contents)
  writeFileSync(file, code)
  const open = chosen.filter(({ key }) => isOpen(results.known.get(key), settings))
  console.error(`${chosen.length} mutants, ${open.length} of them to be tried`)
  const reach = new Reach(mutants)
  const players = Array.from({ length: settings.processes }, () => new Played(file))
  const sights = new Sights(folder, code)
  await eachPlayer([...tests, ...groups], players, async (group, player) => {
    reach.add(group, await sights.of(group, player))
  })
  if (reach.unfit.length > 0) console.error(`${reach.unfit.length} fail without any mutant, as ${reach.unfit.at(-1)}`)
  await tryAll(open, players, { settings, results, reach })
  for (const player of players) player.end()
  return chosen
}

function isOpen(known: Result | undefined, { isAgain }: Settings): boolean {
  return known === undefined || (isAgain && (known.verdict === 'survived' || known.verdict === 'without coverage'))
}

async function tryAll(open: readonly Mutant[], players: readonly Played[], campaign: Campaign): Promise<void> {
  const { reach, results, settings } = campaign
  const began = Date.now()
  let done = 0
  await eachPlayer([...open], players, async (mutant, player) => {
    const proofs = reach.proofsFor(mutant, settings.plays)
    const attempt = proofs.length > 0 && (await player.attempt(orderOf(mutant, reach, proofs)))
    if (!attempt) results.add({ key: mutant.key, verdict: 'without coverage', played: 0 })
    else {
      const { verdict, by, played } = attempt
      if (by !== undefined) reach.killed(mutant, by)
      results.add({ key: mutant.key, verdict, by, played })
    }
    done += 1
    if (done % 100 === 0) console.error(`${done} of ${open.length} after ${Math.round((Date.now() - began) / 1_000)} s`)
  })
}

/** Whoever is free takes the next one. */
async function eachPlayer<Work>(
  open: Work[],
  players: readonly Played[],
  perform: (work: Work, player: Played) => Promise<void>,
): Promise<void> {
  const works = open.values()
  await Promise.all(
    players.map(async (player) => {
      for (const work of works) await perform(work, player)
    }),
  )
}

export const orderOf = (mutant: Mutant, reach: Reach, proofs: readonly Chosen[]): TryOrder => ({
  do: 'try',
  mutant: mutant.id,
  mostHits: reach.mostHits(mutant),
  isFresh: reach.isAtLoad(mutant),
  proofs,
})
