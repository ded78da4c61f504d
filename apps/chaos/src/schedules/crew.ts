import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { MemberPlan, News, Order } from './member.ts'

const execArgv = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
const KINDS = ['default', 'evented', 'evented'] as const
/** Within so much of a slot's moment somebody is killed: before it is fired, while it is, or after that. */
const STRIKE_MS = 120

/** One process as the others see it. */
export interface Member {
  readonly kind: MemberPlan['kind']
  readonly child: ChildProcess
  readonly ended: Promise<void>
  wasKilled: boolean
  hear: (news: News) => void
}

/** Three processes with the same schedules. */
export class Crew {
  private members: Member[] = []
  private readonly given: Omit<MemberPlan, 'kind'>
  private readonly inBody: (member: Member, run: string) => void

  constructor(given: Omit<MemberPlan, 'kind'>, inBody: (member: Member, run: string) => void) {
    this.given = given
    this.inBody = inBody
  }

  async begin(): Promise<void> {
    this.members = await Promise.all(KINDS.map((kind) => this.spawn(kind)))
  }

  /** Time was moved on: resolves when all have seen to what that brought. */
  async look(): Promise<void> {
    await Promise.all(this.members.map((member) => ask(member, { do: 'look' }, 'at rest')))
  }

  goOn({ child }: Member, run: string): void {
    send(child, { do: 'go on', run })
  }

  /** Somebody, at whatever it does; resolves when another works in its place. */
  async killAny(): Promise<void> {
    const looking = this.look()
    await pause(Math.random() * STRIKE_MS)
    const victim = this.members[Math.floor(Math.random() * this.members.length)]
    if (victim) await this.kill(victim)
    await looking
  }

  async kill(victim: Member): Promise<void> {
    victim.wasKilled = true
    victim.child.kill('SIGKILL')
    await victim.ended
    const successor = await this.spawn(victim.kind)
    this.members = this.members.map((member) => (member === victim ? successor : member))
  }

  /** All stop as processes do that are asked to. */
  async end(): Promise<void> {
    await Promise.all(
      this.members.splice(0).map(({ child, ended }) => {
        send(child, { do: 'end' })
        return ended
      }),
    )
  }

  private async spawn(kind: MemberPlan['kind']): Promise<Member> {
    const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const
    const child = fork(join(import.meta.dirname, 'member.ts'), [], { execArgv, stdio: [...stdio] })
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    const member: Member = { kind, child, ended, wasKilled: false, hear: () => undefined }
    child.on('message', (news: News) => {
      if (news.is === 'in a body') this.inBody(member, news.run)
      else member.hear(news)
    })
    await ask(member, { ...this.given, kind }, 'ready')
    return member
  }
}

/** Until it has answered so, or is killed. */
async function ask(member: Member, message: Order | MemberPlan, answer: News['is']): Promise<void> {
  const answered = new Promise<'answered'>((resolve) => {
    member.hear = ({ is }) => is === answer && resolve('answered')
  })
  send(member.child, message)
  const outcome = await Promise.race([answered, member.ended])
  if (outcome !== 'answered' && !member.wasKilled) throw new Error(`a process ended before it was ${answer}`)
}

/** To somebody who may be gone by now. */
function send(child: ChildProcess, message: Order | MemberPlan): void {
  child.send(message, () => undefined)
}
