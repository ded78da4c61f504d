import { release, up } from './shared-servers.mjs'

/** Workers begin with the environment that this leaves behind. */
export async function setup() {
  if (process.env.WF_SERVICES_ABSENT) return undefined
  const urls = await up({ user: process.pid })
  Object.assign(process.env, urls)
  return () => release(process.pid)
}
