import type { Stage } from '../../stage.js'

/** Resolves once something is so; time passes meanwhile, because a process may have to be told of it. */
export async function until({ clock, quiet }: Stage, isSo: () => boolean): Promise<void> {
  for (let looks = 0; looks < 100 && !isSo(); looks += 1) {
    await quiet()
    if (!isSo()) await clock.advance(1_000)
  }
}
