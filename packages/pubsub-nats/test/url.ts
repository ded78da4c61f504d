/** Where tests find a server with JetStream. */
export const url = process.env.NATS_URL ?? 'nats://127.0.0.1:4222'

let prefixes = 0

/** A prefix that nobody else has. */
export function anyPrefix(): string {
  prefixes += 1
  return `test-${process.pid.toString(36)}-${Date.now().toString(36)}-${prefixes}`
}
