import { rewrite } from './rewrite.js'

/** Shorter ones are in all sorts of texts by chance. */
export const SHORTEST_SECRET = 8

/** Secrets, and what stands in their place. One that was added twice is there until it was taken out twice. */
export class Masks {
  private readonly held = new Map<string, { readonly name: string; times: number }>()
  /** As they may stand in texts, longest first: one secret may be a part of another. */
  private forms: readonly (readonly [form: string, name: string])[] = []

  get size(): number {
    return this.held.size
  }

  add(name: string, secret: string): void {
    if (secret.length < SHORTEST_SECRET) return
    const known = this.held.get(secret)
    if (known) known.times += 1
    else this.held.set(secret, { name, times: 1 })
    if (!known) this.prepare()
  }

  remove(secret: string): void {
    const known = this.held.get(secret)
    if (!known) return
    known.times -= 1
    if (known.times === 0) this.held.delete(secret)
    if (known.times === 0) this.prepare()
  }

  text(text: string): string {
    let masked = text
    for (const [form, name] of this.forms) {
      if (masked.includes(form)) masked = masked.replaceAll(form, () => `[secret ${name}]`)
    }
    return masked
  }

  /** A copy without them where there are any, otherwise the value itself. */
  mask<Value>(value: Value): Value {
    if (this.size === 0) return value
    let found = false
    const copy = rewrite(value, (part) => {
      if (typeof part !== 'string') return part
      const masked = this.text(part)
      if (masked !== part) found = true
      return masked
    })
    return found ? (copy as Value) : value
  }

  /** The first one that is in a value, and the key next to it. */
  find(value: unknown): { readonly name: string; readonly key: string | undefined } | undefined {
    if (this.size === 0) return undefined
    let found: { readonly name: string; readonly key: string | undefined } | undefined
    rewrite(value, (part, key) => {
      if (found || typeof part !== 'string') return found ? undefined : part
      const held = this.forms.find(([form]) => part.includes(form))
      if (held) found = { name: held[1], key }
      return part
    })
    return found
  }

  private prepare(): void {
    this.forms = [...this.held]
      .flatMap(([secret, { name }]) => formsOf(secret).map((form) => [form, name] as const))
      .sort(([one], [other]) => other.length - one.length)
  }
}

/** As it is, inside JSON, and inside an address. */
const formsOf = (secret: string): readonly string[] => [
  ...new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())]),
]
