/** Below the five seconds after which vitest gives up by itself, without naming the rule. */
const DEADLINE_MS = 4_500

/** Slow machines set `WF_PARITY_TIME_SCALE` to allow a multiple (and give their runner more time as well). */
export async function withinDeadline<Result>(work: Promise<Result>): Promise<Result> {
  const ms = DEADLINE_MS * Number(process.env.WF_PARITY_TIME_SCALE ?? 1)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing was settled within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
