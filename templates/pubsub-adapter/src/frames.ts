import type { Socket } from 'node:net'

/** What a connection asks of the broker. `id` names a call and comes back with its answer. */
export type Request =
  | { readonly type: 'publish'; readonly id: number; readonly topic: string; readonly hints: readonly string[] }
  | {
      readonly type: 'subscribe'
      readonly id: number
      readonly member: number
      readonly topic: string
      readonly group?: string
    }
  | { readonly type: 'leave'; readonly id: number; readonly member: number }
  /** There is room for so many: give me some. */
  | { readonly type: 'pull'; readonly member: number; readonly room: number }
  /** Of one delivery: it was taken, it failed, or it came too late and counts as not delivered. */
  | { readonly type: 'taken' | 'failed' | 'returned'; readonly delivery: number }

export type Reply =
  | { readonly type: 'done'; readonly id: number }
  /** Something waits: pull when there is room. */
  | { readonly type: 'waits'; readonly member: number }
  | { readonly type: 'delivery'; readonly member: number; readonly delivery: number; readonly hints: readonly string[] }

/** One line of JSON each: JSON escapes line ends, NUL and lone surrogates, so any text arrives as it was sent. */
export function send(socket: Socket, frame: Request | Reply): void {
  if (socket.writable) socket.write(`${JSON.stringify(frame)}\n`)
}

export function onFrames<Frame extends Request | Reply>(socket: Socket, take: (frame: Frame) => void): void {
  let rest = ''
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(JSON.parse(line))
  })
}
