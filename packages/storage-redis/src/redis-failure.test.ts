import { describe, expect, it } from 'vitest'
import { isReplica, redisFailure } from './redis-failure.js'

const reply = (message: string): Error => Object.assign(new Error(message), { name: 'ReplyError' })
const quoted = (message: string): Error =>
  reply(`ERR Error running script (call to f_0a1b): @user_script:106: @user_script: 106: ${message}`)

describe('what a server says of itself in a script means the same, whichever release says it:', () => {
  it.for([
    ["READONLY You can't write against a read only replica.", 'point to the primary'],
    ["OOM command not allowed when used memory > 'maxmemory'.", 'no memory left'],
    ['MISCONF Redis is configured to save RDB snapshots', 'cannot persist'],
  ] as const)('%s', ([message, says]) => {
    const meant = expect.objectContaining({
      code: 'WF_STORAGE_UNAVAILABLE',
      message: expect.stringContaining(says),
    })
    expect(redisFailure(reply(`${message} script: 0a1b, on @user_script:106.`), 'it')).toEqual(meant)
    expect(redisFailure(quoted(`-${message}`), 'it')).toEqual(meant)
  })

  it('a replica is known as one, and nothing else is', () => {
    const message = "READONLY You can't write against a read only replica."
    expect([reply(message), quoted(`-${message}`)].map(isReplica)).toEqual([true, true])
    expect([reply('ERR READONLY'), quoted('attempt to index a nil value')].map(isReplica)).toEqual([false, false])
  })
})
