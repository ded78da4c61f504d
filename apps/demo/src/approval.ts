import type { Stage } from './stage.ts'

const CTRL_C = '\u0003'

interface Asking {
  readonly stage: Stage
  readonly input: NodeJS.ReadStream
  /** Somebody is there to ask. */
  readonly asks: boolean
}

/** Waits for somebody to press Enter, but not for long; with nobody to ask, for a moment. */
export async function approval({ stage, input, asks }: Asking): Promise<void> {
  const until = Date.now() + (asks ? 6_000 : 1_200)
  let pressed = false
  const press = (key: Buffer): void => {
    if (key.toString() === CTRL_C) process.kill(process.pid, 'SIGINT')
    pressed = true
  }
  if (asks) listen(input, press)
  const left = (): number => Math.max(0, Math.ceil((until - Date.now()) / 1000))
  const prompt = (): string => (asks ? `Press Enter to approve; in ${left()} s Ada does it for you.` : '')
  await stage.until(() => pressed || Date.now() >= until, prompt)
  if (asks) listen(input, undefined)
}

/** Key by key and without echo, which would tear the drawing. */
function listen(input: NodeJS.ReadStream, press: ((key: Buffer) => void) | undefined): void {
  input.setRawMode(press !== undefined)
  if (press) input.on('data', press).resume()
  else input.removeAllListeners('data').pause()
}
