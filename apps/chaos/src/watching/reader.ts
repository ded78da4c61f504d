import { type ClientRequest, get } from 'node:http'

/** One event as it came over the wire. */
export interface Seen {
  readonly id: string | undefined
  readonly type: string
  readonly data: { readonly payload?: { readonly output?: { readonly at?: number } } }
  readonly at: number
}

/** Follows one run to its end over HTTP, as a browser does: when it is cut off, it comes back and says what it saw last. */
export class Reader {
  readonly seen: Seen[] = []
  connections = 0
  private request: ClientRequest | undefined
  private last: string | undefined
  private readonly url: string

  constructor(url: string) {
    this.url = url
  }

  /** Resolves when the run has ended and all of it was told. */
  async follow(): Promise<void> {
    while (!this.isOver) await this.connect()
  }

  /** In the midst of whatever comes. */
  cutOff(): void {
    this.request?.destroy()
  }

  get isConnected(): boolean {
    return this.request !== undefined
  }

  private get isOver(): boolean {
    return this.seen.at(-1)?.type === 'workflow-finish'
  }

  private connect(): Promise<void> {
    this.connections += 1
    const headers = this.last === undefined ? {} : { 'last-event-id': this.last }
    return new Promise((resolve) => {
      const over = (): void => {
        this.request = undefined
        resolve()
      }
      this.request = get(this.url, { headers, agent: false }, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text = this.take(text + chunk)
        })
        response.on('error', () => undefined)
        response.on('close', over)
      })
      this.request.on('error', over)
    })
  }

  /** Whole frames are taken; what is left belongs to the next one. */
  private take(text: string): string {
    const frames = text.split('\n\n')
    const rest = frames.pop() ?? ''
    for (const frame of frames) this.note(frame)
    return rest
  }

  private note(frame: string): void {
    const fields = new Map(
      frame.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    )
    const [id, type, data] = [fields.get('id'), fields.get('event'), fields.get('data')]
    if (type === undefined || data === undefined) return
    if (id !== undefined) this.last = id
    this.seen.push({ id, type, data: JSON.parse(data) as Seen['data'], at: Date.now() })
  }
}
