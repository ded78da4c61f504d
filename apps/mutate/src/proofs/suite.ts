import type { Proof } from './proof.ts'

export type Body = (...args: readonly unknown[]) => unknown

interface Test {
  readonly name: string
  readonly run: () => unknown
}

/** A `describe`, or a file. Each test is a proof of its own, with all hooks around it. */
export class Suite {
  readonly before: Body[] = []
  readonly after: Body[] = []
  private readonly members: (Test | Suite)[] = []

  private readonly outer: Suite | undefined
  private readonly name: string

  constructor(outer: Suite | undefined, name: string) {
    this.outer = outer
    this.name = name
  }

  add(name: string, run: () => unknown): void {
    this.members.push({ name, run })
  }

  addSuite(suite: Suite): void {
    this.members.push(suite)
  }

  proofs(): readonly Proof[] {
    const seen = new Map<string, number>()
    return this.tests().map(({ name, run }) => {
      const nth = (seen.get(name) ?? 0) + 1
      seen.set(name, nth)
      return { name: nth === 1 ? name : `${name} #${nth}`, run: async () => void (await run()) }
    })
  }

  private tests(): readonly Test[] {
    return this.members.flatMap((member) => {
      if (member instanceof Suite) return member.tests()
      return { name: `${this.path}${member.name}`, run: () => this.around(member.run) }
    })
  }

  private get path(): string {
    return this.outer ? `${this.outer.path}${this.name} > ` : ''
  }

  private async around(run: () => unknown): Promise<void> {
    const suites = this.fromOutermost()
    try {
      for (const { before } of suites) for (const hook of before) await hook()
      await run()
    } finally {
      for (const { after } of suites.reverse()) for (const hook of after) await hook()
    }
  }

  private fromOutermost(): Suite[] {
    return [...(this.outer?.fromOutermost() ?? []), this]
  }
}
